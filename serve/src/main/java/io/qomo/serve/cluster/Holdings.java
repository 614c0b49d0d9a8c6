package io.qomo.serve.cluster;

import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the sessions of this node hold at the leader: what a new leader must be told. Guarded by its owner.
final class Holdings {
    private final Map<Long, Map<LockName, LockMode>> locks = new HashMap<>();
    private final Map<Long, Map<String, Integer>> userLocks = new HashMap<>();

    /// The mode a session holds a lock in; null takes the lock away.
    void put(long session, LockName name, @Nullable LockMode mode) {
        Map<LockName, LockMode> held = locks.computeIfAbsent(session, s -> new HashMap<>());
        if (mode == null) {
            held.remove(name);
        } else {
            held.put(name, mode);
        }
        if (held.isEmpty()) {
            locks.remove(session);
        }
    }

    @Nullable LockMode mode(long session, LockName name) {
        return locks.getOrDefault(session, Map.of()).get(name);
    }

    /// How often a session holds a user lock; 0 takes it away.
    void putUserLock(long session, String name, int count) {
        Map<String, Integer> held = userLocks.computeIfAbsent(session, s -> new HashMap<>());
        if (count == 0) {
            held.remove(name);
        } else {
            held.put(name, count);
        }
        if (held.isEmpty()) {
            userLocks.remove(session);
        }
    }

    int userLockCount(long session, String name) {
        return userLocks.getOrDefault(session, Map.of()).getOrDefault(name, 0);
    }

    /// The user locks of a session, and how often it holds each.
    Map<String, Integer> userLocks(long session) {
        return Map.copyOf(userLocks.getOrDefault(session, Map.of()));
    }

    void write(RecordWriter out) {
        out.list(
                locks.entrySet(),
                (o, session) -> o.number(session.getKey())
                        .list(session.getValue().entrySet(), (p, lock) -> {
                            Wire.write(p, lock.getKey());
                            p.text(lock.getValue().name());
                        }));
        out.list(
                userLocks.entrySet(),
                (o, session) -> o.number(session.getKey())
                        .list(
                                session.getValue().entrySet(),
                                (p, lock) -> p.text(lock.getKey()).number(lock.getValue())));
    }

    static Map<Long, Map<LockName, LockMode>> readLocks(RecordReader in) {
        Map<Long, Map<LockName, LockMode>> locks = new HashMap<>();
        in.list(session -> locks.put(session.number(), readNames(session)));
        return locks;
    }

    static Map<LockName, LockMode> readNames(RecordReader in) {
        Map<LockName, LockMode> names = new HashMap<>();
        in.list(lock -> names.put(Wire.name(lock), LockMode.valueOf(lock.text())));
        return names;
    }

    static Map<Long, Map<String, Integer>> readUserLocks(RecordReader in) {
        Map<Long, Map<String, Integer>> locks = new HashMap<>();
        in.list(session -> {
            Map<String, Integer> names = new HashMap<>();
            locks.put(session.number(), names);
            session.list(lock -> names.put(lock.text(), lock.integer()));
            return session;
        });
        return locks;
    }
}
