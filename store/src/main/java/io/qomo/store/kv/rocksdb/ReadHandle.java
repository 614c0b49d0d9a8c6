package io.qomo.store.kv.rocksdb;

import io.qomo.base.memory.LargeArrays;
import io.qomo.store.kv.OrderedStore;
import org.jspecify.annotations.Nullable;

/// What one reader of the data family needs: read options with a timestamp and bounds in native
/// memory, an iterator that is made once and refreshed, and scratch memory. Owned by one reader at
/// a time.
///
/// The options and the iterator look at the timestamp and the bounds through pointers, so a new
/// read sets eight bytes and two slices instead of making new objects. An idle iterator pins
/// memtables and files: [#releaseIterator] is called when it has not been used for a while.
///
/// ```
/// fixed memory:  0 timestamp   8 error   16 key length   24 value length
/// ```
final class ReadHandle {
    private static final int TIMESTAMP = 0;
    private static final int ERROR = 8;
    private static final int KEY_LENGTH = 16;
    private static final int VALUE_LENGTH = 24;
    private static final int FIXED_BYTES = 32;
    private static final int MAX_IDLE_SCRATCH_BYTES = 1 << 16;

    private final long db;
    private final long family;
    private final String directory;
    private final Scratch fixed = new Scratch(FIXED_BYTES);
    private final long base = fixed.address(FIXED_BYTES);
    private Scratch keys = new Scratch(256);
    private final Scratch lower = new Scratch(64);
    private final Scratch upper = new Scratch(64);
    private final long pointOptions;
    private final long scanOptions;
    private long iterator;
    private long iteratorUsedNanos;

    ReadHandle(long db, long family, String directory) {
        this.db = db;
        this.family = family;
        this.directory = directory;
        for (int offset = 0; offset < FIXED_BYTES; offset += Long.BYTES) {
            Binding.setLong(base + offset, 0);
        }
        pointOptions = RocksCalls.createReadOptions();
        RocksCalls.setTimestamp(pointOptions, base + TIMESTAMP, Long.BYTES);
        scanOptions = RocksCalls.createReadOptions();
        RocksCalls.setTimestamp(scanOptions, base + TIMESTAMP, Long.BYTES);
    }

    byte @Nullable [] get(byte[] key, long timestamp) {
        Binding.setLong(base + TIMESTAMP, timestamp);
        long keyAddress = keys.hold(key, key.length);
        long slice = RocksCalls.getPinned(db, pointOptions, family, keyAddress, key.length, base + ERROR);
        if (slice == 0) {
            RocksErrors.check(base + ERROR, directory);
            return null;
        }
        return takeSlice(slice);
    }

    private byte[] takeSlice(long slice) {
        long value = RocksCalls.pinnedValue(slice, base + VALUE_LENGTH);
        byte[] copy = LargeArrays.allocate((int) Binding.longAt(base + VALUE_LENGTH));
        Binding.read(value, copy, copy.length);
        RocksCalls.destroyPinned(slice);
        return copy;
    }

    byte[] @Nullable [] multiGet(byte[][] wanted, long timestamp) {
        Binding.setLong(base + TIMESTAMP, timestamp);
        int count = wanted.length;
        long keyBytes = 0;
        for (byte[] key : wanted) {
            keyBytes += key.length;
        }
        long row = (long) count * Long.BYTES;
        long pointers = keys.address(4 * row + keyBytes);
        long lengths = pointers + row;
        long slices = lengths + row;
        long errors = slices + row;
        long text = errors + row;
        for (int i = 0; i < count; i++) {
            long at = (long) i * Long.BYTES;
            Binding.setLong(pointers + at, text);
            Binding.setLong(lengths + at, wanted[i].length);
            Binding.setLong(slices + at, 0);
            Binding.setLong(errors + at, 0);
            Binding.write(text, wanted[i], wanted[i].length);
            text += wanted[i].length;
        }
        RocksCalls.multiGet(db, pointOptions, family, count, pointers, lengths, slices, errors, (byte) 0);
        byte[] @Nullable [] values = new byte[count] @Nullable [];
        String failure = null;
        for (int i = 0; i < count; i++) {
            long at = (long) i * Long.BYTES;
            long slice = Binding.longAt(slices + at);
            values[i] = slice == 0 ? null : takeSlice(slice);
            String message = RocksErrors.take(errors + at);
            failure = message == null ? failure : message;
        }
        if (failure != null) {
            throw RocksErrors.read(failure, directory);
        }
        return values;
    }

