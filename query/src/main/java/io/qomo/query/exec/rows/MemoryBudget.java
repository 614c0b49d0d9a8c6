package io.qomo.query.exec.rows;

import io.qomo.base.memory.MemoryAccount;

/// What one operator holds of its statement's memory. A spilling operator moves [#tryHold] up as it grows
/// and spills when
/// refused; below [#FLOOR_BYTES] it is never refused but fails with the statement.
public final class MemoryBudget implements AutoCloseable {
    /// What an operator must have to work at all.
    public static final long FLOOR_BYTES = 1 << 16;

    /// No operator that can spill takes more than this share of the statement's limit, so that those
    /// above it can run.
    private static final int SHARE = 3;

    private final MemoryAccount account;
    private final long shareBytes;
    private long heldBytes;

    /// A budget under a statement's account.
    public MemoryBudget(MemoryAccount account) {
        this.account = account;
        this.shareBytes = Math.max(FLOOR_BYTES, account.limitBytes() / SHARE);
    }

    /// Holds `bytes` altogether; false, with nothing changed, if the operator should spill.
    public boolean tryHold(long bytes) {
        if (bytes <= heldBytes) {
            account.release(heldBytes - bytes);
            heldBytes = bytes;
            return true;
        }
        if (bytes <= FLOOR_BYTES) {
            hold(bytes);
            return true;
        }
        if (bytes > shareBytes || !account.tryReserve(bytes - heldBytes)) {
            return false;
        }
        heldBytes = bytes;
        return true;
    }

    /// Holds `bytes` altogether or throws QUERY_MEMORY_EXCEEDED.
    public void hold(long bytes) {
        if (bytes > heldBytes) {
            account.reserve(bytes - heldBytes);
        } else {
            account.release(heldBytes - bytes);
        }
        heldBytes = bytes;
    }

    /// Bytes held.
    public long heldBytes() {
        return heldBytes;
    }

    /// Gives everything back; the budget can be used again.
    @Override
    public void close() {
        hold(0);
    }
}
