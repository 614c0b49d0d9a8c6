package io.qomo.store.cluster.rpc.tcp;

import io.qomo.base.memory.LargeArrays;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/// Cuts a peer's bytes into frames. Owned by the connection's reader thread, but for what is volatile.
final class FrameReader {
    private static final byte[] EMPTY = {};
    private static final int SMALL_BUFFER_BYTES = 4 << 10;
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final LongSupplier clock;
    private final int maxLength;
    private int limit;
    private byte[] buffer = new byte[SMALL_BUFFER_BYTES];
    private int from;
    private int to;
    private volatile long received;
    private volatile long waitingSince;

    /// Until [#admit], frames may have `strangerMaxLength` bytes of payload, then `maxLength`.
    FrameReader(InputStream in, LongSupplier clock, int strangerMaxLength, int maxLength) {
        this.in = in;
        this.clock = clock;
        this.limit = strangerMaxLength;
        this.maxLength = maxLength;
    }

    /// The peer is no stranger any more.
    void admit() {
        limit = maxLength;
        buffer = Arrays.copyOf(buffer, BUFFER_BYTES);
    }

    /// Bytes read so far. Any thread.
    long received() {
        return received;
    }

    /// Since when the reader waits for the peer, 0 while it does something else. Any thread.
    long waitingSince() {
        return waitingSince;
    }

    /// Whether the next frame is here in full, so that reading it does not wait.
    boolean hasWholeFrame() {
        int there = to - from;
        return there >= FrameHeader.BYTES
                && there - FrameHeader.BYTES >= (FrameHeader.claimedLength(buffer, from) & 0xFFFF_FFFFL);
    }

    /// Waits for the next header. Its payload must be read next.
    FrameHeader header() throws IOException {
        while (to - from < FrameHeader.BYTES) {
            fill();
            FrameHeader.requireLayout(buffer[from]);
        }
        FrameHeader header = FrameHeader.read(buffer, from, limit);
        from += FrameHeader.BYTES;
        return header;
    }

    /// Waits for the payload of the header just read.
    byte[] payload(FrameHeader header) throws IOException {
        int length = header.length();
        byte[] payload = length == 0 ? EMPTY : LargeArrays.allocate(length);
        int done = Math.min(length, to - from);
        System.arraycopy(buffer, from, payload, 0, done);
        from += done;
        while (done < length) {
            if (length - done >= buffer.length) {
                done += read(payload, done, length - done);
            } else {
                fill();
                int more = Math.min(length - done, to - from);
                System.arraycopy(buffer, from, payload, done, more);
                from += more;
                done += more;
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, length);
        if ((int) crc.getValue() != header.payloadCrc()) {
            throw new MalformedFrameException("payload with a wrong checksum");
        }
        return payload;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        to += read(buffer, to, buffer.length - to);
    }

    private int read(byte[] target, int at, int most) throws IOException {
        waitingSince = clock.getAsLong();
        int count = in.read(target, at, most);
        waitingSince = 0;
        if (count < 0) {
            throw new EOFException("the peer closed the connection");
        }
        received += count;
        return count;
    }
}
