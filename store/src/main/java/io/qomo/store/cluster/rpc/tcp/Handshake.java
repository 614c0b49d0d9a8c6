package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How two nodes come to trust each other, after TLS where that is used.
///
/// ```
/// caller                                   called
///   HELLO ────────────────────────────────→  versions?
///   versions?  ←──────────────────────────── HELLO
///   PROOF ────────────────────────────────→  secret? policy?
///   secret? policy?  ←────────────────────── PROOF
///   (requests)
/// ```
///
/// Where a side's question is answered with no, it sends a REFUSAL with the reason instead of its next frame
/// and closes.
///
/// The proof is HMAC-SHA256, under the secret, of the prover's direction, both hellos (each with 32 fresh
/// random bytes) and, under TLS, a value that only the two ends of this TLS connection know. So the secret is
/// not on the wire, no proof can be replayed or reflected, and neither hello can be altered on its way.
/// Without a secret the proof is empty.
///
/// Not promised: without TLS nothing after the handshake is kept from being read or altered by who controls
/// the network.
final class Handshake {
    private static final String MAC = "HmacSHA256";
    private static final String EXPORTER_LABEL = "EXPORTER-qomo-cluster";
    private static final byte[] NOTHING = {};

    private final Connection connection;
    private final Wiring wiring;
    private final byte[] secret;

    Handshake(Connection connection, Wiring wiring) {
        this.connection = connection;
        this.wiring = wiring;
        this.secret = wiring.options().security().secret();
    }

    /// The caller's side; tells who answered.
    PeerIdentity call(NodeAddress dialled) throws IOException, RefusedException {
        byte[] own = ownHello().encode();
        connection.send(FrameKind.HELLO, own);
        byte[] other = expect(FrameKind.HELLO);
        Hello peer = Hello.decode(other);
        requireCommonGround(peer);
        connection.send(FrameKind.PROOF, proof("caller", own, other));
        requireProof(expect(FrameKind.PROOF), proof("called", own, other));
        requirePolicy(peer.identity(), Optional.of(dialled));
        return peer.identity();
    }

    /// The called node's side; tells who called.
    PeerIdentity answer() throws IOException, RefusedException {
        byte[] other = expect(FrameKind.HELLO);
        Hello peer = Hello.decode(other);
        requireCommonGround(peer);
        byte[] own = ownHello().encode();
        connection.send(FrameKind.HELLO, own);
        requireProof(expect(FrameKind.PROOF), proof("caller", other, own));
        requirePolicy(peer.identity(), Optional.empty());
        connection.send(FrameKind.PROOF, proof("called", other, own));
        return peer.identity();
    }

    private Hello ownHello() {
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        wiring.env().secureRandom(nonce);
        HandshakePolicy policy = wiring.policy();
        PeerIdentity self = new PeerIdentity(policy.clusterId(), policy.nodeId(), wiring.self());
        return new Hello(wiring.options().versions(), secret.length > 0, nonce, self);
    }

    private byte[] expect(FrameKind kind) throws IOException, RefusedException {
        FrameHeader header = connection.readHeader();
        byte[] payload = connection.readPayload(header);
        if (header.kind() == FrameKind.REFUSAL) {
            throw new RefusedException("the peer refused: " + Frame.reason(payload));
        }
        if (header.kind() != kind) {
            throw new MalformedFrameException(header.kind() + " in a handshake that waits for " + kind);
        }
        return payload;
    }

    private void requireCommonGround(Hello peer) throws RefusedException {
        ProtocolVersions own = wiring.options().versions();
        if (!own.meets(peer.versions())) {
            refuse("no common protocol version: " + wiring.self() + " speaks " + own + ", "
                    + peer.identity().address() + " " + peer.versions());
        }
        if (peer.hasSecret() != secret.length > 0) {
            refuse("only one of " + wiring.self() + " and " + peer.identity().address() + " has a cluster secret");
        }
    }

    private void requireProof(byte[] given, byte[] wanted) throws RefusedException {
        if (!MessageDigest.isEqual(given, wanted)) {
            refuse("the cluster secrets differ");
        }
    }

    private void requirePolicy(PeerIdentity peer, Optional<NodeAddress> dialled) throws RefusedException {
        Optional<String> refusal = wiring.policy().refusal(peer, dialled);
        if (refusal.isPresent()) {
            refuse(peer.address() + " " + refusal.get());
        }
    }

    private void refuse(String reason) throws RefusedException {
        connection.send(FrameKind.REFUSAL, Frame.reasonBytes(reason));
        throw new RefusedException(reason);
    }

    private byte[] proof(String direction, byte[] callerHello, byte[] calledHello) throws IOException {
        if (secret.length == 0) {
            return NOTHING;
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            update(mac, ("qomo cluster " + direction).getBytes(StandardCharsets.US_ASCII));
            update(mac, callerHello);
            update(mac, calledHello);
            update(mac, connection.tlsBinding(EXPORTER_LABEL));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot prove the secret", e);
        }
    }

    private static void update(Mac mac, byte[] bytes) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }
}
