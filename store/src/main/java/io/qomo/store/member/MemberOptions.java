package io.qomo.store.member;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.time.Duration;
import java.util.List;

/// How a node takes part in a cluster.
///
/// @param listen          where other nodes reach this one; port 0 takes a free one
/// @param join            members to ask for admission; empty founds a cluster, unless the node belongs to
///     one already
/// @param security        how nodes of the cluster prove who they are
/// @param electionTimeout how long followers wait for a leader before they choose another
/// @param patience        how long statements wait for a leader
/// @param retention       how long old versions are kept at least
/// @param replaceAfter    how long a node must be gone until its replica is given up
public record MemberOptions(
        NodeAddress listen,
        List<NodeAddress> join,
        TcpOptions.Security security,
        Duration electionTimeout,
        Duration patience,
        Duration retention,
        Duration replaceAfter) {
    /// Of [#replaceAfter].
    public static final Duration DEFAULT_REPLACE_AFTER = Duration.ofMinutes(5);

    /// Takes a copy.
    public MemberOptions {
        join = List.copyOf(join);
    }

    /// With the usual times: leaders are replaced after a second.
    public static MemberOptions of(NodeAddress listen, List<NodeAddress> join, TcpOptions.Security security) {
        return new MemberOptions(
                listen,
                join,
                security,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                DEFAULT_REPLACE_AFTER);
    }

    /// The same with another patience for nodes that are gone.
    public MemberOptions withReplaceAfter(Duration other) {
        return new MemberOptions(listen, join, security, electionTimeout, patience, retention, other);
    }

    @Override
    public String toString() {
        return "MemberOptions[listen=" + listen + ", join=" + join + "]";
    }
}
