package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What each side says of itself first.
///
/// ```
///  0  2  lowest protocol version
///  2  2  highest protocol version
///  4  1  1 if the side has a secret, else 0
///  5 32  nonce
/// 37  8  node id
/// 45  2  length of the cluster id, then the cluster id
///     2  length of the host, then the host in UTF-8
///     2  port
///        later versions may append
/// ```
record Hello(ProtocolVersions versions, boolean hasSecret, byte[] nonce, PeerIdentity identity) {
    static final int NONCE_BYTES = 32;
    private static final int MAX_ID_BYTES = 256;

    byte[] encode() {
        byte[] clusterId = identity.clusterId();
        byte[] host = identity.address().host().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(45 + 2 + clusterId.length + 2 + host.length + 2)
                .putShort((short) versions.lowest())
                .putShort((short) versions.highest())
                .put((byte) (hasSecret ? 1 : 0))
                .put(nonce)
                .putLong(identity.nodeId())
                .putShort((short) clusterId.length)
                .put(clusterId)
                .putShort((short) host.length)
                .put(host)
                .putShort((short) identity.address().port())
                .array();
    }

    static Hello decode(byte[] bytes) throws MalformedFrameException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            ProtocolVersions versions = new ProtocolVersions(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF);
            boolean hasSecret = in.get() != 0;
            byte[] nonce = new byte[NONCE_BYTES];
            in.get(nonce);
            long nodeId = in.getLong();
            byte[] clusterId = shortBytes(in);
            String host = Frame.reason(shortBytes(in));
            NodeAddress address = new NodeAddress(host, in.getShort() & 0xFFFF);
            return new Hello(versions, hasSecret, nonce, new PeerIdentity(clusterId, nodeId, address));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new MalformedFrameException("malformed hello: " + e.getMessage());
        }
    }

    private static byte[] shortBytes(ByteBuffer in) {
        int length = in.getShort() & 0xFFFF;
        if (length > MAX_ID_BYTES) {
            throw new IllegalArgumentException("name of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
