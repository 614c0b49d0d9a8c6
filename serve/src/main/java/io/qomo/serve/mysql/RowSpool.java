package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Encoded rows between the execution of a cursor and their fetching: a bounded buffer, then a file that
/// has no name and so vanishes with the process. First all rows are written, then all are read. Owned by
/// one thread.
///
/// ```
/// per row   4 bytes  length
///           payload
/// file      all rows but the last few; the buffer holds those
/// ```
final class RowSpool implements AutoCloseable {
    static final int MEMORY_BYTES = 256 << 10;
    private static final int READ_BYTES = 64 << 10;
    private static final int LENGTH_BYTES = 4;

    private final Path directory;
    private final WireBuffer tail = new WireBuffer(1 << 10);
    private final Payload rest = new Payload();
    private @Nullable FileChannel file;
    private long fileBytes;
    private long filePosition;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private int rowStart;
    private boolean reading;

    RowSpool(Path directory) {
        this.directory = directory;
    }

    /// Where the next row is to be written; [#endRow] follows.
    WireBuffer beginRow() {
        rowStart = tail.size();
        tail.putInt(0);
        return tail;
    }

    void endRow() {
        int end = tail.size();
        int length = end - rowStart - LENGTH_BYTES;
        tail.truncate(rowStart);
        tail.putInt(length);
        tail.truncate(end);
        if (end >= MEMORY_BYTES) {
            spill();
        }
    }

    private void spill() {
        try {
            FileChannel channel = file;
            if (channel == null) {
                channel = FileChannel.open(
                        directory.resolve("qomo-cursor-" + UUID.randomUUID()),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                file = channel;
            }
            ByteBuffer bytes = ByteBuffer.wrap(tail.array(), 0, tail.size());
            while (bytes.hasRemaining()) {
                fileBytes += channel.write(bytes);
            }
            tail.clear(2 * MEMORY_BYTES, MEMORY_BYTES);
        } catch (IOException e) {
            throw failure(e, ErrorCode.DISK_FULL);
        }
    }

    /// Appends the next row's payload to `out`; false if there is none left.
    boolean next(WireBuffer out) {
        if (!reading) {
            reading = true;
            rest.set(tail.array(), 0, tail.size());
        }
        if (filePosition < fileBytes || window.hasRemaining()) {
            fromFile(out);
            return true;
        }
        if (rest.remaining() == 0) {
            return false;
        }
        int length = rest.readInt();
        out.putBytes(rest.array(), rest.skip(length), length);
        return true;
    }

    /// True if [#next] would find another row.
    boolean hasNext() {
        return reading
                ? filePosition < fileBytes || window.hasRemaining() || rest.remaining() > 0
                : fileBytes > 0 || tail.size() > 0;
    }

    private void fromFile(WireBuffer out) {
        try {
            need(LENGTH_BYTES);
            int length = Integer.reverseBytes(window.getInt());
            int left = length;
            while (left > 0) {
                if (!window.hasRemaining()) {
                    need(1);
                }
                int n = Math.min(left, window.remaining());
                out.putBytes(window.array(), window.position(), n);
                window.position(window.position() + n);
                left -= n;
            }
        } catch (IOException e) {
            throw failure(e, ErrorCode.INTERNAL_ERROR);
        }
    }

    private void need(int count) throws IOException {
        if (window.remaining() >= count) {
            return;
        }
        FileChannel channel = file;
        if (channel == null) {
            throw new EOFException();
        }
        if (window.capacity() == 0) {
            window = ByteBuffer.allocate(READ_BYTES).limit(0);
        }
        window.compact();
        while (window.position() < count) {
            int n = channel.read(window, filePosition);
            if (n < 0) {
                throw new EOFException();
            }
            filePosition += n;
        }
        window.flip();
    }

    private static SqlException failure(IOException e, ErrorCode code) {
        return e instanceof ClosedByInterruptException
                ? SqlException.causedBy(e, ErrorCode.QUERY_INTERRUPTED)
                : SqlException.causedBy(e, code, "cursor: " + e.getMessage());
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw failure(e, ErrorCode.INTERNAL_ERROR);
        }
    }
}
