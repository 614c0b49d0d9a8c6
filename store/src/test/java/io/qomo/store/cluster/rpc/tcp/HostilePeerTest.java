package io.qomo.store.cluster.rpc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Peers that are broken, evil, slow or asleep.
class HostilePeerTest {
    private static final long SEED = 20_261_128;

    private final Nodes nodes = new Nodes();
    private final Random random = new Random(SEED);
    private final ServerSocket door = open();

    private static ServerSocket open() {
        try {
            return new ServerSocket(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void noLeftovers() {
        Nodes.eventually(() -> Nodes.threads() == 0);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        nodes.close();
        Nodes.eventually(() -> Nodes.threads() == 0);
    }

    private NodeAddress doorAddress() {
        return new NodeAddress("127.0.0.1", door.getLocalPort());
    }

    @Test
    void survivesGarbageFromStrangers() throws Exception {
        TcpTransport node = nodes.open(Nodes.secret("s"));
        byte[] hello = RawPeer.bytes(FrameKind.HELLO, 0, 0, RawPeer.hello(1, 1, true, Nodes.CLUSTER));
        for (int i = 0; i < 400; i++) {
            byte[] garbage = switch (i % 4) {
                case 0 -> bytes(random.nextInt(10_000));
                case 1 -> flipped(hello);
                case 2 -> header(FrameKind.HELLO, random.nextInt());
                case 3 -> RawPeer.bytes(FrameKind.values()[random.nextInt(7)], 0, 0, bytes(random.nextInt(500)));
                default -> throw new AssertionError();
            };
            throwAt(RawPeer.dial(node.self()), garbage);
        }
        expectUnharmed(node, Nodes.secret("s"));
    }

    @Test
    void survivesGarbageFromPeers() throws Exception {
        TcpTransport node = nodes.open();
        for (int i = 0; i < 400; i++) {
            byte[] request = RawPeer.bytes(FrameKind.REQUEST, Nodes.ECHO, i, bytes(random.nextInt(2000)));
            byte[] garbage = switch (i % 4) {
                case 0 -> bytes(random.nextInt(10_000));
                case 1 -> flipped(request);
                case 2 -> header(FrameKind.REQUEST, random.nextInt() | Integer.MIN_VALUE);
                case 3 -> RawPeer.bytes(FrameKind.values()[random.nextInt(7)], 0, 0, bytes(random.nextInt(500)));
                default -> throw new AssertionError();
            };
            throwAt(RawPeer.dial(node.self()).shakeHandsAsCaller(), garbage);
        }
        expectUnharmed(node, Nodes.plain());
    }

    @Test
    void survivesGarbageAsAnAnswer() throws Exception {
        TcpTransport node = nodes.open(Nodes.plain()
                .withTiming(TcpOptions.Timing.DEFAULT.withBackoff(Duration.ofMillis(1), Duration.ofMillis(5))));
        Thread answering = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20; i++) {
                try (RawPeer peer = new RawPeer(door.accept()).shakeHandsAsCalled()) {
                    RawPeer.Read request = peer.read();
                    byte[] answer = RawPeer.bytes(
                            FrameKind.RESPONSE, Nodes.ECHO, request.header().id(), new byte[9]);
                    peer.socket.getOutputStream().write(flipped(answer));
                    peer.socket.shutdownOutput();
                    peer.drain();
                } catch (IOException e) {
                    // the node may hang up first
                }
            }
        });
        int lost = 0;
        while (lost < 20) {
            TransportException failure = Nodes.failure(node, doorAddress(), Nodes.ECHO);
            assertThat(failure.outcome()).isNotEqualTo(Outcome.REFUSED);
            lost += failure.outcome() == Outcome.LOST ? 1 : 0;
            LockSupport.parkNanos(1_000_000);
        }
        answering.join();
        expectUnharmed(node, Nodes.plain());
    }

