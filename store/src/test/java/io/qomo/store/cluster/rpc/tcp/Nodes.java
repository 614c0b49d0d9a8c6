package io.qomo.store.cluster.rpc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.SystemEnv;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Transports on loopback that echo on service [#ECHO].
final class Nodes implements AutoCloseable {
    static final int ECHO = 1;
    static final int BLOCKING_ECHO = 2;
    static final int OTHER = 3;
    static final Duration SOON = Duration.ofSeconds(20);
    static final byte[] CLUSTER = {1, 2, 3};
    static final NodeAddress ANY_PORT = new NodeAddress("127.0.0.1", 0);

    private final List<TcpTransport> opened = new ArrayList<>();

    static TcpOptions plain() {
        return TcpOptions.of(ANY_PORT, TcpOptions.Security.NONE);
    }

    static TcpOptions secret(String secret) {
        return TcpOptions.of(ANY_PORT, TcpOptions.Security.secret(secret.getBytes()));
    }

    TcpTransport open() {
        return open(plain());
    }

    TcpTransport open(TcpOptions options) {
        return open(options, CLUSTER, Handler.Mode.INLINE, request -> request.respond(request.payload()));
    }

    /// A node whose service [#OTHER] is the test's.
    TcpTransport open(TcpOptions options, byte[] cluster, Handler.Mode mode, Handler other) {
        try {
            HandshakePolicy policy = HandshakePolicy.sameCluster(cluster, opened.size() + 1);
            TcpTransport node = TcpTransport.open(options, policy, new SystemEnv());
            opened.add(node);
            node.serve(ECHO, Handler.Mode.INLINE, request -> request.respond(request.payload()));
            node.serve(BLOCKING_ECHO, Handler.Mode.BLOCKING, request -> request.respond(request.payload()));
            node.serve(OTHER, mode, other);
            node.start();
            return node;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] echo(Transport from, NodeAddress to, String text) {
        return from.call(to, ECHO, 0, text.getBytes(), SOON);
    }

    /// Calls until a connection is there again.
    static void echoAtLast(Transport from, NodeAddress to) {
        eventually(() -> {
            try {
                return new String(echo(from, to, "again")).equals("again");
            } catch (TransportException e) {
                return false;
            }
        });
    }

    /// Calls and returns how it failed.
    static TransportException failure(Transport from, NodeAddress to, int service) {
        return failure(from, to, service, SOON);
    }

    static TransportException failure(Transport from, NodeAddress to, int service, Duration timeout) {
        try {
            from.call(to, service, 0, new byte[] {1}, timeout);
        } catch (TransportException e) {
            return e;
        }
        throw new AssertionError("the call succeeded");
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for what no latch tells, such as the end of a thread.
    static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /// Live threads of all transports.
    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("rpc-"))
                .count();
    }

    @Override
    public void close() {
        opened.forEach(TcpTransport::close);
    }
}
