package io.qomo.query.exec.rows;

import io.qomo.base.memory.LargeArrays;
import io.qomo.base.vector.BytesVector;

/// Copies byte strings into blocks that live as long as anything points into them; blocks are only ever
/// appended to.
public final class ByteArena {
    private static final int FIRST_BLOCK_BYTES = 1 << 10;
    private static final int BLOCK_BYTES = 1 << 16;
    /// Longer strings get an array of their own.
    private static final int LARGE_BYTES = 1 << 13;
    private static final byte[] NONE = {};

    private byte[] block = NONE;
    private int used;
    private int nextBlockBytes = FIRST_BLOCK_BYTES;

    /// Copies the bytes and sets them at the index of the vector.
    public void copyInto(BytesVector into, int index, byte[] source, int offset, int length) {
        if (length >= LARGE_BYTES) {
            byte[] own = LargeArrays.allocate(length);
            System.arraycopy(source, offset, own, 0, length);
            into.set(index, own);
            return;
        }
        if (length > block.length - used) {
            block = new byte[Math.max(nextBlockBytes, length)];
            nextBlockBytes = Math.min(BLOCK_BYTES, nextBlockBytes * 4);
            used = 0;
        }
        System.arraycopy(source, offset, block, used, length);
        into.set(index, block, used, length);
        used += length;
    }
}
