package io.qomo.store;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.LocalReplicator;
import io.qomo.store.kv.DiskReserve;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.StoreDirectory;
import io.qomo.store.kv.StoreOpenException;
import io.qomo.store.kv.memory.MemoryStore;
import io.qomo.store.kv.rocksdb.RocksStore;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.BulkWriter;
import io.qomo.store.txn.Coordinator;
import io.qomo.store.txn.Counters;
import io.qomo.store.txn.GarbageCollector;
import io.qomo.store.txn.PersistentCounters;
import io.qomo.store.txn.TransactionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An open store. Thread-safe; several may be open in one process, each with a directory of its
/// own.
public final class Store implements AutoCloseable {
    private final OrderedStore engine;
    private final LocalReplicator replicator;
    private final Coordinator coordinator;
    private final PersistentCounters counters;
    private final BulkLoader bulk;
    private final GarbageCollector collector;

    private final @Nullable StoreDirectory directory;

    private Store(
            OrderedStore engine,
            DiskReserve reserve,
            @Nullable StoreDirectory directory,
            StoreOptions options,
            Env env) {
        this.engine = engine;
        this.directory = directory;
        this.replicator = new LocalReplicator(engine, reserve, env, options.syncCommits());
        this.coordinator = new Coordinator(engine, replicator, options.transactionBytes(), env);
        this.counters = new PersistentCounters(engine, replicator);
        this.bulk = new BulkWriter(engine, replicator);
        this.collector = new GarbageCollector(coordinator, env, options.historyRetention());
        collector.start();
    }

    /// A store without a disk; its content goes with it.
    public static Store inMemory(StoreOptions options, Env env) {
        return new Store(new MemoryStore(), DiskReserve.none(env), null, options, env);
    }

    /// The store in a directory, which is made if it does not exist. Throws `StoreOpenException`
    /// with a message for the operator when it is in use, damaged, or of an unknown format.
    public static Store open(Path path, StoreOptions options, Env env) {
        StoreDirectory directory = StoreDirectory.open(path);
        try {
            EngineOptions engine =
                    new EngineOptions(options.cacheBytes(), options.writeBufferBytes(), options.backgroundJobs());
            boolean wasSynced = directory.wasSynced();
            if (!options.syncCommits()) {
                directory.setSynced(false);
            }
            RocksStore opened = new RocksStore(directory.engine(), engine, env, wasSynced);
            if (wasSynced) {
                checkWhole(opened, directory.engine());
            }
            if (options.syncCommits()) {
                directory.setSynced(true);
            }
            return new Store(opened, DiskReserve.in(directory.reserve(), env), directory, options, env);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /// History is dropped up to commits that are in the log, so when it was dropped up to a later one than the last
    /// that is left, the log has lost its end.
    private static void checkWhole(RocksStore engine, Path path) {
        long applied = LocalReplicator.applied(engine);
        if (engine.historyHorizon() <= applied) {
            return;
        }
        engine.close();
        throw new StoreOpenException(
                "the write-ahead log (*.log) in " + path
                        + " is damaged: commits that were acknowledged are missing at its"
                        + " end. Restore the directory from a backup",
                null);
    }

    /// Transactions.
    public TransactionManager transactions() {
        return coordinator;
    }

    /// Mass writes and sizes.
    public BulkLoader bulk() {
        return bulk;
    }

    /// AUTO_INCREMENT values and ids.
    public Counters counters() {
        return counters;
    }

    /// True if writes are refused because the disk is full, as far as the last ones tell.
    public boolean isDiskFull() {
        return replicator.isDiskFull();
    }

    /// Writes a consistent copy into `target`, which must not exist; it can be opened as a
    /// store. Writers go on.
    public void checkpoint(Path target) {
        if (Files.exists(target)) {
            throw new SqlException(ErrorCode.FILE_EXISTS, target);
        }
        try {
            Files.createDirectories(target);
            engine.checkpoint(target.resolve("engine"));
            StoreDirectory.writeFormat(target);
        } catch (IOException e) {
            throw SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "checkpoint into " + target + ": " + e);
        }
    }

    /// Collects garbage now and returns the timestamp below which no history is kept; the
    /// background does it anyway.
    public long collectGarbage() {
        return collector.collect();
    }

    /// Refuses new commits, waits for those on their way, and frees everything. Transactions and
    /// cursors must be closed.
    @Override
    public void close() {
        collector.close();
        counters.close();
        replicator.close();
        engine.close();
        StoreDirectory locked = directory;
        if (locked != null) {
            locked.setSynced(true);
            locked.close();
        }
    }
}
