package io.qomo.serve.lock;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// GET_LOCK and its kin: locks on any name, held by a session until it gives them back as often as it took them.
///
/// One monitor guards everything: user locks are rare and short to handle.
public final class UserLocks {
    private static final int MAX_NAME_CHARACTERS = 64;

    private final Env env;
    private final Map<String, Lock> locks = new HashMap<>();
    private final Map<Long, String> waiting = new HashMap<>();

    /// No locks yet; the clock measures waits.
    public UserLocks(Env env) {
        this.env = env;
    }

    private static final class Lock {
        final long owner;
        int count = 1;

        Lock(long owner) {
            this.owner = owner;
        }
    }

    /// True if the session has the lock now; false if it could not be had in time. A negative timeout waits for ever.
    /// Errors 3057, 3058, and the interruption's.
    public synchronized boolean acquire(long session, String name, double timeoutSeconds, Interruption interruption) {
        String key = key(name);
        long timeoutMs = timeoutSeconds < 0 || timeoutSeconds > 1e9 ? Long.MAX_VALUE : (long) (timeoutSeconds * 1000);
        long start = env.nanoTime();
        try {
            while (true) {
                Lock lock = locks.get(key);
                if (lock == null) {
                    locks.put(key, new Lock(session));
                    return true;
                }
                if (lock.owner == session) {
                    lock.count++;
                    return true;
                }
                interruption.check();
                long leftMs = timeoutMs - (env.nanoTime() - start) / 1_000_000L;
                if (leftMs <= 0) {
                    return false;
                }
                waiting.put(session, key);
                if (closesCircle(session, lock)) {
                    throw new SqlException(ErrorCode.USER_LOCK_DEADLOCK);
                }
                interruption.await(this, Math.min(leftMs, 3_600_000L));
            }
        } finally {
            waiting.remove(session);
        }
    }

    /// True if the session held the lock and gave it back once, false if another holds it, empty if nobody does.
    public synchronized Optional<Boolean> release(long session, String name) {
        String key = key(name);
        Lock lock = locks.get(key);
        if (lock == null) {
            return Optional.empty();
        }
        if (lock.owner != session) {
            return Optional.of(false);
        }
        lock.count--;
        if (lock.count == 0) {
            locks.remove(key);
            notifyAll();
        }
        return Optional.of(true);
    }

    /// Gives back all of a session's locks; returns how often it held some.
    public synchronized int releaseAll(long session) {
        int count = 0;
        List<String> held = new ArrayList<>();
        for (Map.Entry<String, Lock> entry : locks.entrySet()) {
            if (entry.getValue().owner == session) {
                held.add(entry.getKey());
                count += entry.getValue().count;
            }
        }
        if (!held.isEmpty()) {
            held.forEach(locks::remove);
            notifyAll();
        }
        return count;
    }

    /// The session that holds a lock.
    public synchronized @Nullable Long holder(String name) {
        Lock lock = locks.get(key(name));
        return lock == null ? null : lock.owner;
    }

    private boolean closesCircle(long session, Lock first) {
        Set<Long> seen = new HashSet<>();
        Lock lock = first;
        while (seen.add(lock.owner)) {
            String next = waiting.get(lock.owner);
            Lock following = next == null ? null : locks.get(next);
            if (following == null) {
                return false;
            }
            if (following.owner == session) {
                return true;
            }
            lock = following;
        }
        return false;
    }

    private static String key(String name) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME_CHARACTERS) {
            throw new SqlException(ErrorCode.USER_LOCK_WRONG_NAME, name);
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
