package io.qomo.store.member;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.tcp.HandshakePolicy;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import io.qomo.store.cluster.rpc.tcp.TcpTransport;
import java.io.IOException;
import java.time.Duration;

/// What an operator asks of a cluster from outside of it, by way of any of its nodes.
///
/// All methods throw [MembershipException] with the reason when it is not done.
public final class ClusterAdmin {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final byte[] NO_CLUSTER = {};

    private final NodeAddress node;
    private final TcpOptions.Security security;
    private final Env env;

    /// By way of `node`, which asks for proofs as it asks other nodes.
    public ClusterAdmin(NodeAddress node, TcpOptions.Security security, Env env) {
        this.node = node;
        this.security = security;
        this.env = env;
    }

    /// Takes a node out of the cluster for good: its replica is not counted any more, and its directory is
    /// of no use.
    public void remove(long id) {
        ask("REMOVE", String.valueOf(id));
    }

    /// Has another node lead.
    public void handOver(long id) {
        ask("HANDOVER", String.valueOf(id));
    }

    private void ask(String... request) {
        TcpOptions options = TcpOptions.of(new NodeAddress("127.0.0.1", 0), security);
        try (TcpTransport transport = TcpTransport.open(options, HandshakePolicy.sameCluster(NO_CLUSTER, 0), env)) {
            transport.start();
            MembershipService.ask(transport, node, TIMEOUT, request);
        } catch (IOException | TransportException e) {
            throw new MembershipException(node + " cannot be asked: " + e.getMessage());
        }
    }
}
