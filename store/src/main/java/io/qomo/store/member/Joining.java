package io.qomo.store.member;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.tcp.HandshakePolicy;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import io.qomo.store.cluster.rpc.tcp.TcpTransport;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// Asks members of a cluster for a place in it.
final class Joining {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 500_000_000L;
    private static final byte[] ALL = {};

    private Joining() {}

    /// Who this node is to be. Throws [MembershipException] when nobody lets it in for a minute, or its
    /// store holds data.
    static Identity join(MemberOptions options, OrderedStore store, Env env) throws IOException {
        checkEmpty(store);
        TcpOptions tcp = TcpOptions.of(new NodeAddress(options.listen().host(), 0), options.security());
        try (TcpTransport transport = TcpTransport.open(tcp, HandshakePolicy.sameCluster(ALL, 0), env)) {
            transport.start();
            return join(options, transport, env);
        }
    }

    private static void checkEmpty(OrderedStore store) {
        try (KvCursor cursor = store.scan(ALL, ALL, ScanDirection.FORWARD, OrderedStore.LATEST)) {
            if (cursor.next()) {
                throw new MembershipException(
                        "the data directory holds a database of its own; a node joins with an empty"
                                + " one. To make this database the first node of a cluster, start it without --join");
            }
        }
    }

    private static Identity join(MemberOptions options, TcpTransport transport, Env env) {
        long deadline = env.nanoTime() + PATIENCE.toNanos();
        while (true) {
            StringBuilder reasons = new StringBuilder();
            boolean isRefused = false;
            for (NodeAddress asked : options.join()) {
                try {
                    return identity(MembershipService.ask(
                            transport, asked, TIMEOUT, "JOIN", options.listen().toString()));
                } catch (TransportException e) {
                    isRefused |= e.outcome() == TransportException.Outcome.REFUSED;
                    reasons.append("\n  ").append(asked).append(": ").append(e.getMessage());
                } catch (MembershipException e) {
                    reasons.append("\n  ").append(asked).append(": ").append(e.getMessage());
                }
            }
            if (isRefused || env.nanoTime() - deadline > 0) {
                throw new MembershipException("this node is not let into the cluster:" + reasons);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static Identity identity(List<String> lines) {
        byte[] cluster = HexFormat.of().parseHex(lines.getFirst());
        long node = Long.parseLong(lines.get(1));
        Map<Long, NodeAddress> addresses = new TreeMap<>();
        for (String line : lines.subList(2, lines.size())) {
            int space = line.indexOf(' ');
            addresses.put(Long.parseLong(line.substring(0, space)), NodeAddress.parse(line.substring(space + 1)));
        }
        return new Identity(cluster, node, addresses);
    }
}
