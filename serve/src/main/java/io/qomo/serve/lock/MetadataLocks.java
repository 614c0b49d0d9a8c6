package io.qomo.serve.lock;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Locks on the names of tables and databases. Statements hold them shared until their transaction ends; schema
/// changes take them exclusively where they switch.
///
/// - \[I1\] Two owners never hold modes on one name that do not allow each other.
/// - \[I2\] Requests are granted in order of arrival, except that who holds a name already passes those who wait.
/// - \[I3\] No owner waits in a circle: who would close one gets DEADLOCK, or, if that is a schema change, somebody of
/// the
///   circle who is none: a statement is cheaper to repeat. Circles through row locks end by the row locks' time-out.
///
/// The detector's lock comes before the monitor of a name; monitors of two names are never held together.
public final class MetadataLocks {
    private final Env env;
    private final SharedLocks shared;
    private final ConcurrentHashMap<LockName, Queue> queues = new ConcurrentHashMap<>();
    private final ReentrantLock detector = new ReentrantLock();

    /// No locks yet; the clock measures waits.
    public MetadataLocks(Env env) {
        this(env, SharedLocks.NONE);
    }

    /// No locks yet; strong ones are shared with other nodes.
    public MetadataLocks(Env env, SharedLocks shared) {
        this.env = env;
        this.shared = shared;
    }

    /// A party to the locks: a session. Owned by its thread.
    public static final class Owner {
        private static final long NOT_SHARED = 0;

        private final long session;
        private final Interruption interruption;
        private final Map<LockName, Ticket> held = new HashMap<>();
        private volatile @Nullable Ticket waiting;

        /// An owner whose waits the interruption ends and whose locks hold on this node alone.
        public Owner(Interruption interruption) {
            this(NOT_SHARED, interruption);
        }

        /// A session, whose strong locks hold on all nodes.
        public Owner(long session, Interruption interruption) {
            this.session = session;
            this.interruption = interruption;
        }

        /// The mode a lock is held in, or null.
        public @Nullable LockMode mode(LockName name) {
            Ticket ticket = held.get(name);
            return ticket == null ? null : ticket.mode;
        }

        private boolean isShared() {
            return session != NOT_SHARED;
        }

        /// True if a lock that covers the mode is held.
        public boolean holds(LockName name, LockMode mode) {
            Ticket ticket = held.get(name);
            return ticket != null && ticket.mode.covers(mode);
        }

        /// True if the session waits for a metadata lock; any thread.
        public boolean isWaiting() {
            return waiting != null;
        }
    }

    /// How long a lock is kept.
    public enum Duration {
        /// Until the statement ends.
        STATEMENT,
        /// Until the transaction ends.
        TRANSACTION,
        /// Until it is given back (LOCK TABLES).
        EXPLICIT
    }

    private static final class Ticket {
        final Owner owner;
        final LockName name;
        final Queue queue;
        LockMode mode;
        Duration duration;

        @Nullable LockMode wanted;

        volatile boolean isVictim;

        Ticket(Owner owner, LockName name, Queue queue, LockMode mode, Duration duration) {
            this.owner = owner;
            this.name = name;
            this.queue = queue;
            this.mode = mode;
            this.duration = duration;
        }
    }

    private static final class Queue {
        final List<Ticket> granted = new ArrayList<>();
        final List<Ticket> waiting = new ArrayList<>();
        boolean isDead;
    }

    /// Takes a lock, or makes one that is held stronger and longer. Errors: LOCK_WAIT_TIMEOUT, DEADLOCK,
    /// QUERY_INTERRUPTED.
    public void acquire(Owner owner, LockName name, LockMode mode, Duration duration, long timeoutMs) {
        if (!mode.isStrong() || !owner.isShared() || owner.holds(name, mode)) {
            acquireHere(owner, name, mode, duration, timeoutMs);
            return;
        }
        // The other nodes first: there everybody asks the same one first, so that no two hold each their own.
        LockMode before = owner.mode(name);
        shared.acquire(owner.session, name, before == null ? mode : before.join(mode), timeoutMs, owner.interruption);
        try {
            acquireHere(owner, name, mode, duration, timeoutMs);
        } catch (RuntimeException | Error e) {
            settle(owner, name, before);
            throw e;
        }
    }

