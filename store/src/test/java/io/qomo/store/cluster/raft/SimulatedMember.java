package io.qomo.store.cluster.raft;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.kv.OrderedStore;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A small model of what the library does: elections with a round of asking before the vote,
/// replication, leases; under the real [LeaderReplicator] and [GroupReplica].
///
/// Messages and timers run on the simulation's thread; what the library does on the log's thread (apply,
/// tell who leads) runs on a thread of the process. As in the library the leader tells that it leads
/// once the first entry of its term is applied, and entries on their way when it steps down are of
/// unknown outcome. A follower that has just heard from the leader refuses to be asked before a vote, as in
/// the library, and the vote, as [VoteGuard] has it.
public final class SimulatedMember implements GroupMember {
    /// How long followers wait for a leader.
    public static final long ELECTION_NANOS = 600_000_000L;

    private static final long HEARTBEAT_NANOS = ELECTION_NANOS / 10;
    private static final long LEASE_NANOS = ELECTION_NANOS * 7 / 10;
    private static final long CONFIRM_NANOS = 2_000_000_000L;
    private static final int MAX_ENTRIES = 16;

    private final long self;
    private final List<Long> members;
    private final Disk disk;
    private final World world;
    private final Env env;
    private final GroupReplica replica;
    private final RaftGroup.LeaderListener listener;
    private final Thread logThread;
    private final ArrayDeque<Runnable> logTasks = new ArrayDeque<>();
    private final Map<Long, Peer> peers = new HashMap<>();
    private final Map<Long, LeaderReplicator.CommitGroup> pending = new HashMap<>();
    private Role role = Role.FOLLOWER;
    private long leader;
    private long heardNanos;
    private long followedNanos;
    private boolean hasFollowed;
    private long round;
    private int votes;
    private long commitIndex;
    private long handedIndex;
    private long appliedIndex;
    private long firstOfTerm;
    private @Nullable LeaderReplicator leading;

    /// The other nodes, chance, and timers that end with the process.
    public interface World {
        /// Has a message handled by a member on another node, perhaps.
        void send(long to, Consumer<SimulatedMember> message);

        /// Has something happen later.
        void after(long nanos, Runnable action);

        /// A duration, short ones more often.
        long skewed(long fromNanos, long toNanos);

        /// Tosses a coin.
        boolean chance(double probability);
    }

    /// What survives a crash.
    public static final class Disk {
        private final List<Entry> log = new ArrayList<>();
        private long term;
        private long votedFor;
        /// Entries that a crash does not take.
        private long synced;

        /// Loses some of what was not synced; `keep` from 0 to 1 says how much stays.
        public void crash(double keep) {
            long kept = synced + Math.round((log.size() - synced) * keep);
            while (log.size() > kept) {
                log.removeLast();
            }
            synced = kept;
        }

        /// Entries in the log.
        public long lastIndex() {
            return log.size();
        }

        /// Fills an empty store with the first `index` entries.
        public void replay(OrderedStore store, long index) {
            GroupReplica replica = new GroupReplica(store);
            for (int i = 1; i <= index; i++) {
                Entry entry = log.get(i - 1);
                replica.apply(i, entry.term, entry.data.duplicate());
            }
        }
    }

    private record Entry(long term, ByteBuffer data) {}

    private enum Role {
        FOLLOWER,
        CANDIDATE,
        LEADER
    }

    /// Another member as the leader sees it.
    private static final class Peer {
        long next;
        long match;
        /// When the newest request that it has answered was sent.
        long heardNanos;
    }

    /// A member that goes on where `disk` and `store` were left.
    public SimulatedMember(
            long self,
            List<Long> members,
            Disk disk,
            OrderedStore store,
            RaftGroup.LeaderListener listener,
            World world,
            Env env) {
        this.self = self;
        this.members = members;
        this.disk = disk;
        this.world = world;
        this.env = env;
        this.replica = new GroupReplica(store);
        this.listener = listener;
        this.commitIndex = replica.appliedIndex();
        this.handedIndex = commitIndex;
        this.appliedIndex = commitIndex;
        this.heardNanos = env.nanoTime();
        this.logThread = env.threads("log").newThread(this::work);
        logThread.start();
        awaitLeader();
    }

