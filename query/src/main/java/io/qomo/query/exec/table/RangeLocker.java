package io.qomo.query.exec.table;

import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.Arrays;

/// Locks index ranges that a locking statement walks over, so that nobody inserts into them before
/// the transaction ends (InnoDB's next-key locks).
///
/// A walk that will stop early (LIMIT) is locked piece by piece, each up to the last of a few keys
/// that are there, so that the rest stays free. Owned by one thread.
final class RangeLocker {
    private static final int MAX_PIECE_KEYS = 128;

    private final LockMode mode;
    private final WaitPolicy policy;
    private final boolean inPieces;
    private int pieceKeys = 1;

    RangeLocker(RowLock lock, long limitHint) {
        this.mode = lock.exclusive() ? LockMode.EXCLUSIVE : LockMode.SHARED;
        this.policy = lock.onConflict() == RowLock.Wait.NOWAIT ? WaitPolicy.NOWAIT : WaitPolicy.WAIT;
        this.inPieces = limitHint > 0;
    }

    void start() {
        pieceKeys = 1;
    }

    /// Locks the range, or a part of it at the side where the walk begins, and returns what is locked.
    ByteRange lock(Transaction transaction, ByteRange range, boolean reverse) {
        ByteRange piece = inPieces ? piece(transaction, range, reverse) : range;
        transaction.lockRange(piece.from(), piece.to(), mode, policy);
        return piece;
    }

    private ByteRange piece(Transaction transaction, ByteRange range, boolean reverse) {
        ScanDirection direction = reverse ? ScanDirection.REVERSE : ScanDirection.FORWARD;
        try (KvCursor c = transaction.scan(range.from(), range.to(), direction, ReadMode.LATEST)) {
            for (int i = 0; i < pieceKeys; i++) {
                if (!c.next()) {
                    return range;
                }
            }
            byte[] last = c.copyKey();
            pieceKeys = Math.min(MAX_PIECE_KEYS, pieceKeys * 2);
            return reverse
                    ? new ByteRange(last, range.to())
                    : new ByteRange(range.from(), Arrays.copyOf(last, last.length + 1));
        }
    }
}
