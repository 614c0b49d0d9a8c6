package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.log.SharedLog;
import io.qomo.store.cluster.log.SharedLogOptions;
import io.qomo.store.cluster.raft.RaftGroup;
import io.qomo.store.cluster.raft.ReplicaStore;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.tcp.HandshakePolicy;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import io.qomo.store.cluster.rpc.tcp.TcpTransport;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.txn.Coordinator;
import io.qomo.store.txn.TransactionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A node of a cluster in this process: log, replica, transport and transactions, without SQL.
final class TestNode implements AutoCloseable {
    private static final byte[] CLUSTER = {1, 2, 3};
    private static final EngineOptions ENGINE = new EngineOptions(8 << 20, 4 << 20, 2);

    private final SharedLog log;
    private final ReplicaStore store;
    private final TcpTransport transport;
    private final GroupHost host;
    private final RaftGroup group;
    private final Coordinator coordinator;

    /// Opens the node on its directory; `founds` makes the group when there is none.
    TestNode(long id, String clusterName, Path directory, boolean founds, Map<Long, NodeAddress> addresses, Env env)
            throws IOException {
        Files.createDirectories(directory);
        log = SharedLog.open(directory.resolve("log"), new SharedLogOptions(4 << 20, 4 << 20), env);
        store = new ReplicaStore(directory, ENGINE, env);
        NodeAddress listen = addresses.getOrDefault(id, new NodeAddress("127.0.0.1", 0));
        transport = TcpTransport.open(
                TcpOptions.of(listen, TcpOptions.Security.secret(new byte[] {7, 7, 7})),
                HandshakePolicy.sameCluster(CLUSTER, id),
                env);
        addresses.put(id, transport.self());
        RaftGroup.Settings settings =
                new RaftGroup.Settings(clusterName, 1, id, Duration.ofMillis(600), directory.resolve("snapshots"));
        RaftGroup.serve(transport);
        host = new GroupHost(id, store, transport, addresses::get, Duration.ofSeconds(20), Duration.ofSeconds(5), env);
        transport.start();
        if (founds && !RaftGroup.isMember(log.group(1))) {
            RaftGroup.found(settings, log.group(1), store);
        }
        group = host.open(
                listener -> RaftGroup.open(settings, log.group(1), store, transport, addresses::get, listener, env));
        coordinator = new Coordinator(host.participants(), 1L << 26);
    }

    RaftGroup group() {
        return group;
    }

    GroupHost host() {
        return host;
    }

    TransactionManager transactions() {
        return coordinator;
    }

    boolean leads() {
        return host.leads();
    }

    @Override
    public void close() {
        host.close();
        transport.close();
        store.close();
        log.close();
    }
}