    /// Positions the iterator before the range `[from, toExclusive)`, seen at `timestamp`.
    void openRange(byte[] from, byte[] toExclusive, long timestamp, long nowNanos) {
        iteratorUsedNanos = nowNanos;
        Binding.setLong(base + TIMESTAMP, timestamp);
        RocksCalls.setLowerBound(scanOptions, lower.hold(from, from.length), from.length);
        boolean isBounded = toExclusive.length > 0;
        if (!isBounded) {
            // The bound of a live iterator can be moved but not taken away.
            releaseIterator();
            RocksCalls.setUpperBound(scanOptions, 0, 0);
        } else {
            RocksCalls.setUpperBound(scanOptions, upper.hold(toExclusive, toExclusive.length), toExclusive.length);
        }
        if (iterator == 0) {
            iterator = RocksCalls.createIterator(db, scanOptions, family);
        } else {
            RocksCalls.refresh(iterator, base + ERROR);
            RocksErrors.check(base + ERROR, directory);
        }
    }

    /// Ends what [#openRange] began.
    void closeRange(boolean wasBounded) {
        if (!wasBounded) {
            releaseIterator();
        }
    }

    boolean seekFirst(byte[] from) {
        RocksCalls.seek(iterator, keys.hold(from, from.length), from.length);
        return isValid();
    }

    boolean seekLast() {
        RocksCalls.seekToLast(iterator);
        return isValid();
    }

    boolean next() {
        RocksCalls.next(iterator);
        return isValid();
    }

    boolean previous() {
        RocksCalls.previous(iterator);
        return isValid();
    }

    private boolean isValid() {
        if (RocksCalls.isValid(iterator) != 0) {
            return true;
        }
        RocksCalls.iteratorError(iterator, base + ERROR);
        RocksErrors.check(base + ERROR, directory);
        return false;
    }

    /// Address of the current key; [#keyLength] is then its length.
    long key() {
        return RocksCalls.key(iterator, base + KEY_LENGTH);
    }

    int keyLength() {
        return (int) Binding.longAt(base + KEY_LENGTH);
    }

    /// Address of the current value; [#valueLength] is then its length.
    long value() {
        return RocksCalls.value(iterator, base + VALUE_LENGTH);
    }

    int valueLength() {
        return (int) Binding.longAt(base + VALUE_LENGTH);
    }

    /// Whether `key` has any version in `[oldest, MAX]`.
    boolean hasVersionSince(byte[] key, long oldest) {
        Scratch range = new Scratch(2L * key.length + 1 + Long.BYTES);
        long options = RocksCalls.createReadOptions();
        try {
            long memory = range.address(0);
            Binding.setLong(base + TIMESTAMP, OrderedStore.LATEST);
            Binding.setLong(memory, oldest);
            Binding.write(memory + Long.BYTES, key, key.length);
            Binding.write(memory + Long.BYTES + key.length, new byte[1], 1);
            RocksCalls.setTimestamp(options, base + TIMESTAMP, Long.BYTES);
            RocksCalls.setOldestTimestamp(options, memory, Long.BYTES);
            RocksCalls.setUpperBound(options, memory + Long.BYTES, key.length + 1L);
            long versions = RocksCalls.createIterator(db, options, family);
            try {
                RocksCalls.seek(versions, memory + Long.BYTES, key.length);
                if (RocksCalls.isValid(versions) != 0) {
                    return true;
                }
                RocksCalls.iteratorError(versions, base + ERROR);
                RocksErrors.check(base + ERROR, directory);
                return false;
            } finally {
                RocksCalls.destroyIterator(versions);
            }
        } finally {
            RocksCalls.destroyReadOptions(options);
            range.close();
        }
    }

    /// Frees memory beyond the usual before the handle is put aside.
    void trim() {
        if (keys.capacity() > MAX_IDLE_SCRATCH_BYTES) {
            keys.close();
            keys = new Scratch(256);
        }
    }

    /// Frees the iterator if it has not been used since `nanos`.
    void releaseIteratorUnusedSince(long nanos) {
        if (iterator != 0 && iteratorUsedNanos - nanos < 0) {
            releaseIterator();
        }
    }

    private void releaseIterator() {
        if (iterator != 0) {
            RocksCalls.destroyIterator(iterator);
            iterator = 0;
        }
    }

    /// Frees everything.
    void destroy() {
        releaseIterator();
        RocksCalls.destroyReadOptions(pointOptions);
        RocksCalls.destroyReadOptions(scanOptions);
        fixed.close();
        keys.close();
        lower.close();
        upper.close();
    }
}
