package io.qomo.query.exec.rows;

import java.util.Arrays;

/// Numbers distinct byte keys 0, 1, 2, … in order of arrival. Open addressing with linear probing, at
/// most half full.
public final class KeyTable {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int FIRST_BLOCK_BYTES = 1 << 10;
    private static final int FIRST_SLOTS = 64;

    /// Id + 1 of the key in each slot, 0 if free.
    private int[] slots = new int[FIRST_SLOTS];
    private long[] hashes = new long[FIRST_SLOTS / 2];
    private byte[][] keyBlock = new byte[FIRST_SLOTS / 2][];
    private int[] keyOffset = new int[FIRST_SLOTS / 2];
    private int[] keyLength = new int[FIRST_SLOTS / 2];
    private byte[] block = new byte[FIRST_BLOCK_BYTES];
    private int blockUsed;
    private int count;
    private long keyBytes;

    /// Distinct keys.
    public int size() {
        return count;
    }

    /// Bytes held, roughly.
    public long sizeBytes() {
        return keyBytes + 4L * slots.length + 24L * hashes.length;
    }

    /// Bytes that adding a key of this length may cost now.
    public long growthBytes(int length) {
        return length + (count == hashes.length ? 4L * slots.length + 24L * hashes.length : 0);
    }

    /// The id of a key, or -1.
    public int find(byte[] key, int length, long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (hashes[id] == hash && isKey(id, key, length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /// The id of a key, which is added if it is new: then the id is the [#size] before.
    public int add(byte[] key, int length, long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (hashes[id] == hash && isKey(id, key, length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        if (count == hashes.length) {
            grow();
            return add(key, length, hash);
        }
        int id = count;
        count++;
        slots[slot] = id + 1;
        hashes[id] = hash;
        store(id, key, length);
        return id;
    }

    /// The hash a key was added with.
    public long hashOf(int id) {
        return hashes[id];
    }

    /// Forgets all keys.
    public void clear() {
        if (slots.length > 1 << 16) {
            slots = new int[FIRST_SLOTS];
            hashes = new long[FIRST_SLOTS / 2];
            keyBlock = new byte[FIRST_SLOTS / 2][];
            keyOffset = new int[FIRST_SLOTS / 2];
            keyLength = new int[FIRST_SLOTS / 2];
        } else {
            Arrays.fill(slots, 0);
            Arrays.fill(keyBlock, null);
        }
        block = new byte[FIRST_BLOCK_BYTES];
        blockUsed = 0;
        count = 0;
        keyBytes = 0;
    }

    private boolean isKey(int id, byte[] key, int length) {
        return keyLength[id] == length
                && Arrays.equals(keyBlock[id], keyOffset[id], keyOffset[id] + length, key, 0, length);
    }

    private void store(int id, byte[] key, int length) {
        if (length > block.length - blockUsed) {
            block = new byte[Math.max(length, Math.min(BLOCK_BYTES, block.length * 4))];
            blockUsed = 0;
        }
        System.arraycopy(key, 0, block, blockUsed, length);
        keyBlock[id] = block;
        keyOffset[id] = blockUsed;
        keyLength[id] = length;
        blockUsed += length;
        keyBytes += length;
    }

    private void grow() {
        int n = hashes.length * 2;
        hashes = Arrays.copyOf(hashes, n);
        keyBlock = Arrays.copyOf(keyBlock, n);
        keyOffset = Arrays.copyOf(keyOffset, n);
        keyLength = Arrays.copyOf(keyLength, n);
        slots = new int[n * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < count; id++) {
            int slot = (int) hashes[id] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }
}
