package io.qomo.store.txn.remote;

import io.qomo.store.cluster.NotLeaderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The snapshots of this node's transactions while another node leads. Thread-safe.
///
/// Those who want a snapshot at the same time ask the leader together: one of them sends a request for all
/// that wait, and only for those, so that nobody gets a snapshot from before he asked. The request tells
/// the oldest snapshot in use here, and the leader keeps history for it; one request is on its way at a
/// time, so that what the leader was told last is never above what is in use.
final class NearSnapshots {
    /// No snapshot is in use.
    static final long NONE = Long.MAX_VALUE;

    /// What the leader answered.
    ///
    /// @param leadership tells leaders apart
    /// @param timestamp  of a snapshot
    /// @param keptFrom   older snapshots, of an earlier leader's, are of no use any more
    record Answer(long leadership, long timestamp, long keptFrom) {}

    /// Asks the leader. Throws `NotLeaderException`, `TransportException`, `SqlException`.
    interface Asker {
        Answer ask(long oldestInUse);
    }

    /// A snapshot in use, or wanted.
    static final class Slot {
        private volatile long snapshot = NONE;
        // guarded by the lock
        private boolean isDone;
        private boolean isAppointed;
        private @Nullable RuntimeException failure;

        long snapshot() {
            return snapshot;
        }
    }

    private final Asker asker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Slot> inUse = ConcurrentHashMap.newKeySet();
    // guarded by the lock
    private List<Slot> waiting = new ArrayList<>();
    private boolean isAsking;
    private volatile long leadership;
    private volatile long keptFrom;

    NearSnapshots(Asker asker) {
        this.asker = asker;
    }

    /// A snapshot that shows all that was committed before this call. Throws what [Asker] throws.
    Slot take() {
        Slot slot = new Slot();
        boolean leads;
        lock.lock();
        try {
            waiting.add(slot);
            leads = !isAsking;
            isAsking = true;
            while (!leads && !slot.isDone && !slot.isAppointed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (!slot.isDone) {
            askForAll();
        }
        RuntimeException failure = slot.failure;
        if (failure != null) {
            release(slot);
            throw failure;
        }
        return slot;
    }

    private void askForAll() {
        List<Slot> batch;
        lock.lock();
        try {
            batch = waiting;
            waiting = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        Answer answer = null;
        RuntimeException failure = new NotLeaderException("the leader was not asked");
        try {
            answer = asker.ask(oldest());
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            finish(batch, answer, failure);
        }
    }

    private void finish(List<Slot> batch, @Nullable Answer answer, RuntimeException failure) {
        lock.lock();
        try {
            if (answer != null) {
                leadership = answer.leadership;
                keptFrom = Math.max(keptFrom, answer.keptFrom);
            }
            for (Slot slot : batch) {
                if (answer == null) {
                    slot.failure = failure;
                } else {
                    slot.snapshot = answer.timestamp;
                    inUse.add(slot);
                }
                slot.isDone = true;
            }
            isAsking = !waiting.isEmpty();
            if (isAsking) {
                waiting.getFirst().isAppointed = true;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long oldest() {
        long oldest = NONE;
        for (Slot slot : inUse) {
            oldest = Math.min(oldest, slot.snapshot);
        }
        return oldest;
    }

    /// A snapshot is not used any more.
    void release(Slot slot) {
        inUse.remove(slot);
    }

    /// Whether any is in use.
    boolean isInUse() {
        return !inUse.isEmpty();
    }

    /// The leadership that was asked last; 0 before the first.
    long leadership() {
        return leadership;
    }

    /// Whether the leader that was asked last keeps the history of a snapshot in use.
    boolean isKept(Slot slot) {
        return slot.snapshot >= keptFrom;
    }
}
