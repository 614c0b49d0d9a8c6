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

/// The user locks of a node alone, or of a cluster at the node that leads it.
///
/// One monitor guards everything: user locks are rare and short to handle.
public final class LocalUserLocks implements UserLocks {
    private static final int MAX_NAME_CHARACTERS = 64;

    private final Env env;
    private final Map<String, Lock> locks = new HashMap<>();
    private final Map<Long, String> waiting = new HashMap<>();

    /// No locks yet; the clock measures waits.
    public LocalUserLocks(Env env) {
        this.env = env;
    }

    private static final class Lock {
        final long owner;
        int count = 1;

        Lock(long owner) {
            this.owner = owner;
        }
    }

    @Override
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

    @Override
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

    @Override
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

    /// Gives a lock to a session that held it before this node led; nobody has asked for it yet.
    public synchronized void restore(long session, String name, int count) {
        Lock lock = new Lock(session);
        lock.count = count;
        locks.put(key(name), lock);
    }

    @Override
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