    private void work() {
        while (true) {
            Runnable task = logTasks.pollFirst();
            if (task == null) {
                LockSupport.park(this);
            } else {
                if (world.chance(0.05)) {
                    env.parkNanos(this, world.skewed(0, 30_000_000L));
                }
                task.run();
            }
        }
    }

    private void onLogThread(Runnable task) {
        logTasks.addLast(task);
        LockSupport.unpark(logThread);
    }

    // elections

    private void awaitLeader() {
        world.after(ELECTION_NANOS + world.skewed(0, ELECTION_NANOS), () -> {
            if (role != Role.LEADER && hasNoLeader()) {
                askBeforeVote();
            }
            awaitLeader();
        });
    }

    private boolean hasNoLeader() {
        return env.nanoTime() - heardNanos >= ELECTION_NANOS;
    }

    private long lastTerm() {
        return disk.log.isEmpty() ? 0 : disk.log.getLast().term;
    }

    private boolean isUpToDate(long lastTerm, long lastIndex) {
        return lastTerm > lastTerm() || (lastTerm == lastTerm() && lastIndex >= disk.log.size());
    }

    private boolean isMajority(int count) {
        return count * 2 > members.size();
    }

    private void toOthers(Consumer<SimulatedMember> message) {
        for (long member : members) {
            if (member != self) {
                world.send(member, message);
            }
        }
    }

    private void askBeforeVote() {
        long asked = ++round;
        votes = 1;
        long term = disk.term + 1;
        long lastTerm = lastTerm();
        long lastIndex = disk.log.size();
        toOthers(m -> {
            boolean granted =
                    term > m.disk.term && m.role != Role.LEADER && m.hasNoLeader() && m.isUpToDate(lastTerm, lastIndex);
            if (granted) {
                m.world.send(self, c -> c.heardBeforeVote(asked));
            }
        });
    }

    private void heardBeforeVote(long asked) {
        if (asked == round && role != Role.LEADER && isMajority(++votes) && !isBound()) {
            stepDown(disk.term + 1);
            role = Role.CANDIDATE;
            disk.votedFor = self;
            votes = 1;
            round++;
            long term = disk.term;
            long lastTerm = lastTerm();
            long lastIndex = disk.log.size();
            toOthers(m -> m.vote(self, term, lastTerm, lastIndex));
        }
    }

    /// Whether a lease that was given may still be trusted.
    private boolean isBound() {
        return hasFollowed && env.nanoTime() - followedNanos < ELECTION_NANOS * 9 / 10;
    }

    private void vote(long candidate, long term, long lastTerm, long lastIndex) {
        if (isBound()) {
            return;
        }
        if (term > disk.term) {
            stepDown(term);
        }
        boolean isFree = disk.votedFor == 0 || disk.votedFor == candidate;
        if (term == disk.term && isFree && isUpToDate(lastTerm, lastIndex)) {
            disk.votedFor = candidate;
            heardNanos = env.nanoTime();
            world.send(candidate, c -> c.voted(term));
        }
    }

    private void voted(long term) {
        if (role == Role.CANDIDATE && term == disk.term && isMajority(++votes)) {
            role = Role.LEADER;
            peers.clear();
            for (long member : members) {
                if (member != self) {
                    Peer peer = new Peer();
                    peer.next = disk.log.size() + 1;
                    peer.heardNanos = env.nanoTime() - ELECTION_NANOS / 2;
                    peers.put(member, peer);
                }
            }
            firstOfTerm = disk.log.size() + 1;
            append(ByteBuffer.allocate(0));
            beat(term);
            lookForQuorum(term);
        }
    }

