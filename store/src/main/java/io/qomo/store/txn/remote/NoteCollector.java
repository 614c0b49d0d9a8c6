package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.MetaCommand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the notes of commits that nobody asks for any more, in a thread of its own while the node leads.
final class NoteCollector {
    /// How long notes are kept, by the clock that does not jump; gateways believe an absent one for less
    /// ([#BELIEVED_NANOS]).
    private static final long KEPT_NANOS = 120_000_000_000L;
    /// How long after its commit a transaction may be concluded from an absent note not to have committed.
    static final long BELIEVED_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(NoteCollector.class);
    private static final long PAUSE_NANOS = 10_000_000_000L;
    private static final int BATCH = 4096;

    private final OrderedStore store;
    private final Replicator replicator;
    private final Thread thread;
    private final Env env;
    /// What was applied when; by the thread.
    private final ArrayDeque<long[]> moments = new ArrayDeque<>();
    private volatile boolean isStopped;

    NoteCollector(OrderedStore store, Replicator replicator, Env env) {
        this.store = store;
        this.replicator = replicator;
        this.env = env;
        this.thread = env.threads("store-notes").newThread(this::work);
    }

    void start() {
        thread.start();
    }

    void stop() {
        isStopped = true;
        LockSupport.unpark(thread);
    }

    private void work() {
        while (!isStopped) {
            env.parkNanos(this, PAUSE_NANOS);
            try {
                long horizon = horizon();
                while (!isStopped && horizon > 0 && collect(horizon) == BATCH) {
                    LOG.atDebug().log("more notes to remove");
                }
            } catch (NotLeaderException | SqlException e) {
                LOG.atDebug().setCause(e).log("notes could not be removed");
            }
        }
    }

    /// The newest timestamp that was applied long enough ago; 0 if none is known.
    private long horizon() {
        long now = env.nanoTime();
        moments.addLast(new long[] {now, replicator.appliedTimestamp()});
        long horizon = 0;
        long[] oldest = moments.peekFirst();
        while (oldest != null && now - oldest[0] > KEPT_NANOS) {
            horizon = oldest[1];
            moments.removeFirst();
            oldest = moments.peekFirst();
        }
        return horizon;
    }

    /// Removes some of the notes up to a timestamp; returns how many.
    private int collect(long horizon) {
        WriteBatch batch = new WriteBatch(1 << 12);
        try (KvCursor cursor = store.scanMeta(TransactionName.PREFIX, TransactionName.PREFIX_END)) {
            while (batch.count() < BATCH && cursor.next()) {
                long timestamp = ByteBuffer.wrap(cursor.copyValue())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
                if (timestamp <= horizon) {
                    batch.deleteMeta(cursor.copyKey());
                }
            }
        }
        int removed = batch.count();
        if (removed > 0) {
            replicator.propose(new MetaCommand(batch));
        }
        return removed;
    }
}
