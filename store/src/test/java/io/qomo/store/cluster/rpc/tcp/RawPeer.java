package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/// A peer that speaks the protocol by hand, over a socket that the test can abuse.
final class RawPeer implements AutoCloseable {
    final Socket socket;
    private final DataInputStream in;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout((int) Nodes.SOON.toMillis());
    }

    static RawPeer dial(NodeAddress to) throws IOException {
        return new RawPeer(new Socket(to.host(), to.port()));
    }

    static byte[] hello(int lowest, int highest, boolean hasSecret, byte[] cluster) {
        PeerIdentity identity = new PeerIdentity(cluster, 77, new NodeAddress("127.0.0.1", 9));
        return new Hello(new ProtocolVersions(lowest, highest), hasSecret, new byte[Hello.NONCE_BYTES], identity)
                .encode();
    }

    /// Becomes a peer of a node that asks for no secret.
    RawPeer shakeHandsAsCaller() throws IOException {
        send(FrameKind.HELLO, hello(1, 1, false, Nodes.CLUSTER));
        read();
        send(FrameKind.PROOF, new byte[0]);
        read();
        return this;
    }

    RawPeer shakeHandsAsCalled() throws IOException {
        read();
        send(FrameKind.HELLO, hello(1, 1, false, Nodes.CLUSTER));
        read();
        send(FrameKind.PROOF, new byte[0]);
        return this;
    }

    void send(FrameKind kind, byte[] payload) throws IOException {
        socket.getOutputStream().write(bytes(kind, 0, 0, payload));
    }

    static byte[] bytes(FrameKind kind, int service, long id, byte[] payload) {
        Frame frame = new Frame(kind, service, 0, id, new ByteBuffer[] {ByteBuffer.wrap(payload)}, Integer.MAX_VALUE);
        byte[] bytes = new byte[FrameHeader.BYTES + payload.length];
        frame.header(0).write(bytes, 0);
        System.arraycopy(payload, 0, bytes, FrameHeader.BYTES, payload.length);
        return bytes;
    }

    record Read(FrameHeader header, byte[] payload) {}

    Read read() throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        in.readFully(header);
        FrameHeader read = FrameHeader.read(header, 0, Integer.MAX_VALUE);
        byte[] payload = new byte[read.length()];
        in.readFully(payload);
        return new Read(read, payload);
    }

    /// Reads until the other side hangs up.
    void drain() {
        try {
            byte[] ignored = new byte[4096];
            while (in.read(ignored) >= 0) {
                continue;
            }
        } catch (IOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw new AssertionError("the node did not hang up", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