    private void stepDown(long term) {
        boolean wasLeader = role == Role.LEADER;
        role = Role.FOLLOWER;
        if (term > disk.term) {
            disk.term = term;
            disk.votedFor = 0;
        }
        if (wasLeader) {
            heardNanos = env.nanoTime();
            List<LeaderReplicator.CommitGroup> lost = new ArrayList<>();
            for (long index = commitIndex; index <= disk.log.size(); index++) {
                LeaderReplicator.CommitGroup group = pending.remove(index);
                if (group != null) {
                    lost.add(group);
                }
            }
            boolean tellsFirst = world.chance(0.5);
            if (tellsFirst) {
                onLogThread(this::leadsNoMore);
            }
            for (LeaderReplicator.CommitGroup group : lost) {
                onLogThread(() -> group.unknown("leader stepped down"));
            }
            if (!tellsFirst) {
                onLogThread(this::leadsNoMore);
            }
        }
    }

    // replication

    private void append(ByteBuffer data) {
        disk.log.add(new Entry(disk.term, data));
        sync(() -> {});
        replicate();
    }

    /// Has what is in the log now survive crashes, soon.
    private void sync(Runnable then) {
        long size = disk.log.size();
        long term = lastTerm();
        world.after(world.skewed(20_000, 5_000_000L), () -> {
            if (disk.log.size() >= size && (size == 0 || disk.log.get((int) size - 1).term == term)) {
                disk.synced = Math.max(disk.synced, size);
                then.run();
                if (role == Role.LEADER) {
                    advance();
                }
            }
        });
    }

    private void beat(long term) {
        if (role == Role.LEADER && disk.term == term) {
            replicate();
            world.after(HEARTBEAT_NANOS, () -> beat(term));
        }
    }

    /// A leader that hears of no majority steps down, but looks only now and then.
    private void lookForQuorum(long term) {
        world.after(ELECTION_NANOS / 2, () -> {
            if (role == Role.LEADER && disk.term == term) {
                if (env.nanoTime() - quorumNanos() > ELECTION_NANOS) {
                    stepDown(term);
                } else {
                    lookForQuorum(term);
                }
            }
        });
    }

    private void replicate() {
        for (long member : members) {
            if (member != self) {
                replicate(member);
            }
        }
    }

    private void replicate(long member) {
        Peer peer = peer(member);
        long term = disk.term;
        long previous = peer.next - 1;
        long previousTerm = previous == 0 ? 0 : disk.log.get((int) previous - 1).term;
        int end = Math.min(disk.log.size(), (int) previous + MAX_ENTRIES);
        List<Entry> entries = List.copyOf(disk.log.subList((int) previous, end));
        long committed = commitIndex;
        long sentNanos = env.nanoTime();
        world.send(member, m -> m.append(self, term, previous, previousTerm, entries, committed, sentNanos));
    }

    private Peer peer(long member) {
        Peer peer = peers.get(member);
        if (peer == null) {
            throw new IllegalStateException("no member: " + member);
        }
        return peer;
    }

    private void append(
            long from, long term, long previous, long previousTerm, List<Entry> entries, long committed, long sent) {
        if (term < disk.term) {
            long newer = disk.term;
            world.send(from, l -> l.hearTerm(newer));
            return;
        }
        if (term > disk.term || role != Role.FOLLOWER) {
            stepDown(term);
        }
        leader = from;
        heardNanos = env.nanoTime();
        followedNanos = heardNanos;
        hasFollowed = true;
        boolean fits =
                previous <= disk.log.size() && (previous == 0 || disk.log.get((int) previous - 1).term == previousTerm);
        if (!fits) {
            world.send(from, l -> l.answered(self, term, -1, sent));
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            int at = (int) previous + i;
            if (at < disk.log.size() && disk.log.get(at).term != entries.get(i).term) {
                truncate(at);
            }
            if (at == disk.log.size()) {
                disk.log.add(entries.get(i));
            }
        }
        long match = previous + entries.size();
        commit(Math.min(committed, match));
        sync(() -> world.send(from, l -> l.answered(self, term, match, sent)));
    }

    private void truncate(int size) {
        if (size < commitIndex) {
            throw new IllegalStateException("the model of consensus is wrong: committed entries are cut off");
        }
        while (disk.log.size() > size) {
            disk.log.removeLast();
        }
        disk.synced = Math.min(disk.synced, size);
    }

    private void hearTerm(long term) {
        if (term > disk.term) {
            stepDown(term);
        }
    }

