package io.qomo.store.cluster.rpc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import io.qomo.store.cluster.rpc.PeerListener;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpTransportTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
        Nodes.eventually(() -> Nodes.threads() == 0);
    }

    @Test
    void echoesBothWays() {
        Transport a = nodes.open();
        Transport b = nodes.open();
        assertThat(Nodes.echo(a, b.self(), "to b")).isEqualTo("to b".getBytes());
        assertThat(Nodes.echo(b, a.self(), "to a")).isEqualTo("to a".getBytes());
        assertThat(Nodes.echo(a, a.self(), "to myself")).isEqualTo("to myself".getBytes());
        assertThat(a.call(b.self(), Nodes.BLOCKING_ECHO, 5, new byte[0], Nodes.SOON))
                .isEmpty();
    }

    @Test
    void tellsTheHandlerWhoAsks() {
        List<PeerIdentity> seen = new CopyOnWriteArrayList<>();
        Transport a = nodes.open();
        Transport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, request -> {
            seen.add(request.peer());
            request.respond(new byte[0]);
        });
        a.call(b.self(), Nodes.OTHER, 0, new byte[0], Nodes.SOON);
        assertThat(seen).containsExactly(new PeerIdentity(Nodes.CLUSTER, 1, a.self()));
    }

    @Test
    void keepsTheOrderOfEachLaneUnderLoad() throws Exception {
        for (Handler.Mode mode : Handler.Mode.values()) {
            ConcurrentHashMap<Integer, Integer> last = new ConcurrentHashMap<>();
            AtomicInteger disorders = new AtomicInteger();
            Transport a = nodes.open();
            Transport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, mode, request -> {
                int number = ByteBuffer.wrap(request.payload()).getInt();
                Integer before = last.put(request.lane(), number);
                if ((before == null ? -1 : before) != number - 1) {
                    disorders.incrementAndGet();
                }
                request.respond(request.payload());
            });
            int lanes = 16;
            int each = 2000;
            Outcomes outcomes = new Outcomes(lanes * each);
            AtomicInteger completed = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                int own = lane;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        byte[] payload = new byte[4 + i % 300];
                        ByteBuffer.wrap(payload).putInt(i);
                        a.send(b.self(), Nodes.OTHER, own, payload, Nodes.SOON, counting(completed, outcomes));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Nodes.eventually(() -> completed.get() == lanes * each);
            assertThat(outcomes.failures).isEmpty();
            assertThat(disorders).hasValue(0);
        }
    }

    private static ResponseCallback counting(AtomicInteger completed, Outcomes failures) {
        return new ResponseCallback() {
            @Override
            public void completed(byte[] response) {
                completed.incrementAndGet();
            }

            @Override
            public void failed(TransportException failure) {
                failures.failed(failure);
                completed.incrementAndGet();
            }
        };
    }

    @Test
    void carriesLargeMessagesInPieces() {
        Transport a = nodes.open();
        Transport b = nodes.open();
        byte[] large = new byte[20 << 20];
        new Random(1).nextBytes(large);
        assertThat(a.call(b.self(), Nodes.ECHO, 0, large, Nodes.SOON)).isEqualTo(large);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(300_000).put(large, 0, 300_000).flip();
        ByteBuffer[] pieces = {
            ByteBuffer.wrap(large, 7, 11),
            direct,
            ByteBuffer.wrap(large, 5, 100_000).asReadOnlyBuffer()
        };
        Outcomes outcomes = new Outcomes(1);
        a.send(b.self(), Nodes.BLOCKING_ECHO, 0, pieces, Nodes.SOON, outcomes);
        byte[] expected = ByteBuffer.allocate(400_011)
                .put(large, 7, 11)
                .put(large, 0, 300_000)
                .put(large, 5, 100_000)
                .array();
        assertThat(outcomes.await().responses).hasSize(1);
        assertThat(outcomes.responses.getFirst()).isEqualTo(expected);
    }

    @Test
    void refusesMessagesThatAreTooLong() {
        TcpOptions options = Nodes.plain().withLimits(new TcpOptions.Limits(1000, 1 << 20, 10, 64));
        Transport a = nodes.open(options);
        Transport b =
                nodes.open(options, Nodes.CLUSTER, Handler.Mode.INLINE, request -> request.respond(new byte[1001]));
        assertThatThrownBy(() -> a.call(b.self(), Nodes.ECHO, 0, new byte[1001], Nodes.SOON))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Nodes.failure(a, b.self(), Nodes.OTHER)).hasMessageContaining("message of 1001 bytes, limit 1000");
        assertThat(a.call(b.self(), Nodes.ECHO, 0, new byte[1000], Nodes.SOON)).hasSize(1000);
    }

    @Test
    void takesAnswersFromOtherThreadsOnce() {
        AtomicInteger second = new AtomicInteger();
        Transport a = nodes.open();
        Transport b = nodes.open(
                Nodes.plain(),
                Nodes.CLUSTER,
                Handler.Mode.INLINE,
                request -> Thread.ofPlatform().start(() -> {
                    request.respond("late".getBytes());
                    try {
                        request.fail("twice");
                    } catch (IllegalStateException e) {
                        second.incrementAndGet();
                    }
                }));
        assertThat(a.call(b.self(), Nodes.OTHER, 0, new byte[0], Nodes.SOON)).isEqualTo("late".getBytes());
        Nodes.eventually(() -> second.get() == 1);
    }

    @Test
    void refusesWithTheReason() {
        Transport a = nodes.open();
        Transport failing = nodes.open(
                Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, request -> request.fail("not the leader"));
        Transport throwing = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.BLOCKING, request -> {
            throw new IllegalStateException("oh");
        });
        TransportException refused = Nodes.failure(a, failing.self(), Nodes.OTHER);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused).hasMessage("not the leader");
        assertThat(Nodes.failure(a, throwing.self(), Nodes.OTHER)).hasMessageContaining("oh");
        assertThat(Nodes.failure(a, failing.self(), 200)).hasMessageContaining("no service 200");
        assertThat(Nodes.echo(a, failing.self(), "alive")).isEqualTo("alive".getBytes());
    }

    @Test
    void runsLanesBesideEachOther() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        List<Integer> order = new CopyOnWriteArrayList<>();
        Transport a = nodes.open();
        Transport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.BLOCKING, request -> {
            if (request.payload()[0] == 0) {
                blocked.countDown();
                Nodes.await(release);
            }
            order.add((int) request.payload()[0]);
            request.respond(request.payload());
        });
        Outcomes lane = new Outcomes(3);
        for (byte i = 0; i < 3; i++) {
            a.send(b.self(), Nodes.OTHER, 1, new byte[] {i}, Nodes.SOON, lane);
        }
        Nodes.await(blocked);
        a.call(b.self(), Nodes.OTHER, 2, new byte[] {10}, Nodes.SOON);
        a.call(b.self(), Nodes.OTHER, Transport.UNORDERED, new byte[] {11}, Nodes.SOON);
        Outcomes unordered = new Outcomes(1);
        a.send(b.self(), Nodes.OTHER, Transport.UNORDERED, new byte[] {0}, Nodes.SOON, unordered);
        a.call(b.self(), Nodes.OTHER, Transport.UNORDERED, new byte[] {12}, Nodes.SOON);
        assertThat(order).containsExactly(10, 11, 12);
        release.countDown();
        assertThat(lane.await().failures).isEmpty();
        unordered.await();
        assertThat(order).containsSubsequence(0, 1, 2).hasSize(7);
    }

    @Test
    void refusesWhenAllThreadsAreBusy() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(2);
        Transport a = nodes.open();
        TcpOptions options = Nodes.plain().withLimits(new TcpOptions.Limits(1 << 20, 1 << 20, 2, 64));
        Transport b = nodes.open(options, Nodes.CLUSTER, Handler.Mode.BLOCKING, request -> {
            blocked.countDown();
            Nodes.await(release);
            request.respond(new byte[0]);
        });
        Outcomes held = new Outcomes(2);
        a.send(b.self(), Nodes.OTHER, 1, new byte[0], Nodes.SOON, held);
        a.send(b.self(), Nodes.OTHER, 2, new byte[0], Nodes.SOON, held);
        Nodes.await(blocked);
        TransportException busy = Nodes.failure(a, b.self(), Nodes.OTHER);
        assertThat(busy.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(busy).hasMessage("all threads for blocking requests are busy");
        release.countDown();
        assertThat(held.await().responses).hasSize(2);
    }

    @Test
    void losesWhatADyingPeerHasAndConnectsAgain() throws Exception {
        TcpTransport a = nodes.open();
        CountDownLatch arrived = new CountDownLatch(1);
        TcpTransport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, request -> arrived.countDown());
        Outcomes outcomes = new Outcomes(1);
        a.send(b.self(), Nodes.OTHER, 0, new byte[0], Nodes.SOON, outcomes);
        Nodes.await(arrived);
        b.close();
        assertThat(outcomes.await().failures.getFirst().outcome()).isEqualTo(Outcome.LOST);
        Nodes.eventually(() -> !a.isConnected(b.self()));
        assertThat(Nodes.failure(a, b.self(), Nodes.ECHO).outcome()).isEqualTo(Outcome.UNREACHABLE);
        nodes.open(TcpOptions.of(b.self(), TcpOptions.Security.NONE));
        Nodes.echoAtLast(a, b.self());
        assertThat(a.isConnected(b.self())).isTrue();
    }

    @Test
    void saysQuicklyThatNobodyListens() throws Exception {
        NodeAddress nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = new NodeAddress("127.0.0.1", socket.getLocalPort());
        }
        Transport a = nodes.open();
        long start = System.nanoTime();
        assertThat(Nodes.failure(a, nobody, Nodes.ECHO).outcome()).isEqualTo(Outcome.UNREACHABLE);
        TransportException again = Nodes.failure(a, nobody, Nodes.ECHO);
        assertThat(again.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(again).hasMessageContaining("cannot connect to " + nobody);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
        NodeAddress nowhere = new NodeAddress("no-such-host.invalid", 1);
        assertThat(Nodes.failure(a, nowhere, Nodes.ECHO).outcome()).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        Transport a = nodes.open();
        Transport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, request -> {});
        TransportException failure = Nodes.failure(a, b.self(), Nodes.OTHER, Duration.ofMillis(50));
        assertThat(failure.outcome()).isEqualTo(Outcome.LOST);
        assertThat(failure).hasMessageContaining("no response in time");
        Outcomes outcomes = new Outcomes(3);
        a.send(b.self(), Nodes.OTHER, 0, new byte[0], Duration.ofSeconds(10), outcomes);
        a.send(b.self(), Nodes.OTHER, 0, new byte[0], Duration.ofMillis(60), outcomes);
        a.send(b.self(), Nodes.OTHER, 0, new byte[0], Duration.ofMillis(30), outcomes);
        Nodes.eventually(() -> outcomes.failures.size() == 2);
        assertThat(Nodes.echo(a, b.self(), "alive")).isEqualTo("alive".getBytes());
    }

    @Test
    void endsACallOnInterrupt() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        Transport a = nodes.open();
        Transport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, request -> arrived.countDown());
        List<Object> seen = new CopyOnWriteArrayList<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            seen.add(Nodes.failure(a, b.self(), Nodes.OTHER).outcome());
            seen.add(Thread.currentThread().isInterrupted());
        });
        Nodes.await(arrived);
        caller.interrupt();
        caller.join();
        assertThat(seen).containsExactly(Outcome.LOST, true);
    }

    @Test
    void tellsListenersAboutConnections() {
        List<String> seen = new CopyOnWriteArrayList<>();
        TcpTransport a = nodes.open();
        TcpTransport b = nodes.open();
        a.listen(new PeerListener() {
            @Override
            public void connected(PeerIdentity peer) {
                seen.add("connected " + peer.address());
            }

            @Override
            public void disconnected(PeerIdentity peer, String reason) {
                seen.add("disconnected " + peer.address());
            }
        });
        assertThat(a.isConnected(b.self())).isFalse();
        a.connect(b.self());
        Nodes.eventually(() -> a.isConnected(b.self()));
        b.close();
        Nodes.eventually(() -> seen.size() == 2);
        assertThat(seen).containsExactly("connected " + b.self(), "disconnected " + b.self());
    }

    @Test
    void counts() {
        TcpTransport a = nodes.open();
        TcpTransport b = nodes.open();
        a.call(b.self(), Nodes.ECHO, 0, new byte[10], Nodes.SOON);
        a.call(b.self(), Nodes.ECHO, 0, new byte[20], Nodes.SOON);
        assertThat(a.counters().services()).hasSize(1);
        assertThat(a.counters().services().getFirst()).satisfies(service -> {
            assertThat(service.service()).isEqualTo(Nodes.ECHO);
            assertThat(service.messagesSent()).isEqualTo(2);
            assertThat(service.bytesSent()).isEqualTo(30);
            assertThat(service.messagesReceived()).isEqualTo(2);
            assertThat(service.bytesReceived()).isEqualTo(30);
        });
        assertThat(a.counters().connectedPeers()).isEqualTo(1);
        assertThat(b.counters().acceptedPeers()).isEqualTo(1);
        assertThat(b.counters().connectionsMade()).isEqualTo(1);
    }

    @Test
    void sendsFromVirtualThreads() throws Exception {
        Transport a = nodes.open();
        Transport b = nodes.open();
        List<byte[]> responses = new CopyOnWriteArrayList<>();
        Thread.ofVirtual()
                .start(() -> responses.add(Nodes.echo(a, b.self(), "light")))
                .join();
        assertThat(responses).containsExactly("light".getBytes());
    }

    @Test
    void aHandlerThatFailsBadlyHoldsUpNobody() {
        Transport a = nodes.open();
        for (Handler.Mode mode : Handler.Mode.values()) {
            Transport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, mode, request -> {
                throw new AssertionError("bad");
            });
            assertThat(Nodes.failure(a, b.self(), Nodes.OTHER).outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(Nodes.failure(a, b.self(), Nodes.OTHER)).hasMessageContaining("bad");
        }
    }

    @Test
    void endsIdleThreads() {
        TcpOptions.Timing timing = TcpOptions.Timing.DEFAULT;
        TcpOptions.Timing impatient = new TcpOptions.Timing(
                timing.connect(),
                timing.handshake(),
                timing.silence(),
                timing.write(),
                timing.backoff(),
                timing.maxBackoff(),
                Duration.ofMillis(50));
        Transport a = nodes.open();
        Transport b = nodes.open(Nodes.plain().withTiming(impatient));
        a.call(b.self(), Nodes.BLOCKING_ECHO, 0, new byte[1], Nodes.SOON);
        Nodes.eventually(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("rpc-blocking")));
        assertThat(a.call(b.self(), Nodes.BLOCKING_ECHO, 0, new byte[1], Nodes.SOON))
                .hasSize(1);
    }

    /// Every request has one outcome, and what is called undelivered was not handled, whenever a peer dies.
    @Test
    void tellsTheTruthWhenAPeerDiesAgainAndAgain() throws Exception {
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        Handler handler = request -> {
            handled.add(ByteBuffer.wrap(request.payload()).getInt());
            request.respond(request.payload());
        };
        TcpTransport a = nodes.open(Nodes.plain()
                .withTiming(TcpOptions.Timing.DEFAULT.withBackoff(Duration.ofMillis(1), Duration.ofMillis(5))));
        NodeAddress to;
        try (TcpTransport first = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, handler)) {
            to = first.self();
        }
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger outcomes = new AtomicInteger();
        AtomicInteger lies = new AtomicInteger();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                while (!isOver.get()) {
                    int number = sent.getAndIncrement();
                    byte[] payload = ByteBuffer.allocate(64).putInt(number).array();
                    a.send(to, Nodes.OTHER, 0, payload, Nodes.SOON, new TruthTest(number, handled, outcomes, lies));
                    LockSupport.parkNanos(20_000);
                }
            }));
        }
        for (int i = 0; i < 20; i++) {
            int before = handled.size();
            try (TcpTransport living = nodes.open(
                    TcpOptions.of(to, TcpOptions.Security.NONE), Nodes.CLUSTER, Handler.Mode.INLINE, handler)) {
                assertThat(living.self()).isEqualTo(to);
                Nodes.eventually(() -> handled.size() > before + 100);
            }
        }
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        Nodes.eventually(() -> outcomes.get() == sent.get());
        a.close();
        assertThat(outcomes.get()).isEqualTo(sent.get());
        assertThat(lies).hasValue(0);
    }

    private record TruthTest(int number, Set<Integer> handled, AtomicInteger outcomes, AtomicInteger lies)
            implements ResponseCallback {
        @Override
        public void completed(byte[] response) {
            outcomes.incrementAndGet();
        }

        @Override
        public void failed(TransportException failure) {
            outcomes.incrementAndGet();
            if (failure.outcome() == Outcome.UNREACHABLE && handled.contains(number)) {
                lies.incrementAndGet();
            }
        }
    }

    @Test
    void closesCleanly() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(1);
        TcpTransport a = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.BLOCKING, request -> {
            arrived.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        TcpTransport b = nodes.open(Nodes.plain(), Nodes.CLUSTER, Handler.Mode.INLINE, request -> arrived.countDown());
        Outcomes outcomes = new Outcomes(2);
        a.send(b.self(), Nodes.OTHER, 0, new byte[0], Nodes.SOON, outcomes);
        b.send(a.self(), Nodes.OTHER, 0, new byte[0], Nodes.SOON, outcomes);
        Nodes.await(arrived);
        a.close();
        a.close();
        assertThat(outcomes.await().failures)
                .extracting(TransportException::outcome)
                .containsExactly(Outcome.LOST, Outcome.LOST);
        Nodes.await(interrupted);
        assertThat(Nodes.failure(a, b.self(), Nodes.ECHO).outcome()).isEqualTo(Outcome.UNREACHABLE);
        new ServerSocket(a.self().port()).close();
    }
}
