package io.qomo.query.exec.rows;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.LargeArrays;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A temporary file of batches: appended, then read by place. Made on first write, gone when closed.
///
/// ```
/// 4  length n of the record (BE)
/// n  batch (see BatchCodec)
/// ```
public final class SpillFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final TempSpace space;
    private final Path path;
    private final BatchCodec codec = new BatchCodec();
    private ByteBuilder buffer = new ByteBuilder();
    private @Nullable FileChannel channel;
    private long flushedBytes;

    SpillFile(TempSpace space, Path path) {
        this.space = space;
        this.path = path;
    }

    /// Appends rows `from` to `to` − 1 of a batch and returns the place to read them from.
    public long append(Batch batch, int from, int to) {
        long place = flushedBytes + buffer.length();
        int start = buffer.length();
        buffer.putInt(0);
        BatchCodec.encode(batch, from, to, buffer);
        int length = buffer.length() - start - 4;
        byte[] bytes = buffer.array();
        bytes[start] = (byte) (length >> 24);
        bytes[start + 1] = (byte) (length >> 16);
        bytes[start + 2] = (byte) (length >> 8);
        bytes[start + 3] = (byte) length;
        if (buffer.length() >= BUFFER_BYTES) {
            flush();
        }
        return place;
    }

    /// Bytes appended so far: the place of the next record.
    public long sizeBytes() {
        return flushedBytes + buffer.length();
    }

    /// Writes what is buffered, so that everything can be read; needed once before reading.
    public void flush() {
        if (buffer.length() == 0) {
            return;
        }
        space.grow(buffer.length());
        try {
            FileChannel out = channel;
            if (out == null) {
                out = FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                channel = out;
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
            long position = flushedBytes;
            while (bytes.hasRemaining()) {
                position += out.write(bytes, position);
            }
        } catch (IOException e) {
            space.shrink(buffer.length());
            throw failed(e);
        }
        flushedBytes += buffer.length();
        if (buffer.array().length > 4 * BUFFER_BYTES) {
            buffer = new ByteBuilder(BUFFER_BYTES);
        }
        buffer.clear();
    }

    /// The batch at a place, not shared with anyone.
    public Batch readOne(long place, List<SqlType> types) {
        return codec.decode(types, payload(place));
    }

    private byte[] payload(long place) {
        byte[] head = new byte[4];
        fill(place, head);
        int length = ByteBuffer.wrap(head).getInt();
        Check.that(length >= 4 && place + 4 + length <= flushedBytes, "a spilled record lies within its file");
        byte[] payload = LargeArrays.allocate(length);
        fill(place + 4, payload);
        return payload;
    }

    /// A reader of the records between two places.
    public Cursor read(long from, long to, List<SqlType> types) {
        return new Cursor(from, to, types);
    }

    private void fill(long place, byte[] into) {
        FileChannel in = Objects.requireNonNull(channel, "a spill file is flushed before it is read");
        try {
            ByteBuffer bytes = ByteBuffer.wrap(into);
            while (bytes.hasRemaining()) {
                if (in.read(bytes, place + bytes.position()) < 0) {
                    throw new SqlException(ErrorCode.CORRUPT_DATA, path.getFileName());
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SqlException failed(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return SqlException.causedBy(e, ErrorCode.QUERY_INTERRUPTED);
        }
        String reason = String.valueOf(e.getMessage());
        return reason.contains("No space left")
                ? SqlException.causedBy(e, ErrorCode.DISK_FULL, path.getFileName())
                : SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "temporary file: " + reason);
    }

    @Override
    public void close() {
        buffer.clear();
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            space.shrink(flushedBytes);
            flushedBytes = 0;
            try {
                open.close();
            } catch (IOException e) {
                throw SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "temporary file cannot be closed: " + e);
            }
        }
    }

    /// Goes over records in order.
    public final class Cursor {
        private final long end;
        private final List<SqlType> types;
        private long place;

        private Cursor(long from, long to, List<SqlType> types) {
            this.place = from;
            this.end = to;
            this.types = types;
        }

        /// The next batch, not shared with anyone, or null at the end.
        public @Nullable Batch next() {
            if (place >= end) {
                return null;
            }
            byte[] payload = payload(place);
            place += 4 + payload.length;
            return codec.decode(types, payload);
        }
    }
}
