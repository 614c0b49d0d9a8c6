package io.qomo.serve.mysql.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.LargeArrays;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The packets inside compressed packets. Owned by the connection's thread; holds native memory until closed.
///
/// Throws `PACKETS_OUT_OF_ORDER` and `UNCOMPRESS_ERROR`. One compressed packet and what it holds are in
/// memory at a time: at most 16 MB each, and nothing before the compressed bytes have arrived.
public final class DecompressingStream extends InputStream {
    private static final byte[] EMPTY = {};
    private static final int IDLE_BYTES = 1 << 10;
    private static final int KEEP_BYTES = 16 << 10;
    private static final int READ_BYTES = 16 << 10;

    private final InputStream in;
    private final Sequence sequence;
    private final @Nullable Inflater inflater;
    private byte[] packed = new byte[IDLE_BYTES];
    private byte[] content = EMPTY;
    private int position;
    private int end;

    /// Reads compressed packets from `in`.
    public DecompressingStream(InputStream in, Compression compression, Sequence sequence) {
        this.in = in;
        this.sequence = sequence;
        this.inflater = compression == Compression.ZLIB ? new Inflater() : null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == end) {
            if (!nextPacket()) {
                return -1;
            }
        }
        int n = Math.min(length, end - position);
        System.arraycopy(content, position, target, offset, n);
        position += n;
        if (position == end) {
            content = EMPTY;
            position = 0;
            end = 0;
            if (packed.length > KEEP_BYTES) {
                packed = new byte[IDLE_BYTES];
            }
        }
        return n;
    }

    private boolean nextPacket() throws IOException {
        if (!readFully(Compression.HEADER_BYTES, true)) {
            return false;
        }
        int packedLength = int3(0);
        int seen = packed[3] & 0xFF;
        int length = int3(4);
        if (seen != sequence.next()) {
            throw new SqlException(ErrorCode.PACKETS_OUT_OF_ORDER);
        }
        sequence.follow(seen);
        readFully(packedLength, false);
        position = 0;
        if (length == 0) {
            content = packed;
            end = packedLength;
        } else {
            content = unpack(packedLength, length);
            end = length;
        }
        return true;
    }

    private byte[] unpack(int packedLength, int length) {
        byte[] target = LargeArrays.allocate(length);
        Inflater zlib = inflater;
        if (zlib == null) {
            try {
                if (Zstd.decompressByteArray(target, 0, length, packed, 0, packedLength) == length) {
                    return target;
                }
            } catch (ZstdException e) {
                throw SqlException.causedBy(e, ErrorCode.UNCOMPRESS_ERROR);
            }
            throw new SqlException(ErrorCode.UNCOMPRESS_ERROR);
        }
        try {
            zlib.reset();
            zlib.setInput(packed, 0, packedLength);
            if (zlib.inflate(target, 0, length) != length) {
                throw new SqlException(ErrorCode.UNCOMPRESS_ERROR);
            }
            return target;
        } catch (DataFormatException e) {
            throw SqlException.causedBy(e, ErrorCode.UNCOMPRESS_ERROR);
        }
    }

    private int int3(int at) {
        return (packed[at] & 0xFF) | (packed[at + 1] & 0xFF) << 8 | (packed[at + 2] & 0xFF) << 16;
    }

    /// Fills the front of `packed` with the next `count` bytes, growing it as they arrive.
    private boolean readFully(int count, boolean mayEnd) throws IOException {
        int have = 0;
        while (have < count) {
            if (have == packed.length) {
                packed = Arrays.copyOf(packed, (int) Math.min(count, 2L * packed.length));
            }
            int n = in.read(packed, have, Math.min(Math.min(count, packed.length) - have, READ_BYTES));
            if (n < 0) {
                if (mayEnd && have == 0) {
                    return false;
                }
                throw new EOFException();
            }
            have += n;
        }
        return true;
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
