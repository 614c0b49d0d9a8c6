package io.qomo.serve.mysql.wire;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Wraps packets into compressed packets. Owned by the connection's thread; holds native memory until closed.
public final class Compressor implements AutoCloseable {
    /// Below this, compressing costs more than it saves; the protocol's reference implementation has the
    /// same bound.
    private static final int MIN_BYTES = 50;

    private static final int SCRATCH_BYTES = 4 << 10;
    private static final int KEEP_BYTES = 16 << 10;

    private final Sequence sequence;
    private final int zstdLevel;
    private final @Nullable Deflater deflater;
    private final WireBuffer scratch = new WireBuffer(SCRATCH_BYTES);

    /// Compresses with zlib or, at a level, with zstd.
    public Compressor(Compression compression, int zstdLevel, Sequence sequence) {
        this.sequence = sequence;
        this.zstdLevel = zstdLevel;
        this.deflater = compression == Compression.ZLIB ? new Deflater() : null;
    }

    /// Sends the first `length` bytes of an array.
    public void write(OutputStream out, byte[] bytes, int length) throws IOException {
        for (int from = 0; from < length; from += PacketReader.MAX_CHUNK) {
            append(bytes, from, Math.min(PacketReader.MAX_CHUNK, length - from));
        }
        out.write(scratch.array(), 0, scratch.size());
        scratch.clear(KEEP_BYTES, SCRATCH_BYTES);
    }

    private void append(byte[] bytes, int from, int length) {
        int header = scratch.size();
        scratch.putZeros(Compression.HEADER_BYTES);
        int packed = length < MIN_BYTES ? length : compress(bytes, from, length);
        int unpacked = length;
        if (packed >= length) {
            scratch.putBytes(bytes, from, length);
            packed = length;
            unpacked = 0;
        } else {
            scratch.advance(packed);
        }
        int end = scratch.size();
        scratch.truncate(header);
        scratch.putInt3(packed);
        scratch.putByte(sequence.take());
        scratch.putInt3(unpacked);
        scratch.truncate(end);
    }

    /// Compresses to the end of the scratch buffer, without advancing it, and returns the length, which is
    /// `length` or more if it was not worth it.
    private int compress(byte[] bytes, int from, int length) {
        Deflater zlib = deflater;
        if (zlib == null) {
            int bound = (int) Zstd.compressBound(length);
            byte[] target = scratch.ensure(bound);
            return (int) Zstd.compressByteArray(target, scratch.size(), bound, bytes, from, length, zstdLevel);
        }
        byte[] target = scratch.ensure(length);
        zlib.reset();
        zlib.setInput(bytes, from, length);
        zlib.finish();
        int packed = zlib.deflate(target, scratch.size(), length);
        return zlib.finished() ? packed : length;
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
        }
    }
}
