package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads the records of a segment at any offset, for replay. Owned by one thread.
final class RecordReader {
    private static final int WINDOW_BYTES = 256 << 10;

    private final Segment segment;
    /// No record reaches beyond.
    private final long limit;
    private final byte[] window = new byte[WINDOW_BYTES];
    private final ByteBuffer fields = RecordFormat.view(window);
    private long windowAt;
    private int windowLength;
    private final byte[] piece = new byte[WINDOW_BYTES];
    private final CRC32C crc = new CRC32C();
    /// Where in the window the record begins.
    private int at;
    private long offset;

    RecordReader(Segment segment, long limit) {
        this.segment = segment;
        this.limit = limit;
    }

    /// Whether an intact record of this segment begins at `position`; then the accessors speak of it.
    boolean read(long position) throws IOException {
        if (!load(position)) {
            return false;
        }
        int payloadLength = payloadLength();
        return fields.getInt(at + RecordFormat.SEGMENT_AT) == segment.number()
                && payloadLength >= 0
                && position + RecordFormat.sizeBytes(payloadLength) <= limit
                && flushOffset() <= position
                && RecordKind.of(fields.get(at + RecordFormat.KIND_AT)) != null
                && isIntact();
    }

    private boolean load(long position) throws IOException {
        offset = position;
        if (position + RecordFormat.HEADER_BYTES > limit) {
            return false;
        }
        if (position < windowAt || position + RecordFormat.HEADER_BYTES > windowAt + windowLength) {
            ByteBuffer target = ByteBuffer.wrap(window);
            target.limit((int) Math.min(WINDOW_BYTES, limit - position));
            segment.file.read(target, position);
            windowAt = position;
            windowLength = target.position();
        }
        at = (int) (position - windowAt);
        return at + RecordFormat.HEADER_BYTES <= windowLength;
    }

    private boolean isIntact() throws IOException {
        long left = RecordFormat.sizeBytes(payloadLength()) - RecordFormat.LENGTH_AT;
        int inWindow = (int) Math.min(left, windowLength - at - RecordFormat.LENGTH_AT);
        crc.reset();
        crc.update(window, at + RecordFormat.LENGTH_AT, inWindow);
        left -= inWindow;
        long from = windowAt + windowLength;
        while (left > 0) {
            ByteBuffer target = ByteBuffer.wrap(piece, 0, (int) Math.min(left, piece.length));
            if (!segment.file.read(target, from)) {
                return false;
            }
            crc.update(piece, 0, target.position());
            from += target.position();
            left -= target.position();
        }
        return ((int) crc.getValue() ^ segment.header.salt()) == fields.getInt(at);
    }

    /// The next offset after `position` where a record of this segment seems to begin; -1 when there is none.
    long nextCandidate(long position) throws IOException {
        for (long next = position + 8; load(next); next += 8) {
            if (fields.getInt(at + RecordFormat.SEGMENT_AT) == segment.number()
                    && RecordKind.of(fields.get(at + RecordFormat.KIND_AT)) != null) {
                return next;
            }
        }
        return -1;
    }

    RecordKind kind() {
        @Nullable RecordKind kind = RecordKind.of(fields.get(at + RecordFormat.KIND_AT));
        Check.that(kind != null, "a record was read");
        return kind == null ? RecordKind.CLOSED : kind;
    }

    int payloadLength() {
        return fields.getInt(at + RecordFormat.LENGTH_AT);
    }

    /// Where the flush began that wrote the record.
    long flushOffset() {
        return (fields.getInt(at + RecordFormat.FLUSH_AT) & 0xFFFFFFFFL) << 3;
    }

    long groupId() {
        return fields.getLong(at + RecordFormat.GROUP_AT);
    }

    long index() {
        return fields.getLong(at + RecordFormat.INDEX_AT);
    }

    long term() {
        return fields.getLong(at + RecordFormat.TERM_AT);
    }

    /// Where the next record begins.
    long nextOffset() {
        return offset + RecordFormat.sizeBytes(payloadLength());
    }

    byte[] payload() throws IOException {
        byte[] payload = new byte[payloadLength()];
        segment.file.read(ByteBuffer.wrap(payload), offset + RecordFormat.HEADER_BYTES);
        return payload;
    }
}
