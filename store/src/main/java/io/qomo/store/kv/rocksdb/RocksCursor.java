package io.qomo.store.kv.rocksdb;

import io.qomo.base.memory.LargeArrays;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.util.Arrays;

/// A walk over a key range at a timestamp; gives its handle back when closed.
final class RocksCursor implements KvCursor {
    private final ReadHandles handles;
    private final ReadHandle handle;
    private final byte[] from;
    private final boolean isBounded;
    private final boolean isForward;
    private boolean isPositioned;
    private boolean isAtEnd;
    private boolean isClosed;
    private byte[] key = new byte[64];
    private byte[] value = new byte[256];
    private int keyLength;
    private int valueLength;

    /// The handle's range must have been opened.
    RocksCursor(ReadHandles handles, ReadHandle handle, byte[] from, boolean isBounded, ScanDirection direction) {
        this.handles = handles;
        this.handle = handle;
        this.from = from;
        this.isBounded = isBounded;
        this.isForward = direction == ScanDirection.FORWARD;
    }

    @Override
    public boolean next() {
        if (isAtEnd || isClosed) {
            return false;
        }
        if (!advance()) {
            isAtEnd = true;
            return false;
        }
        long keyAddress = handle.key();
        keyLength = handle.keyLength();
        if (keyLength > key.length) {
            key = new byte[Math.max(keyLength, key.length * 2)];
        }
        Binding.read(keyAddress, key, keyLength);
        long valueAddress = handle.value();
        valueLength = handle.valueLength();
        if (valueLength > value.length) {
            value = LargeArrays.allocate(LargeArrays.grown(value.length, valueLength, Integer.MAX_VALUE - 16));
        }
        Binding.read(valueAddress, value, valueLength);
        return true;
    }

    private boolean advance() {
        if (isPositioned) {
            return isForward ? handle.next() : handle.previous();
        }
        isPositioned = true;
        return isForward ? handle.seekFirst(from) : handle.seekLast();
    }

    @Override
    public byte[] keyBuffer() {
        return key;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public byte[] valueBuffer() {
        return value;
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return valueLength;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            handle.closeRange(isBounded);
            handles.give(handle);
        }
    }

    @Override
    public String toString() {
        return "RocksCursor from " + Arrays.toString(from);
    }
}
