package io.qomo.store.txn;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The snapshots in use, which hold back the removal of old versions.
///
/// \[G1] No snapshot below the horizon is ever used. The collector first announces the horizon it
/// wishes for and then looks at the snapshots; a reader first publishes its snapshot and then looks
/// at the announcement. Whatever the order, one of them sees the other.
final class SnapshotRegistry {
    /// Where a transaction publishes its snapshot.
    static final class Slot {
        private volatile long snapshot = NONE;
    }

    /// A slot that holds nothing.
    static final long NONE = Long.MAX_VALUE;

    private final Set<Slot> slots = ConcurrentHashMap.newKeySet();
    private volatile long announced;

    /// A registry behind others of the same group, which left history from `horizon` on.
    SnapshotRegistry(long horizon) {
        this.announced = horizon;
    }

    /// A slot that holds nothing back yet.
    Slot open() {
        Slot slot = new Slot();
        slots.add(slot);
        return slot;
    }

    void close(Slot slot) {
        slots.remove(slot);
    }

    /// Publishes and returns a snapshot that `newest` offers.
    long take(Slot slot, LongSupplier newest) {
        while (true) {
            long snapshot = newest.getAsLong();
            slot.snapshot = snapshot;
            if (snapshot >= announced) {
                return snapshot;
            }
        }
    }

    /// Publishes a snapshot that was taken elsewhere; false if its versions may be gone.
    boolean adopt(Slot slot, long snapshot) {
        slot.snapshot = snapshot;
        return snapshot >= announced;
    }

    /// Holds history for snapshots of another node: those in use there, `oldest` the oldest of them and
    /// [#NONE] if there is none, and the one that is returned. When the slot has held nothing so old before,
    /// older ones than [#announced] may be of no use.
    long hold(Slot slot, long oldest, LongSupplier newest) {
        while (true) {
            long snapshot = newest.getAsLong();
            slot.snapshot = Math.min(oldest, snapshot);
            if (snapshot >= announced) {
                return snapshot;
            }
        }
    }

    /// Snapshots that nothing holds may be of use from here on.
    long announced() {
        return announced;
    }

    /// The snapshot of the slot is not needed any more.
    void release(Slot slot) {
        slot.snapshot = NONE;
    }

    /// The horizon up to which history may go: `wished`, or less if a snapshot holds it back.
    /// `wished` must not be above what [#take] is offered.
    long horizon(long wished) {
        announced = Math.max(announced, wished);
        long horizon = wished;
        for (Slot slot : slots) {
            horizon = Math.min(horizon, slot.snapshot);
        }
        return horizon;
    }
}
