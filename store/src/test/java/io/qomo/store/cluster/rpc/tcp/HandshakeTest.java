package io.qomo.store.cluster.rpc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.tls.CertifiedKey;
import io.qomo.base.tls.MutualTls;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final Handler NOTHING = request -> request.respond(new byte[0]);

    private static final Certificates CLUSTER = new Certificates("cluster");
    private static final Certificates FOREIGN = new Certificates("foreign");

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
        TcpTransport a = nodes.open(tls(good("a"), "secret"));
        TcpTransport b = nodes.open(tls(CLUSTER.showing(CLUSTER.issueByAnother("b")), "secret"));
        assertThat(Nodes.echo(a, b.self(), "private")).isEqualTo("private".getBytes());
        assertThat(Nodes.echo(b, a.self(), "private")).isEqualTo("private".getBytes());
        byte[] large = new byte[3 << 20];
        assertThat(a.call(b.self(), Nodes.BLOCKING_ECHO, 1, large, Nodes.SOON)).isEqualTo(large);
        TcpTransport wrongSecret = nodes.open(tls(good("c"), "other"));
        expectRefused(wrongSecret, a, "the cluster secrets differ");
    }

    /// Sessions of TLS may be resumed, which must not weaken the proof of the secret, nor break it.
    @Test
    void comesBackOverTls() {
        MutualTls same = good("a");
        TcpTransport b = nodes.open(tls(good("b"), "secret"));
        for (int i = 0; i < 3; i++) {
            TcpTransport a = nodes.open(tls(same, "secret"));
            assertThat(Nodes.echo(a, b.self(), "in")).isEqualTo("in".getBytes());
            a.close();
        }
        expectRefused(nodes.open(tls(same, "other")), b, "the cluster secrets differ");
    }

    @Test
    void refusesCertificatesOfAnotherAuthority() {
        TcpTransport a = nodes.open(tls(good("a"), ""));
        CertifiedKey foreign = FOREIGN.issue("b", Certificates.HERE);
        for (int i = 0; i < 8; i++) {
            TcpTransport b = nodes.open(tls(FOREIGN.showing(foreign, CLUSTER), ""));
            expectRefused(a, b, "TLS: the certificate 'CN=b' issued by 'CN=foreign' is not signed by an authority");
            expectRefused(b, a, "does not accept this node's certificate 'CN=b' issued by 'CN=foreign'");
        }
        assertThat(a.counters().connectionsMade()).isZero();
    }

    @Test
    void refusesCertificatesWhoseTimeIsNotNow() {
        TcpTransport a = nodes.open(tls(good("a"), ""));
        TcpTransport late = nodes.open(tls(CLUSTER.showing(CLUSTER.issue("late", Duration.ofHours(-2))), ""));
        expectRefused(a, late, "TLS: the certificate 'CN=late' issued by 'CN=cluster', which has expired on ");
        expectRefused(
                late, a, "not accept this node's certificate 'CN=late' issued by 'CN=cluster', which has expired");
        TcpTransport early = nodes.open(tls(CLUSTER.showing(CLUSTER.issue("early", Duration.ofHours(2))), ""));
        expectRefused(a, early, "TLS: the certificate 'CN=early' issued by 'CN=cluster', which is good from ");
        TcpTransport b = nodes.open(tls(good("b"), ""));
        assertThat(Nodes.echo(b, a.self(), "in")).isEqualTo("in".getBytes());
    }

    @Test
    void refusesNodesWithoutACertificate() {
        TcpTransport secure = nodes.open(tls(good("a"), ""));
        TcpTransport plain = nodes.open();
        expectRefused(plain, secure, "the other side speaks TLS, and this node was started without certificates");
        expectRefused(secure, plain, "TLS: the other side ");
        assertThat(secure.counters().refusals()).isEqualTo(2);
        assertThat(plain.counters().refusals()).isEqualTo(2);
    }

    @Test
    void checksTheNameOfWhomItCalls() {
        TcpTransport a = nodes.open(tls(good("a"), ""));
        CertifiedKey elsewhere = CLUSTER.issue("b", List.of("db.example", "10.0.0.1"));
        TcpTransport b = nodes.open(tls(CLUSTER.showing(elsewhere), ""));
        expectRefused(a, b, "TLS: the certificate 'CN=b' issued by 'CN=cluster' is not accepted: ");
        expectRefused(a, b, "127.0.0.1");
        assertThat(Nodes.echo(b, a.self(), "in")).isEqualTo("in".getBytes());
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
        TcpTransport a =
                nodes.open(Nodes.plain().withTiming(TcpOptions.Timing.DEFAULT.withHandshake(Duration.ofMillis(200))));
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

    private static MutualTls good(String name) {
        return CLUSTER.showing(CLUSTER.issue(name, Certificates.HERE));
    }

    private static TcpOptions tls(MutualTls tls, String secret) {
        return TcpOptions.of(Nodes.ANY_PORT, new TcpOptions.Security(secret.getBytes(), Optional.of(tls)));
    }

    private static void expectRefused(TcpTransport from, TcpTransport to, String reason) {
        TransportException refused = Nodes.failure(from, to.self(), Nodes.ECHO);
        assertThat(refused.outcome()).as(refused.toString()).isEqualTo(Outcome.REFUSED);
        assertThat(refused).hasMessageContaining(reason);
    }
}
