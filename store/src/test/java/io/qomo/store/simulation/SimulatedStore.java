package io.qomo.store.simulation;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.kv.memory.MemoryStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A store in memory at which simulated threads change places, as they do anywhere in the real world.
final class SimulatedStore implements OrderedStore {
    private final OrderedStore store = new MemoryStore();

    private static void pass() {
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long timestamp) {
        pass();
        return store.get(key, timestamp);
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long timestamp) {
        pass();
        return store.multiGet(keys, timestamp);
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long timestamp) {
        pass();
        return store.scan(from, toExclusive, direction, timestamp);
    }

    @Override
    public boolean hasVersionAfter(byte[] key, long timestamp) {
        return store.hasVersionAfter(key, timestamp);
    }

    @Override
    public byte @Nullable [] meta(byte[] key) {
        pass();
        return store.meta(key);
    }

    @Override
    public KvCursor scanMeta(byte[] from, byte[] toExclusive) {
        return store.scanMeta(from, toExclusive);
    }

    @Override
    public void write(WriteBatch batch, boolean sync) {
        pass();
        store.write(batch, sync);
        pass();
    }

    @Override
    public void dropHistory(long timestamp) {
        pass();
        store.dropHistory(timestamp);
    }

    @Override
    public long historyHorizon() {
        return store.historyHorizon();
    }

    @Override
    public void reclaim(byte[] from, byte[] toExclusive) {
        store.reclaim(from, toExclusive);
    }

    @Override
    public long approximateBytes(byte[] from, byte[] toExclusive) {
        return store.approximateBytes(from, toExclusive);
    }

    @Override
    public long averageEntryBytes() {
        return store.averageEntryBytes();
    }

    @Override
    public void checkpoint(Path directory) {
        store.checkpoint(directory);
    }

    @Override
    public void close() {
        store.close();
    }
}