    private void answered(long member, long term, long match, long sentNanos) {
        if (role != Role.LEADER || term != disk.term) {
            return;
        }
        Peer peer = peer(member);
        peer.heardNanos = Math.max(peer.heardNanos, sentNanos);
        if (match < 0) {
            peer.next = Math.max(peer.match + 1, peer.next - 1 - peer.next / 4);
            replicate(member);
            return;
        }
        peer.match = Math.max(peer.match, match);
        peer.next = Math.max(peer.next, peer.match + 1);
        advance();
        if (peer.next <= disk.log.size()) {
            replicate(member);
        }
    }

    private void advance() {
        long[] matches = new long[members.size()];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = members.get(i) == self ? disk.synced : peer(members.get(i)).match;
        }
        Arrays.sort(matches);
        long quorum = matches[(matches.length - 1) / 2];
        if (quorum > commitIndex && disk.log.get((int) quorum - 1).term == disk.term) {
            commit(quorum);
        }
    }

    private void commit(long index) {
        commitIndex = Math.max(commitIndex, index);
        while (handedIndex < commitIndex) {
            long next = ++handedIndex;
            Entry entry = disk.log.get((int) next - 1);
            LeaderReplicator.CommitGroup own = pending.remove(next);
            boolean leads = role == Role.LEADER && next == firstOfTerm;
            onLogThread(() -> apply(next, entry, own, leads));
        }
    }

    private void apply(long index, Entry entry, LeaderReplicator.@Nullable CommitGroup own, boolean leads) {
        if (own != null) {
            own.apply(index, entry.term);
            own.committed();
        } else {
            replica.apply(index, entry.term, entry.data.duplicate());
        }
        appliedIndex = index;
        if (leads) {
            LeaderReplicator replicator = new LeaderReplicator(new TermLog(entry.term), replica, env);
            leading = replicator;
            listener.leads(replicator, entry.term);
        }
    }

    private void leadsNoMore() {
        LeaderReplicator ended = leading;
        leading = null;
        if (ended != null) {
            listener.leadsNoMore();
            ended.close();
        }
    }

    /// A moment since which a majority is known to have heard of this leader.
    private long quorumNanos() {
        long[] heard = new long[members.size()];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = members.get(i) == self ? env.nanoTime() : peer(members.get(i)).heardNanos;
        }
        Arrays.sort(heard);
        return heard[(heard.length - 1) / 2];
    }

    /// The log in one term.
    private final class TermLog implements EntryLog {
        private final long term;
        private long lastNanos;
        private long confirmedNanos;
        private boolean isConfirmed;

        TermLog(long term) {
            this.term = term;
        }

        private boolean leads() {
            return role == Role.LEADER && disk.term == term;
        }

        @Override
        public void append(ByteBuffer entry, LeaderReplicator.CommitGroup group) {
            // in the order of the calls
            lastNanos = Math.max(lastNanos + 1, env.nanoTime() + world.skewed(1_000, 300_000));
            world.after(lastNanos - env.nanoTime(), () -> {
                if (leads()) {
                    pending.put(disk.log.size() + 1L, group);
                    SimulatedMember.this.append(entry);
                } else {
                    onLogThread(() -> group.refused("Is not leader."));
                }
            });
        }

        @Override
        public void confirmLeads() {
            long begin = env.nanoTime();
            if (isConfirmed && begin - confirmedNanos < LeaderLease.FRESH_NANOS) {
                return;
            }
            while (leads() && env.nanoTime() - begin < CONFIRM_NANOS) {
                if (env.nanoTime() - quorumNanos() < LEASE_NANOS) {
                    isConfirmed = true;
                    confirmedNanos = env.nanoTime();
                    return;
                }
                env.parkNanos(this, 5_000_000L);
            }
            throw new NotLeaderException("leadership could not be confirmed");
        }
    }

    @Override
    public long leader() {
        return leading != null ? self : leader;
    }

    /// The last entry that is applied here.
    public long appliedIndex() {
        return appliedIndex;
    }

    /// Entries in the log here.
    public long lastIndex() {
        return disk.log.size();
    }

    @Override
    public boolean holds(long timestamp) {
        return replica.holds(timestamp);
    }

    @Override
    public void close() {
        // processes of a simulation are killed
    }
}
