package io.qomo.store.cluster.rpc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final Handler NOTHING = request -> request.respond(new byte[0]);

    private static final Certificates FIRST = Certificates.make("first", "localhost");
    private static final Certificates SECOND = Certificates.make("second", "localhost");

    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
        Nodes.eventually(() -> Nodes.threads() == 0);
    }

    @Test
    void acceptsWhoKnowsTheSecret() {
        TcpTransport a = nodes.open(Nodes.secret("open sesame"));
        TcpTransport b = nodes.open(Nodes.secret("open sesame"));
        assertThat(Nodes.echo(a, b.self(), "in")).isEqualTo("in".getBytes());
    }

    @Test
    void refusesWhoDoesNot() {
        TcpTransport a = nodes.open(Nodes.secret("open sesame"));
        TcpTransport b = nodes.open(Nodes.secret("open barley"));
        TcpTransport c = nodes.open();
        expectRefused(a, b, "the cluster secrets differ");
        expectRefused(a, c, "has a cluster secret");
        expectRefused(c, a, "has a cluster secret");
        assertThat(b.counters().connectionsMade()).isZero();
        assertThat(b.counters().refusals()).isEqualTo(1);
        assertThat(a.isConnected(b.self())).isFalse();
    }

    /// A called node that merely sends back what it hears must not pass for one that knows the secret.
    @Test
    void believesNoReflection() throws Exception {
        TcpTransport a = nodes.open(Nodes.secret("open sesame"));
        try (ServerSocket mirror = new ServerSocket(0)) {
            Thread reflecting = Thread.ofPlatform().start(() -> {
                try (RawPeer peer = new RawPeer(mirror.accept())) {
                    peer.send(FrameKind.HELLO, peer.read().payload());
                    peer.send(FrameKind.PROOF, peer.read().payload());
                    peer.drain();
                } catch (java.io.IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            NodeAddress address = new NodeAddress("127.0.0.1", mirror.getLocalPort());
            TransportException refused = Nodes.failure(a, address, Nodes.ECHO);
            assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused).hasMessageContaining("the cluster secrets differ");
            reflecting.join();
        }
    }

    @Test
    void refusesOtherClustersButNotNewNodes() {
        TcpTransport a = nodes.open();
        TcpTransport b = nodes.open(Nodes.plain(), new byte[] {9}, Handler.Mode.INLINE, NOTHING);
        TcpTransport fresh = nodes.open(Nodes.plain(), new byte[0], Handler.Mode.INLINE, NOTHING);
        expectRefused(a, b, "belongs to another cluster");
        assertThat(Nodes.echo(fresh, a.self(), "join")).isEqualTo("join".getBytes());
        assertThat(Nodes.echo(b, fresh.self(), "join")).isEqualTo("join".getBytes());
    }

    @Test
    void theCallerRefusesToo() {
        TcpTransport a = nodes.open();
        TcpTransport b = nodes.open(Nodes.plain(), new byte[] {9}, Handler.Mode.INLINE, NOTHING);
        assertThat(a.counters().refusals()).isZero();
        expectRefused(b, a, "belongs to another cluster");
        assertThat(a.counters().refusals()).isEqualTo(1);
    }

    @Test
    void agreesOnAVersionOrRefuses() {
        TcpTransport one = nodes.open();
        TcpTransport later = nodes.open(Nodes.plain().withVersions(new ProtocolVersions(2, 3)));
        TcpTransport both = nodes.open(Nodes.plain().withVersions(new ProtocolVersions(1, 2)));
        String reason = "no common protocol version: %s speaks %s, %s %s";
        expectRefused(one, later, String.format(reason, later.self(), "2 to 3", one.self(), "1"));
        expectRefused(later, one, String.format(reason, one.self(), "1", later.self(), "2 to 3"));
        assertThat(Nodes.echo(one, both.self(), "1")).isEqualTo("1".getBytes());
        assertThat(Nodes.echo(both, later.self(), "2")).isEqualTo("2".getBytes());
    }

    @Test
    void talksOverTls() {
        TcpTransport a = nodes.open(tls(FIRST.trusting(FIRST, SECOND), "secret", true));
        TcpTransport b = nodes.open(tls(SECOND.trusting(FIRST, SECOND), "secret", true));
        assertThat(Nodes.echo(a, b.self(), "private")).isEqualTo("private".getBytes());
        assertThat(Nodes.echo(b, a.self(), "private")).isEqualTo("private".getBytes());
        byte[] large = new byte[3 << 20];
        assertThat(a.call(b.self(), Nodes.BLOCKING_ECHO, 1, large, Nodes.SOON)).isEqualTo(large);
        TcpTransport wrongSecret = nodes.open(tls(FIRST.trusting(FIRST, SECOND), "other", true));
        expectRefused(wrongSecret, a, "the cluster secrets differ");
    }

    @Test
    void refusesUnknownCertificates() {
        TcpTransport a = nodes.open(tls(FIRST.trusting(FIRST), "", true));
        for (int i = 0; i < 8; i++) {
            TcpTransport b = nodes.open(tls(SECOND.trusting(FIRST, SECOND), "", true));
            expectRefused(b, a, "TLS: ");
            expectRefused(a, b, "TLS: ");
        }
        assertThat(a.counters().connectionsMade()).isZero();
    }

    @Test
    void checksNamesIfAsked() {
        Certificates other = Certificates.make("other", "db.example");
        SSLContext context = other.trusting(other);
        TcpTransport careful = nodes.open(tls(context, "", true));
        TcpTransport careless = nodes.open(tls(context, "", false));
        expectRefused(careful, careless, "TLS: ");
        assertThat(Nodes.echo(careless, careful.self(), "in")).isEqualTo("in".getBytes());
    }

    @Test
    void doesNotMixTlsAndPlain() {
        TcpTransport secure = nodes.open(tls(FIRST.trusting(FIRST), "", false));
        TcpTransport plain = nodes.open();
        TransportException failure = Nodes.failure(plain, secure.self(), Nodes.ECHO);
        assertThat(failure.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(failure).hasMessageContaining("hung up on a hello without TLS");
        expectRefused(secure, plain, "TLS: ");
    }

    @Test
    void limitsStrangersAtTheDoor() throws Exception {
        TcpOptions.Limits limits = new TcpOptions.Limits(1 << 20, 1 << 20, 10, 2);
        TcpTransport a = nodes.open(Nodes.plain().withLimits(limits));
        try (RawPeer first = RawPeer.dial(a.self());
                RawPeer second = RawPeer.dial(a.self())) {
            try (RawPeer third = RawPeer.dial(a.self())) {
                third.drain();
            }
            first.shakeHandsAsCaller();
            second.shakeHandsAsCaller();
        }
        TcpTransport b = nodes.open();
        Nodes.echoAtLast(b, a.self());
    }

    @Test
    void limitsTheTimeOfAHandshake() throws Exception {
        TcpTransport a = nodes.open(
                Nodes.plain().withTiming(TcpOptions.Timing.DEFAULT.withHandshake(java.time.Duration.ofMillis(200))));
        try (Socket silent = new Socket(a.self().host(), a.self().port())) {
            new RawPeer(silent).drain();
        }
        try (ServerSocket deaf = new ServerSocket(0)) {
            TransportException failure =
                    Nodes.failure(a, new NodeAddress("127.0.0.1", deaf.getLocalPort()), Nodes.ECHO);
            assertThat(failure.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(failure).hasMessageContaining("the handshake took too long");
        }
    }

    private static TcpOptions tls(SSLContext context, String secret, boolean checkNames) {
        return TcpOptions.of(
                Nodes.ANY_PORT, new TcpOptions.Security(secret.getBytes(), Optional.of(context), checkNames));
    }

    private static void expectRefused(TcpTransport from, TcpTransport to, String reason) {
        TransportException refused = Nodes.failure(from, to.self(), Nodes.ECHO);
        assertThat(refused.outcome()).as(refused.toString()).isEqualTo(Outcome.REFUSED);
        assertThat(refused).hasMessageContaining(reason);
    }
}
