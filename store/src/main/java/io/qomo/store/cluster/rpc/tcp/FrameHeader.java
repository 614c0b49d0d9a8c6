package io.qomo.store.cluster.rpc.tcp;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The first 32 bytes of a frame; numbers are big-endian.
///
/// ```
///  0  1  version of this layout, 1
///  1  1  kind, see FrameKind
///  2  1  service, of REQUEST, RESPONSE, FAILURE
///  3  1  0
///  4  4  lane, of REQUEST
///  8  8  id of the request, of REQUEST, RESPONSE, FAILURE
/// 16  4  how many bytes the sender has received on this connection, the low 32 bits
/// 20  4  length of the payload
/// 24  4  CRC-32C of the payload
/// 28  4  CRC-32C of bytes 0 to 27
/// 32     payload
/// ```
///
/// The header has a checksum of its own so that no broken length is believed. This layout, and those of HELLO
/// and REFUSAL, stay as they are in all versions of the protocol; a hello may grow at its end.
record FrameHeader(FrameKind kind, int service, int lane, long id, int received, int length, int payloadCrc) {
    static final int BYTES = 32;
    private static final int LAYOUT_VERSION = 1;
    /// How records of TLS begin, by RFC 8446.
    private static final int TLS_ALERT = 21;

    private static final int TLS_HANDSHAKE = 22;
    private static final int LENGTH_OFFSET = 20;
    private static final int CRC_OFFSET = 28;

    /// Reads and checks the header at an offset.
    static FrameHeader read(byte[] bytes, int at, int maxLength) throws MalformedFrameException {
        ByteBuffer in = ByteBuffer.wrap(bytes, at, BYTES);
        requireLayout(in.get(at));
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CRC_OFFSET);
        if ((int) crc.getValue() != in.getInt(at + CRC_OFFSET)) {
            throw new MalformedFrameException("frame header with a wrong checksum");
        }
        FrameKind kind = FrameKind.of(in.get(at + 1));
        if (kind == null) {
            throw new MalformedFrameException("frame of unknown kind " + in.get(at + 1));
        }
        int length = in.getInt(at + LENGTH_OFFSET);
        if (length < 0 || length > maxLength) {
            throw new MalformedFrameException("frame of " + (length & 0xFFFF_FFFFL) + " bytes, limit " + maxLength);
        }
        return new FrameHeader(
                kind,
                in.get(at + 2) & 0xFF,
                in.getInt(at + 4),
                in.getLong(at + 8),
                in.getInt(at + 16),
                length,
                in.getInt(at + 24));
    }

    /// Throws unless a header may begin so.
    static void requireLayout(byte first) throws MalformedFrameException {
        if (first == TLS_HANDSHAKE || first == TLS_ALERT) {
            throw new MalformedFrameException(
                    "the other side speaks TLS, and this node was started without certificates");
        }
        if (first != LAYOUT_VERSION) {
            throw new MalformedFrameException("frame of unknown layout " + (first & 0xFF));
        }
    }

    /// The length that a header at an offset claims, unchecked.
    static int claimedLength(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at + LENGTH_OFFSET);
    }

    void write(byte[] bytes, int at) {
        ByteBuffer.wrap(bytes, at, BYTES)
                .put((byte) LAYOUT_VERSION)
                .put((byte) kind.code)
                .put((byte) service)
                .put((byte) 0)
                .putInt(lane)
                .putLong(id)
                .putInt(received)
                .putInt(length)
                .putInt(payloadCrc);
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CRC_OFFSET);
        ByteBuffer.wrap(bytes).putInt(at + CRC_OFFSET, (int) crc.getValue());
    }
}
