package io.qomo.store.member;

import io.qomo.store.cluster.rpc.NodeAddress;
import java.time.Duration;
import java.util.List;

/// How a node takes part in a cluster.
///
/// @param listen          where other nodes reach this one; port 0 takes a free one
/// @param join            members to ask for admission; empty founds a cluster, unless the node belongs to
///     one already
/// @param secret          what all nodes of the cluster know; empty asks for none
/// @param electionTimeout how long followers wait for a leader before they choose another
/// @param patience        how long statements wait for a leader
/// @param retention       how long old versions are kept at least
public record MemberOptions(
        NodeAddress listen,
        List<NodeAddress> join,
        byte[] secret,
        Duration electionTimeout,
        Duration patience,
        Duration retention) {
    /// Takes copies.
    public MemberOptions {
        join = List.copyOf(join);
        secret = secret.clone();
    }

    /// With the usual times: leaders are replaced after a second.
    public static MemberOptions of(NodeAddress listen, List<NodeAddress> join, byte[] secret) {
        return new MemberOptions(
                listen, join, secret, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "MemberOptions[listen=" + listen + ", join=" + join + "]";
    }
}
