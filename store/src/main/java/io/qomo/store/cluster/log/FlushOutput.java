package io.qomo.store.cluster.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes the records of one flush after the other through one buffer. Owned by the leader.
final class FlushOutput {
    private static final int BUFFER_BYTES = 256 << 10;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] head = new byte[RecordFormat.HEADER_BYTES];
    private final ByteBuffer fields = RecordFormat.view(head);
    private final CRC32C crc = new CRC32C();
    private @Nullable Segment segment;
    private long flushAt;
    /// Where in the file the buffer begins.
    private long bufferAt;

    /// Begins a flush at `offset`.
    void begin(Segment target, long offset) {
        segment = target;
        flushAt = offset;
        bufferAt = offset;
        buffer.clear();
    }

    /// Where the next record begins.
    long offset() {
        return bufferAt + buffer.position();
    }

    void put(RecordKind kind, long groupId, long index, long term, byte type, byte[] payload) throws IOException {
        Segment target = target();
        ByteBuffer into = fields;
        into.putInt(RecordFormat.LENGTH_AT, payload.length);
        into.putInt(RecordFormat.SEGMENT_AT, target.number());
        into.putInt(RecordFormat.FLUSH_AT, (int) (flushAt >>> 3));
        into.putLong(RecordFormat.GROUP_AT, groupId);
        into.put(RecordFormat.KIND_AT, kind.code());
        into.put(RecordFormat.TYPE_AT, type);
        into.putLong(RecordFormat.INDEX_AT, index);
        into.putLong(RecordFormat.TERM_AT, term);
        crc.reset();
        crc.update(head, RecordFormat.LENGTH_AT, head.length - RecordFormat.LENGTH_AT);
        crc.update(payload, 0, payload.length);
        RecordFormat.pad(crc, payload.length);
        into.putInt(0, (int) crc.getValue() ^ target.header.salt());
        append(head);
        append(payload);
        int padding = RecordFormat.paddingBytes(payload.length);
        if (buffer.remaining() < 8) {
            drain();
        }
        for (int i = 0; i < padding; i++) {
            buffer.put((byte) 0);
        }
    }

    private void append(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int count = Math.min(bytes.length - from, buffer.remaining());
            buffer.put(bytes, from, count);
            from += count;
        }
    }

    /// Hands what is in the buffer to the file.
    void drain() throws IOException {
        buffer.flip();
        int length = buffer.limit();
        target().file.write(buffer, bufferAt);
        bufferAt += length;
        buffer.clear();
    }

    private Segment target() {
        Segment target = segment;
        if (target == null) {
            throw new IllegalStateException("no flush has begun");
        }
        return target;
    }
}
