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
import io.qomo.store.txn.GroupLeader;
import io.qomo.store.txn.PersistentCounters;
import io.qomo.store.txn.TransactionManager;
import io.qomo.store.txn.remote.GroupHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An open store. Thread-safe; several may be open in one process, each with a directory of its
/// own.
public final class Store implements AutoCloseable {
    private final OrderedStore engine;
    private final Coordinator coordinator;
    private final Counters counters;
    private final BulkLoader bulk;
    private final LongSupplier collector;
    private final BooleanSupplier isDiskFull;
    private final Runnable closing;

    private Store(
            OrderedStore engine,
            DiskReserve reserve,
            @Nullable StoreDirectory directory,
            StoreOptions options,
            Env env) {
        this.engine = engine;
        LocalReplicator replicator = new LocalReplicator(engine, reserve, env, options.syncCommits());
        GroupLeader leader = new GroupLeader(engine, replicator, env);
        this.coordinator = new Coordinator(leader, options.transactionBytes());
        PersistentCounters persistent = new PersistentCounters(engine, replicator);
        this.counters = persistent;
        this.bulk = new BulkWriter(engine, replicator);
        GarbageCollector garbage = new GarbageCollector(leader, env, options.historyRetention());
        garbage.start();
        this.collector = garbage::collect;
        this.isDiskFull = replicator::isDiskFull;
        this.closing = () -> {
            garbage.close();
            persistent.close();
            replicator.close();
            engine.close();
            if (directory != null) {
                directory.setSynced(true);
                directory.close();
            }
        };
    }

    private Store(OrderedStore replica, GroupHost host, StoreOptions options) {
        this.engine = replica;
        this.coordinator = new Coordinator(host.participants(), options.transactionBytes());
        this.counters = host.counters();
        this.bulk = host.bulk();
        this.collector = host::collectGarbage;
        this.isDiskFull = () -> false;
        this.closing = () -> {};
    }

    /// The store of a cluster, as a member sees it; what it is made of belongs to the member.
    public static Store clustered(OrderedStore replica, GroupHost host, StoreOptions options) {
        return new Store(replica, host, options);
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

    /// History is dropped up to commits that are in the log, so when it was dropped up to a later one than
    /// the last that is left, the log has lost its end.
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
        return isDiskFull.getAsBoolean();
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
        return collector.getAsLong();
    }

    /// Refuses new commits, waits for those on their way, and frees everything. Transactions and
    /// cursors must be closed.
    @Override
    public void close() {
        closing.run();
    }
}
