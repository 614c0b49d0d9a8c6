/// How the nodes of a cluster talk: requests and responses between peers, whatever they are about.
///
/// Entry type: [io.qomo.store.cluster.rpc.Transport]. Raft's messages use an inline service (quick, no
/// hand-over, many on their way), transactions a blocking one (a request may wait for a lock for a minute),
/// copies of data a blocking one with pieces of a mebibyte or so, because all that goes to a peer shares one
/// connection.
///
/// Invariants: \[T1] to \[T3], in [io.qomo.store.cluster.rpc.Transport].
///
/// This package has no sockets, so that tests can carry the messages otherwise; the real ones are in
/// `rpc.tcp`. What does not belong here either: what a message says.
@NullMarked
package io.qomo.store.cluster.rpc;

import org.jspecify.annotations.NullMarked;
