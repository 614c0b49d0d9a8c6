package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.option.RaftOptions;
import io.qomo.base.env.Env;
import io.qomo.base.error.Check;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.cluster.log.GroupLog;
import io.qomo.store.cluster.log.HardState;
import io.qomo.store.cluster.rpc.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One replication group on this node: a member that follows, or leads.
///
/// ```
/// follows ─ leads(term): all earlier entries are applied ─→ leads
///    ↑                                                        │
///    └──── leadsNoMore: stepped down, or the node stops ──────┘
/// ```
public final class RaftGroup implements GroupMember {
    private static final Logger LOG = LoggerFactory.getLogger(RaftGroup.class);
    private static final long MEMBERSHIP_TIMEOUT_MS = 600_000;
    /// Log that is kept at least; behind twice as much a node that was away gets a copy of the replica
    /// instead.
    private static final long SNAPSHOT_BYTES = 64L << 20;
    private static final int QUEUE_EVENTS = 2048;

    private final Settings settings;
    private final Env env;
    private final GroupReplica replica;
    private final LeaderListener listener;
    private final NodeImpl node;
    private volatile @Nullable LeaderReplicator leading;
    private volatile @Nullable LeaderLease lease;
    private volatile long leader;
    private volatile List<Long> members = List.of();

    /// What a group is made of.
    ///
    /// @param clusterId       of the cluster, in text
    /// @param group           its number
    /// @param node            the id of this node
    /// @param electionTimeout how long followers wait for a leader
    /// @param snapshots       directory for copies of the replica
    public record Settings(String clusterId, long group, long node, Duration electionTimeout, Path snapshots) {
        String name() {
            return "c" + clusterId + "-" + group;
        }
    }

    /// Learns when this node leads the group. Called on the log's thread: must be quick.
    public interface LeaderListener {
        /// This node leads, by way of `replicator`, until [#leadsNoMore].
        void leads(Replicator replicator, long term);

        /// What was begun here as a leader is void.
        void leadsNoMore();
    }

    static {
        LibrarySignals.keepWhile(() -> NodeImpl.GLOBAL_NUM_NODES.get());
    }

    private RaftGroup(Settings settings, ReplicaStore store, LeaderListener listener, Env env) {
        this.settings = settings;
        this.env = env;
        this.replica = new GroupReplica(store);
        this.listener = listener;
        this.node = new NodeImpl(settings.name(), RaftPeers.peer(settings.node()));
    }

    /// Has the node's transport serve its groups; before it starts.
    public static void serve(Transport transport) {
        RaftService.register(transport);
    }

