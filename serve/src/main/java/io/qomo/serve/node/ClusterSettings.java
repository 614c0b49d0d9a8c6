package io.qomo.serve.node;

import java.util.List;

/// How a node takes part in a cluster.
///
/// @param host   address of the cluster listener
/// @param port   its port, 0 for a free one
/// @param join   members to ask for admission, as `host:port`; empty founds a cluster
/// @param secret what all nodes know; empty for none
public record ClusterSettings(String host, int port, List<String> join, byte[] secret) {
    /// Takes copies.
    public ClusterSettings {
        join = List.copyOf(join);
        secret = secret.clone();
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "ClusterSettings[" + host + ":" + port + ", join=" + join + "]";
    }
}
