package io.qomo.store.cluster;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.DiskReserve;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.Command;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// One group on one node: the engine's write-ahead log is the log, and one sync serves all that
/// wait (group commit).
///
/// Critical path. The first proposer leads: it writes its own batch; who comes while it does is
/// queued, and the head of the queue leads the next group with all that have gathered. So a lone
/// proposer commits on its own thread without a hand-over, and under load there is one write and
/// one sync for all. Only one thread writes at a time, in queue order. Nothing slow may be done
/// under `sequencer`; the write happens outside it.
public final class LocalReplicator implements Replicator {
    private static final byte[] APPLIED_KEY = "applied".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_GROUP_BYTES = 4 << 20;
    /// The engine looks for room every five seconds, and then writes files before it takes writes again.
    private static final long RECOVERY_NANOS = 30_000_000_000L;
    private static final long PAUSE_NANOS = 100_000_000L;

    private final OrderedStore store;
    private final DiskReserve reserve;
    private final Env env;
    private final boolean syncCommits;
    private final ReentrantLock sequencer = new ReentrantLock();
    private final Condition idle = sequencer.newCondition();
    // guarded by sequencer
    private final TimestampOracle oracle;
    private final RecentCommits recent;
    private final SequencedCommits commits;
    private final ArrayDeque<Proposal> queue = new ArrayDeque<>();
    private boolean isLed;
    private boolean isClosed;
    // owned by the leader
    private final WriteBatch merged = new WriteBatch(1 << 16);
    private volatile long appliedTimestamp;
    private volatile boolean isFull;

    /// Continues where `store` was left; with `syncCommits` a command is on disk when its proposal
    /// returns.
    public LocalReplicator(OrderedStore store, DiskReserve reserve, Env env, boolean syncCommits) {
        this.store = store;
        this.reserve = reserve;
        this.env = env;
        this.syncCommits = syncCommits;
        // Of commits that were not synced the last may be gone, but nothing may be read below the horizon.
        this.appliedTimestamp = Math.max(applied(store), store.historyHorizon());
        this.oracle = new TimestampOracle(env, appliedTimestamp);
        this.recent = new RecentCommits(appliedTimestamp);
        this.commits = new SequencedCommits(sequencer, recent);
    }

    /// The last commit that `store` has.
    public static long applied(OrderedStore store) {
        byte[] applied = store.meta(APPLIED_KEY);
        return applied == null
                ? 0
                : ByteBuffer.wrap(applied).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Override
    public long propose(Command command) {
        if (command.room() == Command.Room.TAKES && reserve.isOut()) {
            throw new SqlException(ErrorCode.DISK_FULL, reserve.directory());
        }
        try {
            return proposeOnce(command);
        } catch (SqlException e) {
            if (e.code() != ErrorCode.DISK_FULL
                    || command.room() != Command.Room.MAKES
                    || !(reserve.open() || reserve.isOut())) {
                throw e;
            }
            return proposeInReserve(command, e);
        }
    }

    /// Tries until the engine has found the room that was given free.
    private long proposeInReserve(Command command, SqlException first) {
        SqlException last = first;
        long end = env.nanoTime() + RECOVERY_NANOS;
        while (env.nanoTime() - end < 0) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            try {
                return proposeOnce(command);
            } catch (SqlException e) {
                if (e.code() != ErrorCode.DISK_FULL) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    /// True if the last write found no room, or the reserve is open.
    public boolean isDiskFull() {
        return reserve.isOut() || isFull;
    }

    private long proposeOnce(Command command) {
        Proposal proposal = sequence(command);
        Proposal.State state = proposal.await();
        if (state == Proposal.State.LEADER) {
            lead();
        }
        RuntimeException failure = proposal.failure();
        if (failure != null) {
            throw failure;
        }
        return proposal.timestamp;
    }

    private Proposal sequence(Command command) {
        sequencer.lock();
        try {
            if (isClosed) {
                throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
            }
            long timestamp = oracle.next();
            command.evaluate(timestamp, recent);
            Proposal.State state = isLed ? Proposal.State.QUEUED : Proposal.State.LEADER;
            isLed = true;
            Proposal proposal = new Proposal(command, timestamp, state);
            queue.addLast(proposal);
            return proposal;
        } finally {
            sequencer.unlock();
        }
    }

    /// Writes the group at the head of the queue, tells its proposers, and appoints the next
    /// leader.
    private void lead() {
        List<Proposal> group = nextGroup();
        long lastTimestamp = group.getLast().timestamp;
        RuntimeException failure = null;
        try {
            write(group, lastTimestamp);
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "write of a commit group: " + e);
        }
        isFull = failure instanceof SqlException e && e.code() == ErrorCode.DISK_FULL;
        handOver(failure == null ? lastTimestamp : 0);
        for (Proposal proposal : group) {
            proposal.finish(failure);
        }
    }

    private List<Proposal> nextGroup() {
        List<Proposal> group = new ArrayList<>();
        sequencer.lock();
        try {
            long bytes = 0;
            Proposal next = queue.peekFirst();
            while (next != null
                    && (group.isEmpty() || bytes + next.command.batch().length() <= MAX_GROUP_BYTES)) {
                bytes += next.command.batch().length();
                group.add(queue.removeFirst());
                next = queue.peekFirst();
            }
        } finally {
            sequencer.unlock();
        }
        return group;
    }

    private void write(List<Proposal> group, long lastTimestamp) {
        WriteBatch batch = merged;
        for (Proposal proposal : group) {
            proposal.command.batch().stamp(proposal.timestamp);
        }
        if (group.size() == 1) {
            batch = group.getFirst().command.batch();
        } else {
            merged.clear();
            for (Proposal proposal : group) {
                merged.append(proposal.command.batch());
            }
        }
        byte[] applied = new byte[Long.BYTES];
        ByteBuffer.wrap(applied).order(ByteOrder.LITTLE_ENDIAN).putLong(lastTimestamp);
        batch.putMeta(APPLIED_KEY, applied);
        store.write(batch, syncCommits);
    }

    private void handOver(long written) {
        sequencer.lock();
        try {
            if (written > 0) {
                appliedTimestamp = written;
                recent.applied(written);
            }
            Proposal next = queue.peekFirst();
            if (next == null) {
                isLed = false;
                idle.signalAll();
            } else {
                next.appoint();
            }
        } finally {
            sequencer.unlock();
        }
    }

    @Override
    public void confirmLeads() {
        // there is no other
    }

    @Override
    public long appliedTimestamp() {
        return appliedTimestamp;
    }

    @Override
    public void dropHistory(long timestamp) {
        store.dropHistory(timestamp);
    }

    @Override
    public SequencedCommits commits() {
        return commits;
    }

    @Override
    public void close() {
        sequencer.lock();
        try {
            isClosed = true;
            while (isLed) {
                idle.awaitUninterruptibly();
            }
        } finally {
            sequencer.unlock();
        }
    }
}
