package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.Handler;

/// Who answers the requests of a service number, and where.
record Service(Handler.Mode mode, Handler handler) {}
