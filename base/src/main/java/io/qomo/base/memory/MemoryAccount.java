package io.qomo.base.memory;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Bytes reserved by a query, an operator or the node; a child's reservation counts in all its ancestors.
///
/// Threads may share an account. An operator that can spill asks [#tryReserve] and spills when refused; one that cannot
/// calls [#reserve], which throws `QUERY_MEMORY_EXCEEDED`.
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
        long now = usedBytes.addAndGet(bytes);
        if (now > limitBytes || (parent != null && !parent.tryReserve(bytes))) {
            usedBytes.addAndGet(-bytes);
            return false;
        }
        peakBytes.accumulateAndGet(now, Math::max);
        return true;
    }

    /// Takes `bytes` or throws `QUERY_MEMORY_EXCEEDED`.
    public void reserve(long bytes) {
        if (!tryReserve(bytes)) {
            throw new SqlException(ErrorCode.QUERY_MEMORY_EXCEEDED, limitBytes, name);
        }
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
