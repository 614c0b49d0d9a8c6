/// Tests of the transport over TCP.
@NullMarked
package io.qomo.store.cluster.rpc.tcp;

import org.jspecify.annotations.NullMarked;
