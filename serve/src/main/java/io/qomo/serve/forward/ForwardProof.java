package io.qomo.serve.forward;

import io.qomo.base.tls.MutualTls;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// What passes between two nodes before a client's bytes do, after TLS where the cluster uses it.
///
/// ```
/// serving node     4  "QFW" and the version, 1
///                 32  random
/// passing node     1  length of the client's address: 4 or 16
///                  n  the address
///                  2  its port, big-endian
///                 32  HMAC-SHA256 over all of the above, keyed with the cluster's secret
/// serving node     1  1 if it serves the client; else it closes
/// ```
final class ForwardProof {
    static final int RANDOM_BYTES = 32;
    static final byte[] GREETING = {'Q', 'F', 'W', 1};
    private static final int PROOF_BYTES = 32;
    private static final int LINGER_SECONDS = 1;
    private static final byte[] PURPOSE = "qomo forward".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final Optional<MutualTls> tls;

    ForwardProof(TcpOptions.Security security) {
        byte[] secret = security.secret();
        // a key may not be empty; without a secret the proof proves nothing
        this.key = secret.length == 0 ? PURPOSE : secret;
        this.tls = security.tls();
    }

    /// The passing node's end of a connection, over TLS if the cluster uses it.
    Socket call(Socket raw, InetSocketAddress node) throws IOException {
        return tls.isEmpty() ? raw : shaken(raw, tls.get().call(raw, node.getHostString(), node.getPort(), true));
    }

    /// The serving node's end.
    Socket answer(Socket raw) throws IOException {
        return tls.isEmpty() ? raw : shaken(raw, tls.get().answer(raw, true));
    }

    private static SSLSocket shaken(Socket raw, SSLSocket socket) throws IOException {
        // closing waits for whoever writes, who may be stuck: so long at most
        raw.setSoLinger(true, LINGER_SECONDS);
        socket.startHandshake();
        return socket;
    }

    /// Why a connection failed.
    String reason(IOException e) {
        return tls.isPresent() && e instanceof SSLException failure
                ? "TLS: " + tls.get().reason(failure)
                : String.valueOf(e.getMessage());
    }

    private byte[] proof(byte[] random, InetSocketAddress client) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(PURPOSE);
            mac.update(GREETING);
            mac.update(random);
            mac.update(client.getAddress().getAddress());
            mac.update(new byte[] {(byte) (client.getPort() >>> 8), (byte) client.getPort()});
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has HMAC-SHA256", e);
        }
    }

    /// The passing node's part. Throws [IOException] if the other is not a serving node.
    void prove(DataInputStream in, DataOutputStream out, InetSocketAddress client) throws IOException {
        byte[] greeting = in.readNBytes(GREETING.length);
        byte[] random = in.readNBytes(RANDOM_BYTES);
        if (!MessageDigest.isEqual(greeting, GREETING) || random.length < RANDOM_BYTES) {
            throw new IOException("the other side is not a node that takes clients");
        }
        byte[] address = client.getAddress().getAddress();
        out.writeByte(address.length);
        out.write(address);
        out.writeShort(client.getPort());
        out.write(proof(random, client));
        out.flush();
        if (in.readByte() != 1) {
            throw new IOException("the other node does not take clients now");
        }
    }

    /// The serving node's part: where the client is. Throws [IOException] if the other does not know the
    /// secret.
    InetSocketAddress check(DataInputStream in, byte[] random) throws IOException {
        int length = in.readUnsignedByte();
        if (length != 4 && length != 16) {
            throw new IOException("malformed address");
        }
        byte[] address = in.readNBytes(length);
        int port = in.readUnsignedShort();
        byte[] proof = in.readNBytes(PROOF_BYTES);
        InetSocketAddress client = new InetSocketAddress(InetAddress.getByAddress(address), port);
        if (!MessageDigest.isEqual(proof, proof(random, client))) {
            throw new IOException("the other node does not know the cluster's secret");
        }
        return client;
    }
}
