package io.qomo.store.txn.remote;

import io.qomo.store.kv.OrderedStore;
import org.jspecify.annotations.Nullable;

/// How a gateway reaches the leader of a group.
interface GroupChannel {
    /// The node that leads, as far as is known here; 0 when none is known.
    long leader();

    /// This node.
    long self();

    /// The leader's side of the group if this node leads; else null.
    @Nullable Leadership here();

    /// The replica of this node if it shows at `timestamp` what the leader shows, else null; to be asked
    /// again after the read.
    @Nullable OrderedStore near(long timestamp);

    /// Of this process.
    long incarnation();

    /// Sends a request to a node and waits for its response; requests of one lane are handled in
    /// order. Throws [io.qomo.store.cluster.rpc.TransportException].
    byte[] call(long node, int lane, byte[] request, long timeoutNanos);

    /// Sends a request whose response nobody waits for.
    void tell(long node, int lane, byte[] request);
}
