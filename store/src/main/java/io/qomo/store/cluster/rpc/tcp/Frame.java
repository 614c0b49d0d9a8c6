package io.qomo.store.cluster.rpc.tcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// A frame on its way out. Its state belongs to the lock of the queue it is in.
final class Frame {
    private static final ByteBuffer[] NOTHING = {};
    private static final int MAX_REASON_CHARS = 500;

    final FrameKind kind;
    final int service;
    final int lane;
    final long id;
    final int length;
    private final int payloadCrc;
    private ByteBuffer[] payload;
    /// A writer has it: it may arrive.
    boolean isTaken;
    /// It must not be sent any more.
    boolean isCancelled;

    /// Throws `IllegalArgumentException` when the payload is longer than `maxLength`.
    Frame(FrameKind kind, int service, int lane, long id, ByteBuffer[] payload, int maxLength) {
        this.kind = kind;
        this.service = service;
        this.lane = lane;
        this.id = id;
        long sum = 0;
        CRC32C crc = new CRC32C();
        for (ByteBuffer part : payload) {
            sum += part.remaining();
            crc.update(part.duplicate());
        }
        if (sum > maxLength) {
            throw new IllegalArgumentException("message of " + sum + " bytes, limit " + maxLength);
        }
        this.length = (int) sum;
        this.payloadCrc = (int) crc.getValue();
        this.payload = payload;
    }

    /// A frame of a handshake.
    static Frame handshake(FrameKind kind, byte[] payload) {
        return new Frame(kind, 0, 0, 0, new ByteBuffer[] {ByteBuffer.wrap(payload)}, Integer.MAX_VALUE);
    }

    static Frame alive() {
        return new Frame(FrameKind.ALIVE, 0, 0, 0, NOTHING, 0);
    }

    static Frame failure(int service, int lane, long id, String reason) {
        ByteBuffer[] payload = {ByteBuffer.wrap(reasonBytes(reason))};
        return new Frame(FrameKind.FAILURE, service, lane, id, payload, Integer.MAX_VALUE);
    }

    /// A reason as it is sent: not too long.
    static byte[] reasonBytes(String reason) {
        String shortened = reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
        return shortened.getBytes(StandardCharsets.UTF_8);
    }

    /// A reason as it was received: fit for a log.
    static String reason(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), MAX_REASON_CHARS)).replaceAll("\\p{Cntrl}", "?");
    }

    int totalBytes() {
        return FrameHeader.BYTES + length;
    }

    FrameHeader header(long received) {
        return new FrameHeader(kind, service, lane, id, (int) received, length, payloadCrc);
    }

    /// The payload, which the frame forgets.
    ByteBuffer[] takePayload() {
        ByteBuffer[] taken = payload;
        payload = NOTHING;
        return taken;
    }
}
