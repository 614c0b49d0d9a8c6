package io.qomo.serve.schema;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The keys of a range that two snapshots hold different values for, found by reading both: what to do when nobody
/// has noted what was written in between.
final class SnapshotDifference {
    private static final int KEYS_PER_CHECK = 1024;

    private SnapshotDifference() {}

    /// The keys in order.
    ///
    /// @param check called now and then; may throw
    static List<byte[]> of(Transaction before, Transaction after, byte[] from, byte[] toExclusive, Runnable check) {
        List<byte[]> keys = new ArrayList<>();
        try (KvCursor old = scan(before, from, toExclusive);
                KvCursor now = scan(after, from, toExclusive)) {
            boolean hasOld = old.next();
            boolean hasNow = now.next();
            for (long read = 0; hasOld || hasNow; read++) {
                if (read % KEYS_PER_CHECK == 0) {
                    check.run();
                }
                int order = !hasOld ? 1 : !hasNow ? -1 : compare(old, now);
                if (order != 0 || !isSameValue(old, now)) {
                    keys.add(order > 0 ? now.copyKey() : old.copyKey());
                }
                hasOld = order <= 0 ? old.next() : hasOld;
                hasNow = order >= 0 ? now.next() : hasNow;
            }
        }
        return keys;
    }

    private static KvCursor scan(Transaction snapshot, byte[] from, byte[] toExclusive) {
        return snapshot.scan(from, toExclusive, ScanDirection.FORWARD, ReadMode.SNAPSHOT);
    }

    private static int compare(KvCursor a, KvCursor b) {
        return Arrays.compareUnsigned(
                a.keyBuffer(),
                a.keyOffset(),
                a.keyOffset() + a.keyLength(),
                b.keyBuffer(),
                b.keyOffset(),
                b.keyOffset() + b.keyLength());
    }

    private static boolean isSameValue(KvCursor a, KvCursor b) {
        return Arrays.equals(
                a.valueBuffer(),
                a.valueOffset(),
                a.valueOffset() + a.valueLength(),
                b.valueBuffer(),
                b.valueOffset(),
                b.valueOffset() + b.valueLength());
    }
}
