package io.qomo.store.cluster;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.kv.memory.MemoryStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A memory store whose writes fail or stand still when told.
final class FailingStore implements OrderedStore {
    private final MemoryStore inner = new MemoryStore();
    /// Thrown by every write while it is set.
    volatile @Nullable RuntimeException failure;
    /// Writes wait for it.
    volatile CountDownLatch gate = new CountDownLatch(0);
    /// Writes that began.
    volatile int writes;

    @Override
    public byte @Nullable [] get(byte[] key, long timestamp) {
        return inner.get(key, timestamp);
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long timestamp) {
        return inner.multiGet(keys, timestamp);
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long timestamp) {
        return inner.scan(from, toExclusive, direction, timestamp);
    }

    @Override
    public boolean hasVersionAfter(byte[] key, long timestamp) {
        return inner.hasVersionAfter(key, timestamp);
    }

    @Override
    public byte @Nullable [] meta(byte[] key) {
        return inner.meta(key);
    }

    @Override
    public KvCursor scanMeta(byte[] from, byte[] toExclusive) {
        return inner.scanMeta(from, toExclusive);
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer at a time
    public void write(WriteBatch batch, boolean sync) {
        writes++;
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        RuntimeException wanted = failure;
        if (wanted != null) {
            throw wanted;
        }
        inner.write(batch, sync);
    }

    @Override
    public void dropHistory(long timestamp) {
        inner.dropHistory(timestamp);
    }

    @Override
    public long historyHorizon() {
        return inner.historyHorizon();
    }

    @Override
    public void reclaim(byte[] from, byte[] toExclusive) {
        inner.reclaim(from, toExclusive);
    }

    @Override
    public long approximateBytes(byte[] from, byte[] toExclusive) {
        return inner.approximateBytes(from, toExclusive);
    }

    @Override
    public long averageEntryBytes() {
        return inner.averageEntryBytes();
    }

    @Override
    public void checkpoint(Path directory) {
        inner.checkpoint(directory);
    }

    @Override
    public void close() {
        inner.close();
    }
}