    /// Makes a new group with this node as its only member, whose state is what `store` holds. Its log begins
    /// behind a snapshot, so that whoever joins gets that state first. Again after a crash in between.
    public static void found(Settings settings, GroupLog log, ReplicaStore store) {
        new GroupReplica(store).found();
        try {
            FirstSnapshot.write(settings.snapshots(), store, RaftPeers.peer(settings.node()), raftOptions());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + settings.snapshots(), e);
        }
        log.saveHardState(new HardState(FirstSnapshot.TERM, ""));
        log.reset(FirstSnapshot.INDEX + 1);
    }

    /// Whether a log is that of a group this node belongs to.
    public static boolean isMember(GroupLog log) {
        return log.hardState().term() > 0;
    }

    /// Opens this node's replica. One that was never a member waits to be made one.
    public static RaftGroup open(
            Settings settings,
            GroupLog log,
            ReplicaStore store,
            Transport transport,
            AddressBook directory,
            LeaderListener listener,
            Env env) {
        RaftGroup group = new RaftGroup(settings, store, listener, env);
        VoteGuard guard = new VoteGuard(settings.electionTimeout().toMillis(), env);
        RaftPeers peers = new RaftPeers(transport, directory::address, (int) (settings.group() & 0xFFFF), guard);
        RaftNodeOptions options = new RaftNodeOptions(peers);
        options.setServiceFactory(new RaftStorageFactory(log));
        options.setRaftOptions(raftOptions());
        options.setElectionTimeoutMs((int) settings.electionTimeout().toMillis());
        options.setLeaderLeaseTimeRatio(70);
        // by size instead, see Listening
        options.setSnapshotIntervalSecs(0);
        options.setLogUri("shared");
        options.setRaftMetaUri("shared");
        options.setSnapshotUri(settings.snapshots().toString());
        options.setSharedElectionTimer(true);
        options.setSharedVoteTimer(true);
        options.setSharedStepDownTimer(true);
        options.setSharedSnapshotTimer(true);
        options.setSharedTimerPool(true);
        options.setDisableCli(true);
        options.setFsm(new GroupStateMachine(
                settings.group(), group.replica, store, group.new Listening(), env.threads("group-snapshot")));
        NodeManager.getInstance().addAddress(RaftPeers.endpoint(settings.node()));
        Check.that(group.node.init(options), "the replica cannot be opened", "group", settings.group());
        return group;
    }

    /// Where the nodes of the cluster are, as far as is known here.
    @FunctionalInterface
    public interface AddressBook {
        /// The address of a node, or null.
        io.qomo.store.cluster.rpc.@Nullable NodeAddress address(long nodeId);
    }

    private static RaftOptions raftOptions() {
        RaftOptions options = new RaftOptions();
        options.setDisruptorBufferSize(QUEUE_EVENTS);
        options.setMaxByteCountPerRpc(1 << 20);
        options.setMaxBodySize(1 << 20);
        options.setMaxReplicatorInflightMsgs(64);
        options.setOpenStatistics(false);
        options.setMaxLogsInMemoryBytes(64 << 20);
        return options;
    }

    @Override
    public long leader() {
        return leading != null ? settings.node() : leader;
    }

    /// The ids of the nodes that hold a replica, as committed.
    public List<Long> members() {
        return members;
    }

    @Override
    public boolean holds(long timestamp) {
        return replica.holds(timestamp);
    }

    /// The index of the last entry of the log that is in the replica here.
    public long appliedIndex() {
        return replica.appliedIndex();
    }

    /// Everything up to this timestamp is in the replica here.
    public long appliedTimestamp() {
        return replica.appliedTimestamp();
    }

    /// Makes a node a member and returns when it holds what the others hold. Throws [NotLeaderException].
    public void addMember(long nodeId) {
        change("adding node " + nodeId, done -> node.addPeer(RaftPeers.peer(nodeId), done));
    }

    /// Takes a node out. Throws [NotLeaderException].
    public void removeMember(long nodeId) {
        change("removing node " + nodeId, done -> node.removePeer(RaftPeers.peer(nodeId), done));
    }

    private void change(String what, Consumer<Closure> request) {
        CompletableFuture<Status> outcome = new CompletableFuture<>();
        request.accept(outcome::complete);
        Status status;
        try {
            status = outcome.get(MEMBERSHIP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotLeaderException(what + " was interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new NotLeaderException(what + " did not end in time");
        }
        if (!status.isOk()) {
            throw new NotLeaderException(what + ": " + status.getErrorMsg());
        }
        LOG.atInfo().addKeyValue("group", settings.group()).log(what + " is done");
    }

    /// Asks another member to take over; returns at once. False if this node does not lead.
    public boolean handOver(long nodeId) {
        LeaderLease held = lease;
        if (held != null) {
            held.handOver();
        }
        return node.transferLeadershipTo(RaftPeers.peer(nodeId)).isOk();
    }

    /// Hears the state machine.
    private final class Listening implements GroupStateMachine.Events {
        private final AtomicBoolean isSaving = new AtomicBoolean();
        /// Applied since the last snapshot; by the log's thread.
        private long unsaved;

        @Override
        public void leads(long term) {
            LeaderLease fresh = new LeaderLease(node, env);
            lease = fresh;
            LeaderReplicator replicator = new LeaderReplicator(new LibraryLog(node, term, fresh), replica, env);
            leading = replicator;
            LOG.atInfo()
                    .addKeyValue("group", settings.group())
                    .addKeyValue("term", term)
                    .log("this node leads the group");
            listener.leads(replicator, term);
        }

        @Override
        public void leadsNoMore() {
            LeaderReplicator ended = leading;
            leading = null;
            if (ended != null) {
                listener.leadsNoMore();
                ended.close();
                LOG.atInfo().addKeyValue("group", settings.group()).log("this node leads the group no more");
            }
        }

        @Override
        public void follows(LeaderChangeContext context) {
            leader = RaftPeers.nodeId(context.getLeaderId());
            LOG.atInfo()
                    .addKeyValue("group", settings.group())
                    .addKeyValue("leader", leader)
                    .log("this node follows");
        }

        @Override
        public void membersChanged(Configuration configuration) {
            members = configuration.getPeers().stream()
                    .map(RaftGroup::id)
                    .sorted()
                    .toList();
        }

        @Override
        public void applied(long bytes) {
            unsaved += bytes;
            if (unsaved > SNAPSHOT_BYTES && isSaving.compareAndSet(false, true)) {
                unsaved = 0;
                // not on the log's own thread, whose queue the request goes through
                env.threads("group-snapshot-request").newThread(this::save).start();
            }
        }

        private void save() {
            node.snapshot(status -> {
                isSaving.set(false);
                if (!status.isOk()) {
                    LOG.atWarn()
                            .addKeyValue("group", settings.group())
                            .addKeyValue("reason", status.getErrorMsg())
                            .log("the log could not be shortened; will be tried again");
                }
            });
        }

        @Override
        public void failed(RaftException reason) {
            LOG.atError()
                    .setCause(reason)
                    .addKeyValue("group", settings.group())
                    .log("the replica stopped; restart the node once the cause is gone");
        }
    }

    private static Long id(PeerId peer) {
        return RaftPeers.nodeId(peer);
    }

    @Override
    public void close() {
        LeaderReplicator ended = leading;
        if (ended != null) {
            ended.close();
        }
        node.shutdown();
        try {
            node.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
