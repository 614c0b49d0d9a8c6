package io.qomo.serve.mysql.wire;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.LargeArrays;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Takes packets off a stream. Owned by the connection's thread.
///
/// ```
/// bytes   [ ... | payload of the packet | already read of the next ... | free ]
///          start-^                 ends-^                           end-^
/// ```
public final class PacketReader {
    /// A payload of this length goes on in the next packet.
    static final int MAX_CHUNK = 0xFFFFFF;

    private static final int HEADER_BYTES = 4;
    private static final int IDLE_BYTES = 4 << 10;
    private static final int KEEP_BYTES = 16 << 10;
    /// Also bounds the direct memory the JDK keeps per thread for copying.
    private static final int READ_BYTES = 16 << 10;

    private final Sequence sequence;
    private InputStream in;
    private byte[] bytes = new byte[IDLE_BYTES];
    private int start;
    private int payloadEnd;
    private int end;
    private long maxPayloadBytes;
    private boolean checksSequence = true;

    /// Reads from `in`; payloads above `maxPayloadBytes` are refused.
    public PacketReader(InputStream in, Sequence sequence, long maxPayloadBytes) {
        this.in = in;
        this.sequence = sequence;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /// Sets the greatest payload.
    public void setMaxPayload(long limitBytes) {
        maxPayloadBytes = limitBytes;
    }

    /// Goes on reading from another stream, which must first give what was read ahead here: see
    /// [#takeReadAhead].
    public void setStream(InputStream stream) {
        in = stream;
    }

    /// Whether packets out of sequence are refused; compressed connections check the outer packets instead.
    public void setChecksSequence(boolean checks) {
        checksSequence = checks;
    }

    /// Gives up the bytes that were read behind the current packet.
    public byte[] takeReadAhead() {
        byte[] ahead = Arrays.copyOfRange(bytes, payloadEnd, end);
        end = payloadEnd;
        return ahead;
    }

    /// The array that holds the current packet.
    public byte[] array() {
        return bytes;
    }

    /// Where in [#array] its payload starts.
    public int offset() {
        return start;
    }

    /// Bytes of its payload.
    public int length() {
        return payloadEnd - start;
    }

    /// The current packet has been dealt with: its bytes may be overwritten, and a large array is given up.
    public void release() {
        start = payloadEnd;
        if (start == end) {
            start = 0;
            payloadEnd = 0;
            end = 0;
            if (bytes.length > KEEP_BYTES) {
                bytes = new byte[IDLE_BYTES];
            }
        }
    }

    /// As [#release], but leaves the array with the current packet to whoever still reads it.
    public void detach() {
        byte[] fresh = new byte[Math.max(IDLE_BYTES, end - payloadEnd)];
        System.arraycopy(bytes, payloadEnd, fresh, 0, end - payloadEnd);
        bytes = fresh;
        end -= payloadEnd;
        start = 0;
        payloadEnd = 0;
    }

    /// Reads the next packet, joined if it was split; false if the stream ended before it.
    ///
    /// Throws `PACKETS_OUT_OF_ORDER`, after which the stream is of no use, and `PACKET_TOO_LARGE` and
    /// `OUT_OF_MEMORY`, after the packet was read and dropped.
    public boolean next() throws IOException {
        release();
        start = payloadEnd;
        if (!fill(HEADER_BYTES, true)) {
            return false;
        }
        int chunk = header();
        start = payloadEnd;
        long total = chunk;
        while (true) {
            if (total > maxPayloadBytes) {
                drop(chunk, new SqlException(ErrorCode.PACKET_TOO_LARGE));
            }
            try {
                fill(chunk, false);
            } catch (SqlException e) {
                drop(chunk, e);
            }
            payloadEnd += chunk;
            if (chunk < MAX_CHUNK) {
                return true;
            }
            fillNextHeader();
            chunk = header();
            System.arraycopy(bytes, payloadEnd, bytes, payloadEnd - HEADER_BYTES, end - payloadEnd);
            payloadEnd -= HEADER_BYTES;
            end -= HEADER_BYTES;
            total += chunk;
        }
    }

    /// The header of a packet that goes on. Without memory for it the stream cannot be followed any more.
    private void fillNextHeader() throws IOException {
        try {
            fill(HEADER_BYTES, false);
        } catch (SqlException e) {
            throw new IOException("no memory for a packet", e);
        }
    }

    /// Steps over a header that is in the array and returns its length.
    private int header() {
        int length =
                (bytes[payloadEnd] & 0xFF) | (bytes[payloadEnd + 1] & 0xFF) << 8 | (bytes[payloadEnd + 2] & 0xFF) << 16;
        int seen = bytes[payloadEnd + 3] & 0xFF;
        if (checksSequence && seen != sequence.next()) {
            throw new SqlException(ErrorCode.PACKETS_OUT_OF_ORDER);
        }
        sequence.follow(seen);
        payloadEnd += HEADER_BYTES;
        return length;
    }

    /// Reads the rest of a packet that is too long without keeping it.
    private void drop(int firstChunk, SqlException reason) throws IOException {
        int chunk = firstChunk;
        while (true) {
            long left = chunk;
            while (left > 0) {
                int have = (int) Math.min(left, end - payloadEnd);
                left -= have;
                payloadEnd += have;
                if (left > 0) {
                    start = 0;
                    payloadEnd = 0;
                    end = 0;
                    fill(1, false);
                }
            }
            if (chunk < MAX_CHUNK) {
                break;
            }
            start = payloadEnd;
            fill(HEADER_BYTES, false);
            chunk = header();
        }
        start = payloadEnd;
        throw reason;
    }

    /// Moves what is at `start` to the front.
    private void shift() {
        System.arraycopy(bytes, start, bytes, 0, end - start);
        payloadEnd -= start;
        end -= start;
        start = 0;
    }

    /// Makes sure that `count` bytes lie behind `payloadEnd`. False if the stream ended before the first of
    /// them and `mayEnd`.
    private boolean fill(int count, boolean mayEnd) throws IOException {
        if (end - payloadEnd >= count) {
            return true;
        }
        if (payloadEnd + count > bytes.length && start > 0) {
            shift();
        }
        while (end - payloadEnd < count) {
            if (end == bytes.length) {
                // with room for the header that may follow, so that no array has to grow for it
                long wanted = Math.min((long) payloadEnd + count + HEADER_BYTES, 2L * bytes.length);
                bytes = LargeArrays.copyOf(bytes, (int) Math.max(wanted, IDLE_BYTES));
            }
            int n = in.read(bytes, end, Math.min(bytes.length - end, READ_BYTES));
            if (n < 0) {
                if (mayEnd && end == payloadEnd) {
                    return false;
                }
                throw new EOFException();
            }
            end += n;
        }
        return true;
    }
}
