package io.qomo.store.cluster.log;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the log, open. Thread-safe.
final class Segment {
    /// More than this is read piece by piece: the JDK keeps as much native memory for each thread
    /// that ever read.
    private static final int MAX_READ_BYTES = 256 << 10;

    final SegmentHeader header;
    final String name;
    final LogFile file;
    /// Of the records that some group needs.
    final AtomicLong liveBytes = new AtomicLong();

    Segment(SegmentHeader header, String name, LogFile file) {
        this.header = header;
        this.name = name;
        this.file = file;
    }

    int number() {
        return header.number();
    }

    /// The entry at `offset`; null when there is another record, or none, or the file was closed.
    @Nullable LogRecord read(long offset, long groupId, long index, int payloadLength) {
        byte[] head = new byte[RecordFormat.HEADER_BYTES];
        byte[] payload = new byte[payloadLength];
        ByteBuffer fields = RecordFormat.view(head);
        try {
            if (!file.read(fields.duplicate(), offset) || !read(payload, offset + head.length)) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(head, RecordFormat.LENGTH_AT, head.length - RecordFormat.LENGTH_AT);
        crc.update(payload, 0, payloadLength);
        RecordFormat.pad(crc, payloadLength);
        boolean isRight = ((int) crc.getValue() ^ header.salt()) == fields.getInt(0)
                && fields.getInt(RecordFormat.LENGTH_AT) == payloadLength
                && fields.getInt(RecordFormat.SEGMENT_AT) == header.number()
                && fields.getLong(RecordFormat.GROUP_AT) == groupId
                && fields.getLong(RecordFormat.INDEX_AT) == index;
        return isRight
                ? new LogRecord(index, fields.getLong(RecordFormat.TERM_AT), fields.get(RecordFormat.TYPE_AT), payload)
                : null;
    }

    private boolean read(byte[] target, long offset) throws IOException {
        for (int from = 0; from < target.length; from += MAX_READ_BYTES) {
            int bytes = Math.min(MAX_READ_BYTES, target.length - from);
            if (!file.read(ByteBuffer.wrap(target, from, bytes), offset + from)) {
                return false;
            }
        }
        return true;
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "close of log segment " + name + ": " + e);
        }
    }
}
