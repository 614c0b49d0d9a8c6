package io.qomo.store.kv.rocksdb;

import io.qomo.store.kv.KvCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the META family: few keys, read seldom, so every read brings its own native objects.
final class RocksMeta {
    private final long db;
    private final long family;
    private final String directory;

    RocksMeta(long db, long family, String directory) {
        this.db = db;
        this.family = family;
        this.directory = directory;
    }

    byte @Nullable [] get(byte[] key) {
        long options = RocksCalls.createReadOptions();
        try (Scratch scratch = new Scratch(16L + key.length)) {
            long memory = scratch.address(0);
            Binding.setLong(memory, 0);
            Binding.write(memory + 16, key, key.length);
            long slice = RocksCalls.getPinned(db, options, family, memory + 16, key.length, memory);
            RocksErrors.check(memory, directory);
            if (slice == 0) {
                return null;
            }
            long value = RocksCalls.pinnedValue(slice, memory + 8);
            byte[] copy = new byte[(int) Binding.longAt(memory + 8)];
            Binding.read(value, copy, copy.length);
            RocksCalls.destroyPinned(slice);
            return copy;
        } finally {
            RocksCalls.destroyReadOptions(options);
        }
    }

    KvCursor scan(byte[] from, byte[] toExclusive) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        long options = RocksCalls.createReadOptions();
        try (Scratch scratch = new Scratch(16L + from.length)) {
            long memory = scratch.address(0);
            Binding.setLong(memory, 0);
            Binding.write(memory + 16, from, from.length);
            long iterator = RocksCalls.createIterator(db, options, family);
            try {
                RocksCalls.seek(iterator, memory + 16, from.length);
                while (RocksCalls.isValid(iterator) != 0) {
                    byte[] key = copy(RocksCalls.key(iterator, memory + 8), memory + 8);
                    if (toExclusive.length > 0 && Arrays.compareUnsigned(key, toExclusive) >= 0) {
                        break;
                    }
                    keys.add(key);
                    values.add(copy(RocksCalls.value(iterator, memory + 8), memory + 8));
                    RocksCalls.next(iterator);
                }
                RocksCalls.iteratorError(iterator, memory);
            } finally {
                RocksCalls.destroyIterator(iterator);
            }
            RocksErrors.check(memory, directory);
        } finally {
            RocksCalls.destroyReadOptions(options);
        }
        return new ListCursor(keys, values);
    }

    private static byte[] copy(long address, long lengthAddress) {
        byte[] bytes = new byte[(int) Binding.longAt(lengthAddress)];
        Binding.read(address, bytes, bytes.length);
        return bytes;
    }

    /// Entries that are already in Java memory.
    private static final class ListCursor implements KvCursor {
        private final List<byte[]> keys;
        private final List<byte[]> values;
        private int at = -1;

        ListCursor(List<byte[]> keys, List<byte[]> values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        public boolean next() {
            at = Math.min(at + 1, keys.size());
            return at < keys.size();
        }

        @Override
        public byte[] keyBuffer() {
            return keys.get(at);
        }

        @Override
        public int keyOffset() {
            return 0;
        }

        @Override
        public int keyLength() {
            return keys.get(at).length;
        }

        @Override
        public byte[] valueBuffer() {
            return values.get(at);
        }

        @Override
        public int valueOffset() {
            return 0;
        }

        @Override
        public int valueLength() {
            return values.get(at).length;
        }

        @Override
        public void close() {}
    }
}