    private void settle(Owner owner, LockName name, @Nullable LockMode mode) {
        if (mode != null && mode.isStrong()) {
            shared.settle(owner.session, name, mode);
        } else {
            shared.settle(owner.session, List.of(name));
        }
    }

    private void acquireHere(Owner owner, LockName name, LockMode mode, Duration duration, long timeoutMs) {
        Ticket held = owner.held.get(name);
        if (held != null) {
            if (duration.compareTo(held.duration) > 0) {
                held.duration = duration;
            }
            if (!held.mode.covers(mode)) {
                upgrade(held, held.mode.join(mode), timeoutMs);
            }
            return;
        }
        while (true) {
            Queue queue = queues.computeIfAbsent(name, _ -> new Queue());
            Ticket ticket = new Ticket(owner, name, queue, mode, duration);
            synchronized (queue) {
                if (queue.isDead) {
                    continue;
                }
                if (queue.waiting.isEmpty() && isFree(queue, ticket, mode)) {
                    queue.granted.add(ticket);
                    owner.held.put(name, ticket);
                    return;
                }
            }
            if (awaitGrant(ticket, mode, timeoutMs)) {
                owner.held.put(name, ticket);
                return;
            }
        }
    }

    /// Gives back what is held for a duration or shorter.
    public void release(Owner owner, Duration duration) {
        if (owner.held.isEmpty()) {
            return;
        }
        if (owner.isShared()) {
            settleStrong(owner, duration);
        }
        Iterator<Ticket> tickets = owner.held.values().iterator();
        while (tickets.hasNext()) {
            Ticket ticket = tickets.next();
            if (ticket.duration.compareTo(duration) <= 0) {
                tickets.remove();
                release(ticket);
            }
        }
    }

    private void settleStrong(Owner owner, Duration duration) {
        List<LockName> names = new ArrayList<>();
        for (Ticket ticket : owner.held.values()) {
            if (ticket.mode.isStrong() && ticket.duration.compareTo(duration) <= 0) {
                names.add(ticket.name);
            }
        }
        if (!names.isEmpty()) {
            shared.settle(owner.session, names);
        }
    }

    /// Gives one lock back.
    public void release(Owner owner, LockName name) {
        Ticket ticket = owner.held.remove(name);
        if (ticket != null) {
            if (owner.isShared() && ticket.mode.isStrong()) {
                shared.settle(owner.session, List.of(name));
            }
            release(ticket);
        }
    }

    /// Makes a lock that is held weaker.
    public void downgrade(Owner owner, LockName name, LockMode mode) {
        Ticket ticket = owner.held.get(name);
        if (ticket != null) {
            if (owner.isShared() && ticket.mode.isStrong()) {
                settle(owner, name, mode);
            }
            synchronized (ticket.queue) {
                ticket.mode = mode;
                ticket.queue.notifyAll();
            }
        }
    }

    private void upgrade(Ticket ticket, LockMode mode, long timeoutMs) {
        synchronized (ticket.queue) {
            if (isFree(ticket.queue, ticket, mode)) {
                ticket.mode = mode;
                return;
            }
        }
        awaitGrant(ticket, mode, timeoutMs);
    }

    private void release(Ticket ticket) {
        Queue queue = ticket.queue;
        synchronized (queue) {
            queue.granted.remove(ticket);
            if (!queue.waiting.isEmpty()) {
                queue.notifyAll();
            } else if (queue.granted.isEmpty() && ticket.mode == LockMode.EXCLUSIVE) {
                // Only then may the name be gone for good; names in use keep their queue.
                queue.isDead = true;
                queues.remove(ticket.name, queue);
            }
        }
    }

    /// True when the lock is granted, false if the queue was given up meanwhile.
    private boolean awaitGrant(Ticket ticket, LockMode wanted, long timeoutMs) {
        Queue queue = ticket.queue;
        long deadline = env.nanoTime() + timeoutMs * 1_000_000L;
        if (!enqueue(ticket, wanted)) {
            return false;
        }
        synchronized (queue) {
            try {
                while (!isGrantable(queue, ticket, wanted)) {
                    if (ticket.isVictim) {
                        throw new SqlException(ErrorCode.DEADLOCK);
                    }
                    ticket.owner.interruption.check();
                    long leftMs = (deadline - env.nanoTime()) / 1_000_000L;
                    if (leftMs <= 0) {
                        throw new SqlException(ErrorCode.LOCK_WAIT_TIMEOUT);
                    }
                    ticket.owner.interruption.await(queue, leftMs);
                }
                ticket.mode = wanted;
                if (!queue.granted.contains(ticket)) {
                    queue.granted.add(ticket);
                }
                return true;
            } finally {
                queue.waiting.remove(ticket);
                ticket.wanted = null;
                ticket.isVictim = false;
                ticket.owner.waiting = null;
                queue.notifyAll();
            }
        }
    }

