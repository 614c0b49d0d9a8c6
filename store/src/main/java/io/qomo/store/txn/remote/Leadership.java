package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.MetaCommand;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.BulkWriter;
import io.qomo.store.txn.GarbageCollector;
import io.qomo.store.txn.GroupLeader;
import io.qomo.store.txn.PersistentCounters;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a node does for the whole cluster while it leads the group.
final class Leadership {
    private final long id;
    private final Replicator replicator;
    private final GroupLeader leader;
    private final PersistentCounters counters;
    private final BulkWriter bulk;
    private final GarbageCollector collector;
    private final Map<Long, BulkLoader.Changes> changes = new ConcurrentHashMap<>();
    private final AtomicLong nextChanges = new AtomicLong();
    private final NoteCollector notes;
    private final Admissions admissions;
    private final Map<Gateway, GroupLeader.Held> held = new ConcurrentHashMap<>();
    private final long beganNanos;

    Leadership(OrderedStore store, Replicator replicator, Duration retention, Env env) {
        this.id = env.randomLong();
        this.replicator = replicator;
        this.leader = new GroupLeader(store, replicator, env);
        this.counters = new PersistentCounters(store, replicator);
        this.bulk = new BulkWriter(store, replicator);
        this.collector = new GarbageCollector(leader, env, retention);
        collector.start();
        this.admissions = new Admissions(store, this::write);
        this.beganNanos = env.nanoTime();
        this.notes = new NoteCollector(store, replicator, env);
        notes.start();
    }

    /// Tells it from others.
    long id() {
        return id;
    }

    GroupLeader leader() {
        return leader;
    }

    PersistentCounters counters() {
        return counters;
    }

    BulkWriter bulk() {
        return bulk;
    }

    /// A snapshot for a gateway, and history for those it uses.
    GroupLeader.Hold take(Gateway gateway, long oldest) {
        return held.computeIfAbsent(gateway, g -> leader.new Held()).take(oldest);
    }

    /// A gateway uses no snapshots any more.
    void letGo(Gateway gateway) {
        GroupLeader.Held known = held.remove(gateway);
        if (known != null) {
            known.close();
        }
    }

    /// The gateways that may use snapshots.
    Set<Gateway> holders() {
        return held.keySet();
    }

    Admissions admissions() {
        return admissions;
    }

    /// When it began, by this node's clock.
    long beganNanos() {
        return beganNanos;
    }

    GarbageCollector collector() {
        return collector;
    }

    /// Writes a meta key, or removes it.
    void write(byte[] key, byte @Nullable [] value) {
        WriteBatch batch = new WriteBatch(64);
        if (value == null) {
            batch.deleteMeta(key);
        } else {
            batch.putMeta(key, value);
        }
        replicator.propose(new MetaCommand(batch));
    }

    /// Begins to note changes, and returns the number of the notes.
    long beginChanges(byte[] from, byte[] toExclusive) {
        long id = nextChanges.incrementAndGet();
        changes.put(id, bulk.changes(from, toExclusive));
        return id;
    }

    BulkLoader.@Nullable Changes changes(long id) {
        return changes.get(id);
    }

    void endChanges(long id) {
        BulkLoader.Changes ended = changes.remove(id);
        if (ended != null) {
            ended.close();
        }
    }

    /// It is over: nothing begun here goes on. Does not wait.
    void end() {
        leader.retire();
        collector.stop();
        notes.stop();
    }
}
