package io.qomo.base.memory;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Bytes reserved by a query, an operator or the node; a child's reservation counts in all its ancestors.
///
/// Threads may share an account. An operator that can spill asks [#tryReserve] and spills when refused; one that
/// cannot calls [#reserve], which throws `QUERY_MEMORY_EXCEEDED`. The last fifth of every account is kept for the
/// latter, so that those who fill the rest because they may always give way do not make others fail.
public final class MemoryAccount implements AutoCloseable {
    private final String name;
    private final long limitBytes;
    private final @Nullable MemoryAccount parent;
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();

    /// A root account.
    public MemoryAccount(String name, long limitBytes) {
        this(name, limitBytes, null);
    }

    private MemoryAccount(String name, long limitBytes, @Nullable MemoryAccount parent) {
        this.name = name;
        this.limitBytes = limitBytes;
        this.parent = parent;
    }

    /// An account whose use counts here as well.
    public MemoryAccount child(String childName, long childLimitBytes) {
        return new MemoryAccount(childName, childLimitBytes, this);
    }

    /// Takes `bytes` and returns true, or takes nothing and returns false.
    public boolean tryReserve(long bytes) {
        return take(bytes, true) == null;
    }

    /// As [#tryReserve], but of the last fifth as well.
    public boolean tryReserveLast(long bytes) {
        return take(bytes, false) == null;
    }

    /// Takes `bytes` or throws `QUERY_MEMORY_EXCEEDED`.
    public void reserve(long bytes) {
        MemoryAccount full = take(bytes, false);
        if (full != null) {
            throw new SqlException(ErrorCode.QUERY_MEMORY_EXCEEDED, full.limitBytes, full.name);
        }
    }

    /// Takes `bytes`, or nothing and returns the account that is full.
    private @Nullable MemoryAccount take(long bytes, boolean canSpill) {
        long now = usedBytes.addAndGet(bytes);
        long most = canSpill ? limitBytes - limitBytes / 5 : limitBytes;
        MemoryAccount full = now > most ? this : parent == null ? null : parent.take(bytes, canSpill);
        if (full != null) {
            usedBytes.addAndGet(-bytes);
            return full;
        }
        peakBytes.accumulateAndGet(now, Math::max);
        return null;
    }

    /// Gives `bytes` back.
    public void release(long bytes) {
        usedBytes.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /// Bytes held now.
    public long usedBytes() {
        return usedBytes.get();
    }

    /// The most bytes ever held.
    public long peakBytes() {
        return peakBytes.get();
    }

    /// The most bytes that may be held.
    public long limitBytes() {
        return limitBytes;
    }

    /// Gives everything still held back to the parent.
    @Override
    public void close() {
        long rest = usedBytes.getAndSet(0);
        if (parent != null && rest != 0) {
            parent.release(rest);
        }
    }
}
