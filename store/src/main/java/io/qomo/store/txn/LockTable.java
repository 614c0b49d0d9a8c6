package io.qomo.store.txn;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The pessimistic key locks of a group, in memory.
///
/// Keys are spread over stripes, each with its own monitor; an uncontended lock touches one stripe
/// once. Queues are first come, first served, but an upgrade overtakes. Deadlocks are looked for
/// when a request begins to wait: the cycle that it closes goes through it, since every other edge
/// was there before. Lock order: `detection`, then one stripe.
///
/// The table may lose its content (another node becomes leader); [#epoch] then changes, and
/// transactions validate at commit what they locked under an older one.
final class LockTable {
    private static final int STRIPES = 256;
    /// How long a wait lasts at most before it looks for deadlocks again; a safety net, not the
    /// mechanism.
    private static final long RECHECK_NANOS = 1_000_000_000L;

    private final Env env;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final RangeLocks ranges = new RangeLocks();
    private final ReentrantLock detection = new ReentrantLock();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private volatile int epoch;
    private volatile boolean isClosed;

    LockTable(Env env) {
        this.env = env;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// Changes whenever locks may have been lost.
    int epoch() {
        return epoch;
    }

    /// Waits there were.
    long waits() {
        return waits.sum();
    }

    /// How long they took together.
    long waitNanos() {
        return waitNanos.sum();
    }

    /// Loses everything, as a change of leader does: waiters are granted nothing and time out. For
    /// that and its tests.
    void forget() {
        epoch++;
        ranges.forget();
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                stripe.clear();
            }
        }
    }

    /// Ends all waits, those of the future too, with [NotLeaderException].
    void close() {
        isClosed = true;
        for (Stripe stripe : stripes) {
            List<LockRequest> waiting = new ArrayList<>();
            synchronized (stripe) {
                stripe.collectWaiting(waiting);
            }
            waiting.forEach(LockRequest::wake);
        }
    }

    /// The ranges that are locked.
    RangeLocks ranges() {
        return ranges;
    }

    /// Locks `key` for `owner`; false only under SKIP_LOCKED. Throws as [Transaction#lock], but
    /// rolls nothing back.
    boolean acquire(LockOwner owner, byte[] key, LockMode mode, WaitPolicy policy, long timeoutNanos) {
        int hash = hash(key);
        Stripe stripe = stripes[hash & (STRIPES - 1)];
        while (true) {
            LockOwner blocker;
            synchronized (stripe) {
                KeyLock lock = stripe.find(key, hash);
                if (lock != null && lock.isHeld(owner, mode)) {
                    return true;
                }
                // Under the stripe's monitor: who locks a range first and then looks at its keys misses none.
                blocker = ranges.blocker(owner, key, mode);
                if (blocker == null && lock == null && RangeLocks.covers(owner, key, mode)) {
                    return true;
                }
            }
            if (blocker == null) {
                return acquireKey(owner, key, hash, mode, policy, timeoutNanos);
            }
            if (!awaitEnd(owner, blocker, policy, timeoutNanos)) {
                return false;
            }
        }
    }

    private boolean acquireKey(
            LockOwner owner, byte[] key, int hash, LockMode mode, WaitPolicy policy, long timeoutNanos) {
        Stripe stripe = stripes[hash & (STRIPES - 1)];
        LockRequest request;
        synchronized (stripe) {
            KeyLock lock = stripe.find(key, hash);
            if (lock == null) {
                lock = stripe.add(key, hash);
            } else if (lock.isHeld(owner, mode)) {
                return true;
            }
            if (lock.isFree(owner, mode)) {
                if (lock.grant(owner, mode)) {
                    owner.held.add(lock);
                }
                return true;
            }
            switch (policy) {
                case NOWAIT -> throw new SqlException(ErrorCode.LOCK_NOWAIT);
                case SKIP_LOCKED -> {
                    return false;
                }
                case WAIT -> {}
            }
            request = new LockRequest(owner, mode, lock);
            owner.waiting = request;
            lock.enqueue(request);
        }
        owner.waits++;
        await(request, stripe, timeoutNanos);
        return true;
    }

    /// Lets others wait for the end of `owner`; before it locks a range or buffers a write.
    void lockEnd(LockOwner owner) {
        if (!owner.holdsEndKey) {
            owner.holdsEndKey = true;
            acquireKey(owner, owner.endKey, hash(owner.endKey), LockMode.EXCLUSIVE, WaitPolicy.WAIT, 0);
        }
    }

    /// Waits until `other` has ended; false only under SKIP_LOCKED. Throws as [#acquire].
    boolean awaitEnd(LockOwner owner, LockOwner other, WaitPolicy policy, long timeoutNanos) {
        switch (policy) {
            case NOWAIT -> throw new SqlException(ErrorCode.LOCK_NOWAIT);
            case SKIP_LOCKED -> {
                return false;
            }
            case WAIT -> {}
        }
        int before = owner.held.size();
        acquireKey(owner, other.endKey, hash(other.endKey), LockMode.SHARED, WaitPolicy.WAIT, timeoutNanos);
        if (owner.held.size() > before) {
            release(owner, owner.held.removeLast());
        }
        return true;
    }

    private void release(LockOwner owner, KeyLock lock) {
        Stripe stripe = stripe(lock);
        synchronized (stripe) {
            lock.release(owner);
            stripe.removeIfUnused(lock);
        }
    }

    /// Gives up everything `owner` holds.
    void releaseAll(LockOwner owner) {
        ranges.releaseAll(owner);
        List<KeyLock> held = owner.held;
        for (int i = 0; i < held.size(); i++) {
            release(owner, held.get(i));
        }
        held.clear();
    }

    /// Keys locked or waited for.
    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size;
            }
        }
        return size;
    }

    private Stripe stripe(KeyLock lock) {
        return stripes[lock.hash & (STRIPES - 1)];
    }

    private void await(LockRequest request, Stripe stripe, long timeoutNanos) {
        boolean wasInterrupted = false;
        long start = env.nanoTime();
        try {
            while (request.state == LockRequest.State.WAITING) {
                resolveDeadlocks(request);
                long left = timeoutNanos - (env.nanoTime() - start);
                if (request.state != LockRequest.State.WAITING) {
                    break;
                }
                if (left <= 0) {
                    cancel(request, stripe, new SqlException(ErrorCode.LOCK_WAIT_TIMEOUT));
                } else if (request.owner.isInterrupted()) {
                    cancel(request, stripe, new SqlException(ErrorCode.QUERY_INTERRUPTED));
                } else if (isClosed) {
                    cancel(request, stripe, new NotLeaderException("the locks are gone with the leadership"));
                } else {
                    env.parkNanos(request, Math.min(left, RECHECK_NANOS));
                    wasInterrupted |= Thread.interrupted();
                }
            }
        } finally {
            waits.increment();
            waitNanos.add(env.nanoTime() - start);
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (request.state == LockRequest.State.VICTIM) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }
    }

    private void cancel(LockRequest request, Stripe stripe, RuntimeException reason) {
        synchronized (stripe) {
            if (request.state != LockRequest.State.WAITING) {
                return;
            }
            end(request, LockRequest.State.CANCELLED);
        }
        throw reason;
    }

    /// Takes a waiting request out; called under its stripe.
    private void end(LockRequest request, LockRequest.State state) {
        request.state = state;
        request.owner.waiting = null;
        request.key.dequeue(request);
        stripe(request.key).removeIfUnused(request.key);
    }

    /// Breaks every cycle that goes through `request`, which has just begun to wait.
    private void resolveDeadlocks(LockRequest request) {
        detection.lock();
        try {
            List<LockRequest> cycle = findCycle(request);
            while (!cycle.isEmpty()) {
                LockRequest victim = cycle.getFirst();
                for (LockRequest candidate : cycle) {
                    if (candidate.owner.writes < victim.owner.writes) {
                        victim = candidate;
                    }
                }
                synchronized (stripe(victim.key)) {
                    if (victim.state == LockRequest.State.WAITING) {
                        end(victim, LockRequest.State.VICTIM);
                        victim.wake();
                    }
                }
                cycle = findCycle(request);
            }
        } finally {
            detection.unlock();
        }
    }

    /// The waiting requests of a cycle through `start`, or nothing. Depth first; each owner is
    /// visited once.
    private List<LockRequest> findCycle(LockRequest start) {
        List<LockRequest> path = new ArrayList<>();
        if (start.state != LockRequest.State.WAITING || !leadsTo(start.owner, start, path, new HashSet<>())) {
            return List.of();
        }
        return path;
    }

    private boolean leadsTo(LockOwner goal, LockRequest from, List<LockRequest> path, Set<LockOwner> visited) {
        path.add(from);
        List<LockOwner> blockers = new ArrayList<>();
        synchronized (stripe(from.key)) {
            if (from.state == LockRequest.State.WAITING) {
                from.key.collectBlockers(from, blockers);
            }
        }
        for (LockOwner blocker : blockers) {
            if (blocker == goal) {
                return true;
            }
            LockRequest waiting = blocker.waiting;
            if (waiting != null && visited.add(blocker) && leadsTo(goal, waiting, path, visited)) {
                return true;
            }
        }
        path.removeLast();
        return false;
    }

    private static int hash(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }

    /// A hash table with chains; used only under its own monitor.
    private static final class Stripe {
        private @Nullable KeyLock[] buckets = new KeyLock[8];
        private int size;

        @Nullable KeyLock find(byte[] key, int hash) {
            KeyLock lock = buckets[index(hash)];
            while (lock != null && !(lock.hash == hash && Arrays.equals(lock.key, key))) {
                lock = lock.next;
            }
            return lock;
        }

        KeyLock add(byte[] key, int hash) {
            if (size >= buckets.length * 2) {
                grow();
            }
            KeyLock lock = new KeyLock(key, hash);
            link(lock);
            size++;
            return lock;
        }

        void removeIfUnused(KeyLock unused) {
            if (!unused.isUnused()) {
                return;
            }
            int index = index(unused.hash);
            KeyLock previous = null;
            for (KeyLock lock = buckets[index]; lock != null; lock = lock.next) {
                if (lock == unused) {
                    if (previous == null) {
                        buckets[index] = lock.next;
                    } else {
                        previous.next = lock.next;
                    }
                    size--;
                    return;
                }
                previous = lock;
            }
        }

        void collectWaiting(List<LockRequest> waiting) {
            for (KeyLock chain : buckets) {
                for (KeyLock lock = chain; lock != null; lock = lock.next) {
                    lock.collectWaiting(waiting);
                }
            }
        }

        void clear() {
            Arrays.fill(buckets, null);
            size = 0;
        }

        private int index(int hash) {
            return (hash >>> 8) & (buckets.length - 1);
        }

        private void link(KeyLock lock) {
            int index = index(lock.hash);
            lock.next = buckets[index];
            buckets[index] = lock;
        }

        private void grow() {
            @Nullable KeyLock[] old = buckets;
            buckets = new KeyLock[old.length * 4];
            for (KeyLock chain : old) {
                KeyLock lock = chain;
                while (lock != null) {
                    KeyLock following = lock.next;
                    link(lock);
                    lock = following;
                }
            }
        }
    }
}
