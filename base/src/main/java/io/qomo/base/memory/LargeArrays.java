package io.qomo.base.memory;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/// Makes byte arrays of any length; those of a MiB and more, a few of which fill a heap, only while enough of
/// the heap stays free for everybody else.
///
/// The last part of the heap is a reserve that no large array may use: the many small objects of all other
/// statements live on it, so that the statement with the large values fails and no other. What is free is known
/// exactly only after a collection, so one is asked for before an array is refused. Any thread; static because
/// the heap is.
public final class LargeArrays {
    /// Arrays from this length on are looked after.
    private static final int LARGE_BYTES = 1 << 20;
    /// One part in so many of the heap is the reserve.
    private static final int RESERVE_PARTS = 8;

    private static final ReentrantLock LOCK = new ReentrantLock();

    private LargeArrays() {}

    /// An array of zeros. Error OUT_OF_MEMORY.
    public static byte[] allocate(int length) {
        if (length < LARGE_BYTES) {
            return new byte[length];
        }
        LOCK.lock();
        try {
            admit(length);
            return new byte[length];
        } catch (OutOfMemoryError e) {
            // what is free may not lie together
            throw SqlException.causedBy(e, ErrorCode.OUT_OF_MEMORY, length);
        } finally {
            LOCK.unlock();
        }
    }

    /// A copy of the first bytes of an array, with zeros behind them if it is longer. Error OUT_OF_MEMORY.
    public static byte[] copyOf(byte[] from, int length) {
        if (length < LARGE_BYTES) {
            return Arrays.copyOf(from, length);
        }
        byte[] copy = allocate(length);
        System.arraycopy(from, 0, copy, 0, Math.min(from.length, length));
        return copy;
    }

    /// The length to grow an array to that must hold `needed` bytes: twice as much while it is small, less when what is
    /// never used would hurt.
    public static int grown(int length, int needed, int max) {
        long wanted = length < LARGE_BYTES ? length * 2L : length + length / 4L;
        return (int) Math.min(max, Math.max(needed, wanted));
    }

    private static void admit(int length) {
        Runtime runtime = Runtime.getRuntime();
        long reserve = runtime.maxMemory() / RESERVE_PARTS;
        if (free(runtime) - length >= reserve) {
            return;
        }
        System.gc();
        if (free(runtime) - length < reserve) {
            throw new SqlException(ErrorCode.OUT_OF_MEMORY, length);
        }
    }

    private static long free(Runtime runtime) {
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }
}
