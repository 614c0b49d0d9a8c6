package io.qomo.store;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.LocalReplicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.memory.MemoryStore;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.BulkWriter;
import io.qomo.store.txn.Coordinator;
import io.qomo.store.txn.Counters;
import io.qomo.store.txn.GarbageCollector;
import io.qomo.store.txn.PersistentCounters;
import io.qomo.store.txn.TransactionManager;
import java.nio.file.Path;

/// An open store. Thread-safe; several may be open in one process, each with a directory of its
/// own.
public final class Store implements AutoCloseable {
    private final OrderedStore engine;
    private final LocalReplicator replicator;
    private final Coordinator coordinator;
    private final PersistentCounters counters;
    private final BulkLoader bulk;
    private final GarbageCollector collector;

    private Store(OrderedStore engine, StoreOptions options, Env env) {
        this.engine = engine;
        this.replicator = new LocalReplicator(engine, env, options.syncCommits());
        this.coordinator = new Coordinator(engine, replicator, env);
        this.counters = new PersistentCounters(engine, replicator);
        this.bulk = new BulkWriter(engine, replicator);
        this.collector = new GarbageCollector(coordinator, env, options.historyRetention());
        collector.start();
    }

    /// A store without a disk; its content goes with it.
    public static Store inMemory(StoreOptions options, Env env) {
        return new Store(new MemoryStore(), options, env);
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

    /// Writes a consistent copy into `directory`, which must not exist; it can be opened as a
    /// store. Writers go on.
    public void checkpoint(Path directory) {
        engine.checkpoint(directory);
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
    }
}
