/// The transport between nodes over TCP.
///
/// Entry type: [io.qomo.store.cluster.rpc.tcp.TcpTransport]. TODO
@NullMarked
package io.qomo.store.cluster.rpc.tcp;

import org.jspecify.annotations.NullMarked;
