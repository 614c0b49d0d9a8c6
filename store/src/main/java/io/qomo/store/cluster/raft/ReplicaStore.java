package io.qomo.store.cluster.raft;

import io.qomo.base.env.Env;
import io.qomo.base.error.Check;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.kv.rocksdb.RocksStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The store of a replica, which a copy of the leader's may replace while it is open.
///
/// The log is its write-ahead log: the engine writes none of its own, and after a crash stands where it
/// last wrote its memory to files.
///
/// ```
/// ENGINE    text: the name of the engine's directory; without it that is "engine"
/// engine…/  the engine's files
/// ```
/// Whoever uses the engine is counted; one that was replaced is closed and removed by its last user.
public final class ReplicaStore implements OrderedStore, ReplicaFiles {
    private static final String POINTER = "ENGINE";
    private static final String FIRST = "engine";
    private static final String IMMUTABLE = ".sst";

    private final Path directory;
    private final EngineOptions options;
    private final Env env;
    private volatile Engine current;

    /// An open engine; `users` is below zero once it was replaced and the last user has left.
    private static final class Engine {
        final OrderedStore store;
        final Path path;
        private final AtomicInteger users = new AtomicInteger(1);

        Engine(OrderedStore store, Path path) {
            this.store = store;
            this.path = path;
        }

        boolean enter() {
            while (true) {
                int now = users.get();
                if (now <= 0) {
                    return false;
                }
                if (users.compareAndSet(now, now + 1)) {
                    return true;
                }
            }
        }

        /// Whether nobody is left.
        boolean leave() {
            return users.decrementAndGet() == 0;
        }
    }

    /// Opens the engine in `directory`, or makes one; the log in `options` is left out.
    public ReplicaStore(Path directory, EngineOptions options, Env env) {
        this.directory = directory;
        this.options = options.withoutLog();
        this.env = env;
        Path path = directory.resolve(pointer());
        removeOthers(path);
        this.current = open(path);
    }

    private String pointer() {
        try {
            return Files.readString(directory.resolve(POINTER), StandardCharsets.ISO_8859_1)
                    .strip();
        } catch (NoSuchFileException e) {
            return FIRST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What an interrupted exchange left.
    private void removeOthers(Path kept) {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(FIRST) && !entry.equals(kept)) {
                    remove(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Engine open(Path path) {
        return new Engine(new RocksStore(path, options, env, false), path);
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Engine enter() {
        while (true) {
            Engine engine = current;
            if (engine.enter()) {
                return engine;
            }
            Check.that(engine != current, "the store is closed");
        }
    }

    private void leave(Engine engine) {
        if (engine.leave()) {
            engine.store.close();
            if (engine != current) {
                try {
                    remove(engine.path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public List<String> save(String target) throws IOException {
        Path copy = Path.of(target, FIRST);
        checkpoint(copy);
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                names.add(FIRST + "/" + file.getFileName());
            }
        }
        return names;
    }

    @Override
    public void install(String source, Set<String> files) throws IOException {
        String name = FIRST + "-" + Long.toHexString(env.randomLong());
        Path target = directory.resolve(name);
        Files.createDirectories(target);
        for (String file : files) {
            Path from = Path.of(source, file);
            Path to = target.resolve(String.valueOf(from.getFileName()));
            if (file.endsWith(IMMUTABLE)) {
                Files.createLink(to, from);
            } else {
                Files.copy(from, to);
            }
        }
        Engine fresh = open(target);
        Path pointer = directory.resolve(POINTER + ".tmp");
        Files.writeString(pointer, name + "\n", StandardCharsets.ISO_8859_1);
        Files.move(pointer, directory.resolve(POINTER), StandardCopyOption.ATOMIC_MOVE);
        Engine old = current;
        current = fresh;
        leave(old);
    }

    @Override
    public byte @Nullable [] get(byte[] key, long timestamp) {
        Engine engine = enter();
        try {
            return engine.store.get(key, timestamp);
        } finally {
            leave(engine);
        }
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long timestamp) {
        Engine engine = enter();
        try {
            return engine.store.multiGet(keys, timestamp);
        } finally {
            leave(engine);
        }
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long timestamp) {
        Engine engine = enter();
        KvCursor cursor = null;
        try {
            cursor = engine.store.scan(from, toExclusive, direction, timestamp);
            return new CountedCursor(cursor, () -> leave(engine));
        } finally {
            if (cursor == null) {
                leave(engine);
            }
        }
    }

    @Override
    public boolean hasVersionAfter(byte[] key, long timestamp) {
        Engine engine = enter();
        try {
            return engine.store.hasVersionAfter(key, timestamp);
        } finally {
            leave(engine);
        }
    }

    @Override
    public byte @Nullable [] meta(byte[] key) {
        Engine engine = enter();
        try {
            return engine.store.meta(key);
        } finally {
            leave(engine);
        }
    }

    @Override
    public KvCursor scanMeta(byte[] from, byte[] toExclusive) {
        Engine engine = enter();
        KvCursor cursor = null;
        try {
            cursor = engine.store.scanMeta(from, toExclusive);
            return new CountedCursor(cursor, () -> leave(engine));
        } finally {
            if (cursor == null) {
                leave(engine);
            }
        }
    }

    @Override
    public void write(WriteBatch batch, boolean sync) {
        Engine engine = enter();
        try {
            engine.store.write(batch, sync);
        } finally {
            leave(engine);
        }
    }

    @Override
    public void dropHistory(long timestamp) {
        Engine engine = enter();
        try {
            engine.store.dropHistory(timestamp);
        } finally {
            leave(engine);
        }
    }

    @Override
    public long historyHorizon() {
        Engine engine = enter();
        try {
            return engine.store.historyHorizon();
        } finally {
            leave(engine);
        }
    }

    @Override
    public void reclaim(byte[] from, byte[] toExclusive) {
        Engine engine = enter();
        try {
            engine.store.reclaim(from, toExclusive);
        } finally {
            leave(engine);
        }
    }

    @Override
    public long approximateBytes(byte[] from, byte[] toExclusive) {
        Engine engine = enter();
        try {
            return engine.store.approximateBytes(from, toExclusive);
        } finally {
            leave(engine);
        }
    }

    @Override
    public long averageEntryBytes() {
        Engine engine = enter();
        try {
            return engine.store.averageEntryBytes();
        } finally {
            leave(engine);
        }
    }

    @Override
    public void checkpoint(Path target) {
        Engine engine = enter();
        try {
            engine.store.checkpoint(target);
        } finally {
            leave(engine);
        }
    }

    @Override
    public void close() {
        leave(current);
    }
}