    private boolean enqueue(Ticket ticket, LockMode wanted) {
        detector.lock();
        try {
            synchronized (ticket.queue) {
                if (ticket.queue.isDead) {
                    return false;
                }
                ticket.wanted = wanted;
                ticket.queue.waiting.add(ticket);
                ticket.owner.waiting = ticket;
            }
            Ticket victim = victim(ticket);
            if (victim == ticket) {
                synchronized (ticket.queue) {
                    ticket.queue.waiting.remove(ticket);
                    ticket.owner.waiting = null;
                    ticket.queue.notifyAll();
                }
                throw new SqlException(ErrorCode.DEADLOCK);
            }
            if (victim != null) {
                synchronized (victim.queue) {
                    victim.isVictim = true;
                    victim.queue.notifyAll();
                }
            }
            return true;
        } finally {
            detector.unlock();
        }
    }

    private static boolean isFree(Queue queue, Ticket asking, LockMode wanted) {
        for (Ticket other : queue.granted) {
            if (other.owner != asking.owner && !(other.mode.allows(wanted) && wanted.allows(other.mode))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGrantable(Queue queue, Ticket ticket, LockMode wanted) {
        if (!isFree(queue, ticket, wanted)) {
            return false;
        }
        if (queue.granted.contains(ticket)) {
            return true;
        }
        for (Ticket earlier : queue.waiting) {
            if (earlier == ticket) {
                return true;
            }
            LockMode other = earlier.wanted;
            if (other != null && !other.allows(wanted)) {
                return false;
            }
        }
        return true;
    }

    /// Who of the circle that a request closes has to give way; null if there is none.
    private static @Nullable Ticket victim(Ticket start) {
        Map<Owner, Ticket> reachedFrom = new HashMap<>();
        List<Ticket> open = new ArrayList<>();
        open.add(start);
        while (!open.isEmpty()) {
            Ticket waiter = open.removeLast();
            for (Owner blocker : blockers(waiter)) {
                if (blocker == start.owner) {
                    return cheapest(start, waiter, reachedFrom);
                }
                Ticket next = blocker.waiting;
                if (!reachedFrom.containsKey(blocker) && next != null) {
                    reachedFrom.put(blocker, waiter);
                    open.add(next);
                }
            }
        }
        return null;
    }

    /// Of the circle from `start` to `last`: the one that closes it, but no schema change if there is anybody else.
    private static Ticket cheapest(Ticket start, Ticket last, Map<Owner, Ticket> reachedFrom) {
        Ticket each = start;
        Ticket next = last;
        while (isSchemaChange(each) && next != null && next != start) {
            each = next;
            next = reachedFrom.get(next.owner);
        }
        return isSchemaChange(each) ? start : each;
    }

    private static boolean isSchemaChange(Ticket ticket) {
        LockMode wanted = ticket.wanted;
        return wanted == LockMode.EXCLUSIVE || wanted == LockMode.NO_WRITE;
    }

    private static Set<Owner> blockers(Ticket waiter) {
        Set<Owner> found = new HashSet<>();
        synchronized (waiter.queue) {
            LockMode wanted = waiter.wanted;
            if (wanted == null) {
                return found;
            }
            for (Ticket other : waiter.queue.granted) {
                if (other.owner != waiter.owner && !(other.mode.allows(wanted) && wanted.allows(other.mode))) {
                    found.add(other.owner);
                }
            }
            if (!waiter.queue.granted.contains(waiter)) {
                for (Ticket earlier : waiter.queue.waiting) {
                    if (earlier == waiter) {
                        break;
                    }
                    LockMode other = earlier.wanted;
                    if (other != null && !other.allows(wanted)) {
                        found.add(earlier.owner);
                    }
                }
            }
        }
        return found;
    }
}
