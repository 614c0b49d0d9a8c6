package io.qomo.store.kv.rocksdb;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps read handles between reads: an array of places, where a thread looks first at the place
/// its id points to.
///
/// Every handle in use is counted, so that [#close] can wait for the last one: freeing the database
/// under a reader would take the process down.
final class ReadHandles {
    private static final int PLACES = 128;
    private static final int PROBES = 4;

    private final AtomicReferenceArray<@Nullable ReadHandle> idle = new AtomicReferenceArray<>(PLACES);
    private final Supplier<ReadHandle> maker;
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile boolean isClosed;

    ReadHandles(Supplier<ReadHandle> maker) {
        this.maker = maker;
    }

    /// A handle for the caller alone, to be given back with [#give].
    ReadHandle take() {
        inUse.incrementAndGet();
        if (isClosed) {
            inUse.decrementAndGet();
            throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
        }
        int start = place();
        for (int i = 0; i < PROBES; i++) {
            ReadHandle handle = idle.getAndSet((start + i) % PLACES, null);
            if (handle != null) {
                return handle;
            }
        }
        return maker.get();
    }

    void give(ReadHandle handle) {
        handle.trim();
        int start = place();
        boolean isKept = false;
        for (int i = 0; i < PROBES && !isKept; i++) {
            isKept = idle.compareAndSet((start + i) % PLACES, null, handle);
        }
        if (!isKept) {
            handle.destroy();
        }
        inUse.decrementAndGet();
    }

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES);
    }

    /// Frees the iterators that nobody used since `nanos`.
    void releaseIteratorsUnusedSince(long nanos) {
        for (int i = 0; i < PLACES; i++) {
            ReadHandle handle = idle.getAndSet(i, null);
            if (handle != null) {
                handle.releaseIteratorUnusedSince(nanos);
                if (!idle.compareAndSet(i, null, handle)) {
                    handle.destroy();
                }
            }
        }
    }

    /// Gives out no more handles and frees all of them once they are back; false if some were not
    /// within `timeoutNanos`.
    boolean close(LongSupplier clock, long timeoutNanos) {
        isClosed = true;
        long start = clock.getAsLong();
        while (inUse.get() > 0 && clock.getAsLong() - start < timeoutNanos) {
            LockSupport.parkNanos(1_000_000);
        }
        for (int i = 0; i < PLACES; i++) {
            ReadHandle handle = idle.getAndSet(i, null);
            if (handle != null) {
                handle.destroy();
            }
        }
        return inUse.get() == 0;
    }
}