    @Test
    void noticesAPeerThatFellSilent() throws Exception {
        TcpTransport node = nodes.open(Nodes.plain().withTiming(silence(300)));
        CountDownLatch done = new CountDownLatch(1);
        Thread silent = Thread.ofPlatform().start(() -> {
            try (RawPeer peer = new RawPeer(door.accept()).shakeHandsAsCalled()) {
                peer.read();
                Nodes.await(done);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        TransportException failure = Nodes.failure(node, doorAddress(), Nodes.ECHO);
        assertThat(failure.outcome()).isEqualTo(Outcome.LOST);
        assertThat(failure).hasMessageContaining("the peer was silent for 300 ms");
        done.countDown();
        silent.join();
        try (RawPeer caller = RawPeer.dial(node.self()).shakeHandsAsCaller()) {
            caller.drain();
        }
    }

    @Test
    void keepsAPeerThatShowsLife() throws Exception {
        TcpTransport node = nodes.open(Nodes.plain().withTiming(silence(200)));
        try (RawPeer caller = RawPeer.dial(node.self()).shakeHandsAsCaller()) {
            for (int i = 0; i < 10; i++) {
                assertThat(caller.read().header().kind()).isEqualTo(FrameKind.ALIVE);
                caller.send(FrameKind.ALIVE, new byte[0]);
            }
            assertThat(node.counters().acceptedPeers()).isEqualTo(1);
        }
    }

    /// A peer that lives and takes nothing costs bounded memory, no sender's time, and in the end its
    /// connection.
    @Test
    void doesNotWaitForASlowPeer() throws Exception {
        TcpOptions options = Nodes.plain()
                .withLimits(new TcpOptions.Limits(8 << 20, 16 << 20, 10, 64))
                .withTiming(TcpOptions.Timing.DEFAULT.withWrite(Duration.ofSeconds(2)));
        TcpTransport node = nodes.open(options);
        TcpTransport other = nodes.open();
        CountDownLatch stuck = new CountDownLatch(1);
        Thread slow = Thread.ofPlatform().start(() -> {
            try (RawPeer peer = new RawPeer(door.accept()).shakeHandsAsCalled()) {
                while (stuck.getCount() > 0) {
                    peer.send(FrameKind.ALIVE, new byte[0]);
                    LockSupport.parkNanos(50_000_000);
                }
            } catch (IOException e) {
                // the node hangs up
            }
        });
        byte[] payload = new byte[1 << 20];
        Outcomes outcomes = new Outcomes(200);
        for (int i = 0; i < 200; i++) {
            node.send(doorAddress(), Nodes.ECHO, 0, payload, Nodes.SOON, outcomes);
            if (i % 20 == 0) {
                assertThat(Nodes.echo(node, other.self(), "quick")).isEqualTo("quick".getBytes());
            }
        }
        assertThat(outcomes.await().failures).hasSize(200);
        assertThat(outcomes.failures)
                .filteredOn(failure -> failure.outcome() == Outcome.UNREACHABLE)
                .hasSizeGreaterThan(150)
                .first()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("too much waits for"));
        assertThat(outcomes.failures)
                .filteredOn(failure -> failure.outcome() == Outcome.LOST)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("the peer took nothing for 2000 ms"));
        stuck.countDown();
        slow.join();
    }

    @Test
    void holdsBackResponsesThatAreNotRead() throws Exception {
        AtomicInteger running = new AtomicInteger();
        TcpOptions options = Nodes.plain()
                .withLimits(new TcpOptions.Limits(8 << 20, 4 << 20, 50, 64))
                .withTiming(TcpOptions.Timing.DEFAULT.withWrite(Duration.ofSeconds(2)));
        TcpTransport node = nodes.open(options, Nodes.CLUSTER, Handler.Mode.BLOCKING, request -> {
            running.incrementAndGet();
            request.respond(new byte[1 << 20]);
            running.decrementAndGet();
        });
        try (RawPeer greedy = RawPeer.dial(node.self()).shakeHandsAsCaller()) {
            OutputStream out = greedy.socket.getOutputStream();
            for (int i = 0; i < 40; i++) {
                byte[] header = new byte[FrameHeader.BYTES];
                new FrameHeader(FrameKind.REQUEST, Nodes.OTHER, i, i, 0, 0, 0).write(header, 0);
                out.write(header);
            }
            Nodes.eventually(() -> running.get() > 0);
            while (node.counters().acceptedPeers() > 0) {
                try {
                    greedy.send(FrameKind.ALIVE, new byte[0]);
                } catch (IOException e) {
                    break;
                }
                LockSupport.parkNanos(50_000_000);
            }
            Nodes.eventually(() -> running.get() == 0);
        }
    }

    private static TcpOptions.Timing silence(int milliseconds) {
        return TcpOptions.Timing.DEFAULT.withSilence(Duration.ofMillis(milliseconds));
    }

    /// The node answers as before, to a friend, and nothing of the garbage is left.
    private void expectUnharmed(TcpTransport node, TcpOptions options) {
        TcpTransport friend = nodes.open(options);
        assertThat(Nodes.echo(friend, node.self(), "friend")).isEqualTo("friend".getBytes());
        Nodes.eventually(() -> node.counters().acceptedPeers() == 1);
        // two tickers, two doors, the friend's connection at both ends; writers and events end when idle
        Nodes.eventually(() -> threads("rpc-in") == 3 && threads("rpc-out") == 1 && threads("rpc-ticker") == 2);
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private void throwAt(RawPeer peer, byte[] garbage) throws IOException {
        try (peer) {
            peer.socket.getOutputStream().write(garbage);
            peer.socket.shutdownOutput();
            peer.drain();
        } catch (SocketException e) {
            // the node hung up in the middle
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] frame) {
        byte[] broken = frame.clone();
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
        return broken;
    }

    private static byte[] header(FrameKind kind, int length) {
        byte[] header = new byte[FrameHeader.BYTES];
        new FrameHeader(kind, Nodes.ECHO, 0, 1, 0, length, 0).write(header, 0);
        return header;
    }
}
