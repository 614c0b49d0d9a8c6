package io.qomo.serve.node;

import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.time.Duration;
import java.util.List;

/// How a node takes part in a cluster.
///
/// @param host     address of the cluster listener
/// @param port     its port, 0 for a free one
/// @param join     members to ask for admission, as `host:port`; empty founds a cluster
/// @param security how nodes prove who they are
/// @param replaceAfter how long a node must be gone until its replica is given up
public record ClusterSettings(
        String host, int port, List<String> join, TcpOptions.Security security, Duration replaceAfter) {
    /// Takes a copy.
    public ClusterSettings {
        join = List.copyOf(join);
    }

    @Override
    public String toString() {
        return "ClusterSettings[" + host + ":" + port + ", join=" + join + "]";
    }
}
