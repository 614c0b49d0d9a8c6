package io.qomo.store.txn;

import io.qomo.base.env.Env;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.replica.mvcc.CommitCommand;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Runs transactions over one group: hands them the store, the lock table and the way to commit.
public final class Coordinator implements TransactionManager {
    private final OrderedStore store;
    private final Replicator replicator;
    private final MemoryAccount buffers;
    private final LockTable locks;
    private final SnapshotRegistry snapshots = new SnapshotRegistry();
    /// Transactions with buffered writes.
    private final Set<CoordinatedTransaction> writers = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextId = new AtomicLong(1);
    private final AtomicInteger open = new AtomicInteger();

    /// Transactions on `store`, whose writes go through `replicator`.
    ///
    /// @param bufferBytes memory for the writes of all of them
    public Coordinator(OrderedStore store, Replicator replicator, long bufferBytes, Env env) {
        this.store = store;
        this.replicator = replicator;
        this.buffers = new MemoryAccount("transactions", bufferBytes);
        this.locks = new LockTable(env);
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        open.incrementAndGet();
        return new CoordinatedTransaction(this, nextId.getAndIncrement(), options);
    }

    @Override
    public long latestTimestamp() {
        return replicator.appliedTimestamp();
    }

    @Override
    public int openTransactions() {
        return open.get();
    }

    @Override
    public long bufferedBytes() {
        return buffers.usedBytes();
    }

    @Override
    public long lockWaits() {
        return locks.waits();
    }

    @Override
    public long lockWaitNanos() {
        return locks.waitNanos();
    }

    OrderedStore store() {
        return store;
    }

    /// The memory of buffered writes.
    MemoryAccount buffers() {
        return buffers;
    }

    LockTable locks() {
        return locks;
    }

    SnapshotRegistry snapshots() {
        return snapshots;
    }

    Replicator replicator() {
        return replicator;
    }

    /// Commits; what was read is compared with the commits before it ahead of its turn.
    long commit(CommitCommand command) {
        validate(command);
        return replicator.propose(command);
    }

    /// Throws `DEADLOCK` if something the transaction read has changed.
    void validate(CommitCommand command) {
        if (command.isValidated()) {
            command.validate(replicator.commitsAfter(command.validatedTo()));
        }
    }

    /// Whether a commit after `timestamp`, applied or on its way, wrote `key`.
    boolean isWrittenAfter(byte[] key, long timestamp) {
        for (RecentCommits.Entry commit : replicator.recentCommits()) {
            if (commit.timestamp() > timestamp && commit.contains(key)) {
                return true;
            }
        }
        return store.hasVersionAfter(key, timestamp);
    }

    void startedWriting(CoordinatedTransaction transaction) {
        locks.lockEnd(transaction.owner());
        writers.add(transaction);
    }

    void endedWriting(CoordinatedTransaction transaction) {
        writers.remove(transaction);
    }

    /// Another transaction that has written, and not committed, a key of the range; or null.
    @Nullable LockOwner writerIn(CoordinatedTransaction asking, byte[] from, byte[] toExclusive) {
        for (CoordinatedTransaction writer : writers) {
            if (writer != asking && writer.writesIn(from, toExclusive)) {
                return writer.owner();
            }
        }
        return null;
    }

    void ended() {
        open.decrementAndGet();
    }
}
