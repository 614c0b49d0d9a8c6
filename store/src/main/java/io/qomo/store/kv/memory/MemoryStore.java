package io.qomo.store.kv.memory;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.kv.WriteBatchReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Versions in a concurrent skip list. Readers never block; writers take the store's monitor one at
/// a time.
///
/// A batch is not applied atomically for readers at [OrderedStore#LATEST], only for those at a
/// timestamp below it.
public final class MemoryStore implements OrderedStore {
    private static final int ENTRY_OVERHEAD_BYTES = 120;

    private final ConcurrentNavigableMap<byte[], Version> data = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private final ConcurrentNavigableMap<byte[], Version> meta = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private final WriteBatchReader.Sink applier = new Applier();
    private volatile long horizon;

    @Override
    public byte @Nullable [] get(byte[] key, long timestamp) {
        return get(data.get(key), timestamp);
    }

    private static byte @Nullable [] get(@Nullable Version newest, long timestamp) {
        Version version = Version.visible(newest, timestamp);
        return version == null ? null : version.value;
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long timestamp) {
        byte[] @Nullable [] values = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            values[i] = get(keys[i], timestamp);
        }
        return values;
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long timestamp) {
        NavigableMap<byte[], Version> range = range(data, from, toExclusive);
        NavigableMap<byte[], Version> ordered = direction == ScanDirection.FORWARD ? range : range.descendingMap();
        return new VersionCursor(ordered.entrySet().iterator(), timestamp);
    }

    @Override
    public boolean hasVersionAfter(byte[] key, long timestamp) {
        Version newest = data.get(key);
        return newest != null && newest.timestamp > timestamp;
    }

    @Override
    public byte @Nullable [] meta(byte[] key) {
        return get(meta.get(key), LATEST);
    }

    @Override
    public KvCursor scanMeta(byte[] from, byte[] toExclusive) {
        return new VersionCursor(range(meta, from, toExclusive).entrySet().iterator(), LATEST);
    }

    @Override
    public synchronized void write(WriteBatch batch, boolean sync) {
        WriteBatchReader.read(batch, applier);
    }

    @Override
    public synchronized void dropHistory(long timestamp) {
        horizon = timestamp;
        data.entrySet().removeIf(entry -> entry.getValue().trim(timestamp));
    }

    @Override
    public long historyHorizon() {
        return horizon;
    }

    @Override
    public synchronized void reclaim(byte[] from, byte[] toExclusive) {
        range(data, from, toExclusive).clear();
    }

    @Override
    public long approximateBytes(byte[] from, byte[] toExclusive) {
        long bytes = 0;
        for (Map.Entry<byte[], Version> entry : range(data, from, toExclusive).entrySet()) {
            byte[] value = entry.getValue().value;
            bytes += entry.getKey().length + (value == null ? 0 : value.length) + ENTRY_OVERHEAD_BYTES;
        }
        return bytes;
    }

    @Override
    public long averageEntryBytes() {
        long bytes = ENTRY_OVERHEAD_BYTES;
        long sampled = 0;
        Iterator<Map.Entry<byte[], Version>> sample = data.entrySet().iterator();
        for (; sampled < 100 && sample.hasNext(); sampled++) {
            Map.Entry<byte[], Version> entry = sample.next();
            byte[] value = entry.getValue().value;
            bytes += entry.getKey().length + (value == null ? 0 : value.length) + ENTRY_OVERHEAD_BYTES;
        }
        return bytes / Math.max(1, sampled);
    }

    @Override
    public void checkpoint(Path directory) {
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "checkpoint of an in-memory store");
    }

    @Override
    public void close() {
        data.clear();
        meta.clear();
    }

    private static NavigableMap<byte[], Version> range(
            NavigableMap<byte[], Version> map, byte[] from, byte[] toExclusive) {
        if (toExclusive.length == 0) {
            return map.tailMap(from, true);
        }
        byte[] start = Arrays.compareUnsigned(from, toExclusive) > 0 ? toExclusive : from;
        return map.subMap(start, true, toExclusive, false);
    }

    /// Applies the records of a batch; called under the store's monitor.
    private final class Applier implements WriteBatchReader.Sink {
        @Override
        public void put(byte[] key, long timestamp, byte[] value) {
            add(key, timestamp, value);
        }

        @Override
        public void delete(byte[] key, long timestamp) {
            add(key, timestamp, null);
        }

        @Override
        public void deleteRange(byte[] from, byte[] toExclusive, long timestamp) {
            for (byte[] key : range(data, from, toExclusive).keySet()) {
                add(key, timestamp, null);
            }
        }

        @Override
        public void putMeta(byte[] key, byte[] value) {
            meta.put(key, new Version(0, value, null));
        }

        @Override
        public void deleteMeta(byte[] key) {
            meta.remove(key);
        }

        private void add(byte[] key, long timestamp, byte @Nullable [] value) {
            Version newest = data.get(key);
            if (newest != null && newest.timestamp >= timestamp) {
                Check.that(newest.timestamp == timestamp, "versions of a key come in order [S1]");
                newest = newest.older;
            }
            Version added = new Version(timestamp, value, newest);
            if (newest != null) {
                added.trim(horizon);
            }
            data.put(key, added);
        }
    }
}
