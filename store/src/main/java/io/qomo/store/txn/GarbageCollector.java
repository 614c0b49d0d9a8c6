package io.qomo.store.txn;

import io.qomo.base.env.Env;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.TimestampOracle;
import io.qomo.store.replica.mvcc.DropRangeCommand;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the history horizon forward and removes dropped ranges below it, in a thread of its own.
///
/// The horizon stays `retention` behind the present and never passes an open snapshot. The versions
/// below it are dropped by the engine when it rewrites its files, so a round costs next to nothing.
public final class GarbageCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

    private final GroupLeader leader;
    private final Env env;
    private final Duration retention;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean isClosed;
    private volatile boolean isStopped;
    private volatile @Nullable Thread thread;
    /// Guarded by `lock`.
    private long horizon;

    /// Keeps at least `retention` of history.
    public GarbageCollector(GroupLeader leader, Env env, Duration retention) {
        this.leader = leader;
        this.env = env;
        this.retention = retention;
    }

    /// Begins to work in the background.
    public void start() {
        long pauseNanos = Math.clamp(retention.toNanos() / 10, 1_000_000_000L, 60_000_000_000L);
        Thread started = env.threads("store-gc").newThread(() -> loop(pauseNanos));
        thread = started;
        started.start();
    }

    private void loop(long pauseNanos) {
        long due = env.nanoTime() + pauseNanos;
        while (!isClosed && !isStopped && !Thread.currentThread().isInterrupted()) {
            long left = due - env.nanoTime();
            if (left > 0) {
                env.parkNanos(this, left);
            } else {
                collectQuietly();
                due = env.nanoTime() + pauseNanos;
            }
        }
    }

    private void collectQuietly() {
        try {
            collect();
        } catch (NotLeaderException e) {
            LOG.atDebug().setCause(e).log("garbage is another node's business now");
        } catch (SqlException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("garbage collection failed and will be tried again");
        }
    }

    /// One round, now; returns the horizon.
    public long collect() {
        lock.lock();
        try {
            if (isClosed) {
                return horizon;
            }
            long past = TimestampOracle.at(Math.max(0, env.wallMicros() / 1000 - retention.toMillis()));
            long wished = Math.min(past, leader.replicator().appliedTimestamp());
            long reached = leader.snapshots().horizon(wished);
            if (reached > horizon) {
                leader.replicator().dropHistory(reached);
                horizon = reached;
            }
            for (DroppedRanges.Range range : DroppedRanges.list(leader.store())) {
                if (range.droppedAt() < horizon) {
                    remove(range);
                }
            }
            return horizon;
        } finally {
            lock.unlock();
        }
    }

    private void remove(DroppedRanges.Range range) {
        leader.store().reclaim(range.from(), range.toExclusive());
        leader.replicator().propose(new DropRangeCommand(range.from(), range.toExclusive(), range.noteKey()));
    }

    /// Ends the work in the background without waiting for a round that is going on.
    public void stop() {
        isStopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        Thread started;
        lock.lock();
        try {
            isClosed = true;
            started = thread;
        } finally {
            lock.unlock();
        }
        if (started != null) {
            LockSupport.unpark(started);
            try {
                started.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
