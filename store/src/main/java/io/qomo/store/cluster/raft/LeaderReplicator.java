package io.qomo.store.cluster.raft;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.Proposal;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.cluster.SequencedCommits;
import io.qomo.store.cluster.TimestampOracle;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.Command;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The way into the log of a group, for as long as this node leads it in one term.
///
/// Critical path. As with one node the first proposer leads: it takes all that wait, merges their batches
/// into one entry, hands that to the log and, without waiting for it, appoints the next. At most
/// [#MAX_IN_FLIGHT] entries are on their way; while that many are, proposals gather, so that under load an
/// entry carries many. Entries are handed over one at a time, in the order of their timestamps.
final class LeaderReplicator implements Replicator {
    private static final int MAX_IN_FLIGHT = 3;
    private static final int MAX_GROUP_BYTES = 4 << 20;
    private static final String ENDED = "this node does not lead the group any more";

    private final EntryLog log;
    private final GroupReplica replica;
    private final ReentrantLock sequencer = new ReentrantLock();
    // guarded by sequencer
    private final TimestampOracle oracle;
    private final RecentCommits recent;
    private final SequencedCommits commits;
    private final ArrayDeque<Proposal> queue = new ArrayDeque<>();
    private int inFlight;
    private boolean isLed;
    private boolean isEnded;
    /// Goes out with every entry.
    private volatile long horizon;

    /// Leads from now on: all entries of earlier terms are applied.
    LeaderReplicator(EntryLog log, GroupReplica replica, Env env) {
        this.log = log;
        this.replica = replica;
        long applied = replica.appliedTimestamp();
        this.oracle = new TimestampOracle(env, applied);
        this.recent = new RecentCommits(applied);
        this.commits = new SequencedCommits(sequencer, recent);
    }

    @Override
    public long propose(Command command) {
        Proposal proposal = sequence(command);
        if (proposal.await() == Proposal.State.LEADER) {
            lead();
            proposal.awaitOutcome();
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
            checkLeads();
            long timestamp = oracle.next();
            command.evaluate(timestamp, recent);
            boolean leads = !isLed && inFlight < MAX_IN_FLIGHT;
            isLed |= leads;
            Proposal proposal = new Proposal(command, timestamp, leads ? Proposal.State.LEADER : Proposal.State.QUEUED);
            queue.addLast(proposal);
            return proposal;
        } finally {
            sequencer.unlock();
        }
    }

    private void checkLeads() {
        if (isEnded) {
            throw new NotLeaderException(ENDED);
        }
    }

    /// Hands the proposals at the head of the queue to the log as one entry, and appoints the next leader.
    private void lead() {
        CommitGroup group = nextGroup();
        try {
            WriteBatch batch = group.merge();
            log.append(EntryCodec.encode(group.lastTimestamp, group.horizon, batch), group);
        } catch (RuntimeException | Error e) {
            group.fail(SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "write of a commit group: " + e));
        }
        List<Proposal> refused = List.of();
        sequencer.lock();
        try {
            isLed = false;
            if (isEnded) {
                refused = takeAll();
            } else {
                appointNext();
            }
        } finally {
            sequencer.unlock();
        }
        refuse(refused);
    }

    /// Called under the sequencer.
    private List<Proposal> takeAll() {
        List<Proposal> all = List.copyOf(queue);
        queue.clear();
        return all;
    }

    private static void refuse(List<Proposal> proposals) {
        for (Proposal proposal : proposals) {
            proposal.finish(new NotLeaderException(ENDED));
        }
    }

    private CommitGroup nextGroup() {
        sequencer.lock();
        try {
            List<Proposal> group = new ArrayList<>();
            long bytes = 0;
            Proposal next = queue.peekFirst();
            while (next != null
                    && (group.isEmpty() || bytes + next.command.batch().length() <= MAX_GROUP_BYTES)) {
                bytes += next.command.batch().length();
                group.add(queue.removeFirst());
                next = queue.peekFirst();
            }
            inFlight++;
            return new CommitGroup(group);
        } finally {
            sequencer.unlock();
        }
    }

    /// Called under the sequencer.
    private void appointNext() {
        Proposal next = queue.peekFirst();
        if (next != null && !isLed && inFlight < MAX_IN_FLIGHT && !isEnded) {
            isLed = true;
            next.appoint();
        }
    }

    /// Proposals that share an entry; the log tells it the outcome, on its own thread.
    final class CommitGroup {
        private final List<Proposal> proposals;
        final long lastTimestamp;
        final long horizon = LeaderReplicator.this.horizon;
        private @Nullable WriteBatch batch;
        private final AtomicBoolean hasEnded = new AtomicBoolean();

        CommitGroup(List<Proposal> proposals) {
            this.proposals = proposals;
            this.lastTimestamp = proposals.getLast().timestamp;
        }

        WriteBatch merge() {
            for (Proposal proposal : proposals) {
                proposal.command.batch().stamp(proposal.timestamp);
            }
            WriteBatch merged;
            if (proposals.size() == 1) {
                merged = proposals.getFirst().command.batch();
            } else {
                merged = new WriteBatch(1 << 12);
                for (Proposal proposal : proposals) {
                    merged.append(proposal.command.batch());
                }
            }
            GroupReplica.addTimestamp(merged, lastTimestamp);
            batch = merged;
            return merged;
        }

        /// The entry is committed: applies it, on the log's thread.
        void apply(long index, long entryTerm) {
            WriteBatch merged = batch;
            if (merged != null) {
                replica.apply(index, entryTerm, lastTimestamp, horizon, merged);
                batch = null;
            }
        }

        /// It is committed and applied.
        void committed() {
            end(null);
        }

        /// It certainly has no place in any log.
        void refused(String reason) {
            end(new NotLeaderException(reason));
        }

        /// It may be in the log of a node that will lead, and be committed there.
        void unknown(String reason) {
            end(new SqlException(ErrorCode.UNKNOWN_OUTCOME, reason));
        }

        void fail(RuntimeException failure) {
            end(failure);
        }

        private void end(@Nullable RuntimeException failure) {
            // a log that shuts down both throws and calls back
            if (!hasEnded.compareAndSet(false, true)) {
                return;
            }
            sequencer.lock();
            try {
                inFlight--;
                if (failure == null) {
                    recent.applied(lastTimestamp);
                }
                appointNext();
            } finally {
                sequencer.unlock();
            }
            for (Proposal proposal : proposals) {
                proposal.finish(failure);
            }
        }
    }

    @Override
    public void confirmLeads() {
        log.confirmLeads();
    }

    @Override
    public long appliedTimestamp() {
        return replica.appliedTimestamp();
    }

    @Override
    public void dropHistory(long timestamp) {
        horizon = timestamp;
    }

    @Override
    public SequencedCommits commits() {
        return commits;
    }

    /// The term is over, or the node stops: refuses what comes and what has not entered the log; the log
    /// tells the rest.
    @Override
    public void close() {
        List<Proposal> refused = List.of();
        sequencer.lock();
        try {
            isEnded = true;
            if (!isLed) {
                refused = takeAll();
            }
        } finally {
            sequencer.unlock();
        }
        refuse(refused);
    }
}
