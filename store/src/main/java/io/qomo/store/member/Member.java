package io.qomo.store.member;

import io.qomo.base.env.Env;
import io.qomo.store.Store;
import io.qomo.store.StoreOptions;
import io.qomo.store.cluster.log.SharedLog;
import io.qomo.store.cluster.log.SharedLogOptions;
import io.qomo.store.cluster.raft.RaftGroup;
import io.qomo.store.cluster.raft.ReplicaStore;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportCounters;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.tcp.HandshakePolicy;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import io.qomo.store.cluster.rpc.tcp.TcpTransport;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.kv.StoreDirectory;
import io.qomo.store.kv.StoreOpenException;
import io.qomo.store.txn.remote.GroupHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node that belongs to a cluster. Thread-safe.
public final class Member implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);
    /// The only group there is for now.
    private static final long GROUP = 1;
    private static final int SQL_SERVICE = 5;
    private static final int SMALL_SEGMENT_BYTES = 8 << 20;
    private static final byte[] NOTHING = {};
    private static final long PAUSE_NANOS = 2_000_000L;
    private static final long QUIESCE_NANOS = 2_000_000_000L;
    private static final long LEADERLESS_NANOS = 5_000_000_000L;
    private static final long HOUSEKEEPING_NANOS = 500_000_000L;
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ADMIT_TIMEOUT = Duration.ofMinutes(20);
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(60);

    private final Identity identity;
    private final Path identityFile;
    private final SharedLog log;
    private final TcpTransport transport;
    private final GroupHost host;
    private final NodeRegistry registry;
    private final Store store;
    private final Env env;
    private final Deque<AutoCloseable> opened;
    private final RaftGroup group;
    private final Healer healer;
    private final Thread housekeeper;
    /// Since when no leader is known; by the housekeeper.
    private long leaderlessNanos;
    /// The transport answers before the group is there.
    private volatile boolean hasGroup;
    private volatile boolean isClosing;

    /// Opens the member whose store is in `directory`: founds a cluster, joins one, or goes on in the one
    /// it belongs to. Throws [StoreOpenException], and [MembershipException] when it is not let in.
    ///
    /// @param sql answers what the SQL servers of other nodes ask, see [#send]
    public static Member open(Path directory, StoreOptions storeOptions, MemberOptions options, Handler sql, Env env) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return new Member(directory, storeOptions, options, sql, env, opened);
        } catch (IOException e) {
            closeAll(opened);
            throw new StoreOpenException("cannot listen on " + options.listen() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    /// Whether the store in `directory` belongs to a cluster and must not be opened alone.
    public static boolean isMember(Path directory) {
        return Identity.read(identityFile(directory)) != null;
    }

    private static Path identityFile(Path directory) {
        return directory.resolve("cluster").resolve("identity");
    }

    private Member(
            Path directory,
            StoreOptions storeOptions,
            MemberOptions options,
            Handler sql,
            Env env,
            Deque<AutoCloseable> opened)
            throws IOException {
        this.env = env;
        this.opened = opened;
        opened.push(StoreDirectory.open(directory));
        this.identityFile = identityFile(directory);
        Identity known = Identity.read(identityFile);
        boolean isNew = known == null;
        EngineOptions engine = new EngineOptions(
                storeOptions.cacheBytes(), storeOptions.writeBufferBytes(), storeOptions.backgroundJobs());
        ReplicaStore replica = new ReplicaStore(directory, engine, env);
        opened.push(replica);
        if (known == null) {
            known = options.join().isEmpty() ? founder(env) : Joining.join(options, replica, env);
        }
        this.identity = known;
        this.log = SharedLog.open(
                directory.resolve("cluster").resolve("log"),
                new SharedLogOptions(SMALL_SEGMENT_BYTES, SharedLogOptions.DEFAULT.cacheBytes()),
                env);
        opened.push(log);
        this.registry = new NodeRegistry(replica, known.addresses());
        this.transport = TcpTransport.open(
                TcpOptions.of(options.listen(), options.security()),
                HandshakePolicy.sameCluster(known.cluster(), known.node()),
                env);
        opened.push(transport);
        RaftGroup.Settings settings = new RaftGroup.Settings(
                known.clusterText(),
                GROUP,
                known.node(),
                options.electionTimeout(),
                directory.resolve("cluster").resolve("snapshots"));
        RaftGroup.serve(transport);
        this.host = new GroupHost(
                known.node(), replica, transport, registry::address, options.patience(), options.retention(), env);
        transport.serve(MembershipService.SERVICE, Handler.Mode.BLOCKING, new MembershipService(this));
        transport.serve(SQL_SERVICE, Handler.Mode.BLOCKING, sql);
        transport.start();
        if (isNew && options.join().isEmpty()) {
            RaftGroup.found(settings, log.group(GROUP), replica);
        }
        Path joining = directory.resolve("cluster").resolve("joining");
        if (isNew) {
            if (!options.join().isEmpty()) {
                Files.write(joining, NOTHING);
            }
            known.write(identityFile);
        }
        this.group = host.open(listener ->
                RaftGroup.open(settings, log.group(GROUP), replica, transport, registry::address, listener, env));
        hasGroup = true;
        opened.push(host);
        this.store = Store.clustered(replica, host, storeOptions);
        this.healer = new Healer(known.node(), group, host, options.replaceAfter(), env);
        this.leaderlessNanos = env.nanoTime();
        this.housekeeper = env.threads("member").newThread(this::keepHouse);
        housekeeper.start();
        // there also if it was stopped before it was let in
        if (!options.join().isEmpty() && Files.exists(joining)) {
            enter(options);
            Files.delete(joining);
        }
        LOG.atInfo()
                .addKeyValue("node", identity.node())
                .addKeyValue("cluster", identity.clusterText())
                .addKeyValue("address", transport.self())
                .log("this node is a member");
    }

    private static Identity founder(Env env) {
        byte[] cluster = new byte[Identity.CLUSTER_BYTES];
        env.secureRandom(cluster);
        return new Identity(cluster, NodeRegistry.FOUNDER, Map.of());
    }

    /// Becomes a member of the group: tells where it is, and is added.
    private void enter(MemberOptions options) {
        long deadline = env.nanoTime() + JOIN_PATIENCE.toNanos();
        for (int attempt = 0; ; attempt++) {
            try {
                NodeAddress asked = options.join().get(attempt % options.join().size());
                MembershipService.ask(
                        transport,
                        asked,
                        ASK_TIMEOUT,
                        "ANNOUNCE",
                        String.valueOf(identity.node()),
                        transport.self().toString());
                MembershipService.ask(transport, asked, ADMIT_TIMEOUT, "ADMIT", String.valueOf(identity.node()));
                return;
            } catch (TransportException | MembershipException e) {
                if (env.nanoTime() - deadline > 0) {
                    throw new MembershipException("the cluster does not let this node in: " + e.getMessage());
                }
                LockSupport.parkNanos(this, HOUSEKEEPING_NANOS);
            }
        }
    }

    private void keepHouse() {
        while (!isClosing) {
            try {
                registry.refresh();
                announce();
                keepAddresses();
                healer.heal();
                comeBack();
            } catch (TransportException | MembershipException | io.qomo.store.cluster.NotLeaderException e) {
                LOG.atDebug().setCause(e).log("will be tried again");
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("membership could not be looked after; will be tried again");
            }
            LockSupport.parkNanos(this, HOUSEKEEPING_NANOS);
        }
    }

    /// Sees to it that the cluster knows where this node is.
    private void announce() {
        NodeInfo own = new NodeInfo(identity.node(), transport.self());
        if (own.equals(registry.node(identity.node()))) {
            return;
        }
        NodeAddress leader = leaderAddress();
        if (host.leads()) {
            register(own);
        } else if (leader != null && registry.node(identity.node()) != null) {
            MembershipService.ask(
                    transport,
                    leader,
                    ASK_TIMEOUT,
                    "ANNOUNCE",
                    String.valueOf(own.id()),
                    own.address().toString());
        }
    }

    /// A node that hears of no leader for long may have been taken out of the group while it was away: it asks to be
    /// taken
    /// in again.
    private void comeBack() {
        if (group.leader() != 0) {
            leaderlessNanos = env.nanoTime();
        } else if (env.nanoTime() - leaderlessNanos > LEADERLESS_NANOS) {
            leaderlessNanos = env.nanoTime();
            for (Map.Entry<Long, NodeAddress> node : registry.addresses().entrySet()) {
                if (node.getKey() != identity.node() && askToReturn(node.getValue())) {
                    return;
                }
            }
        }
    }

    private boolean askToReturn(NodeAddress asked) {
        try {
            MembershipService.ask(transport, asked, ASK_TIMEOUT, "RETURN", String.valueOf(identity.node()));
            return true;
        } catch (TransportException | MembershipException e) {
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("no leader is known, and this node is not taken in");
            return false;
        }
    }

    /// A node that was away is to hold a replica again, if it does not; without waiting until it does. On the leader.
    void takeBack(long id) {
        if (!host.leads()) {
            throw new io.qomo.store.cluster.NotLeaderException("this node does not lead");
        }
        registry.refresh();
        if (registry.node(id) == null) {
            throw new MembershipException("node " + id + " has been removed from the cluster");
        }
        if (!group.members().contains(id)) {
            env.threads("take-back").newThread(() -> takeBackQuietly(id)).start();
        }
    }

    private void takeBackQuietly(long id) {
        try {
            admit(id);
        } catch (io.qomo.store.cluster.NotLeaderException e) {
            LOG.atInfo().setCause(e).addKeyValue("node", id).log("a node could not be taken back yet");
        }
    }

    private void keepAddresses() {
        Map<Long, NodeAddress> addresses = new HashMap<>();
        for (NodeInfo node : registry.nodes()) {
            addresses.put(node.id(), node.address());
        }
        Identity written = Identity.read(identityFile);
        if (!addresses.isEmpty() && (written == null || !written.addresses().equals(addresses))) {
            identity.withAddresses(addresses).write(identityFile);
        }
    }

    /// The store of the cluster, from this node.
    public Store store() {
        return store;
    }

    /// This node's number.
    public long nodeId() {
        return identity.node();
    }

    /// The cluster's id.
    public byte[] cluster() {
        return identity.cluster().clone();
    }

    /// Where other nodes reach this one.
    public NodeAddress address() {
        return transport.self();
    }

    /// The group's transactions, and this node as a gateway to it.
    public GroupHost group() {
        return host;
    }

    /// The number of the node that leads, as far as is known here; 0 when none is known.
    public long leaderId() {
        return group.leader();
    }

    /// Asks the SQL server of another node. Does not wait.
    public void send(long node, byte[] request, Duration timeout, ResponseCallback callback) {
        NodeAddress address = registry.address(node);
        if (address == null) {
            callback.failed(new TransportException(
                    TransportException.Outcome.UNREACHABLE, "no address is known of node " + node));
        } else {
            transport.send(address, SQL_SERVICE, Transport.UNORDERED, request, timeout, callback);
        }
    }

    /// Whether this node leads.
    public boolean leads() {
        return host.leads();
    }

    /// Tells one leadership of this node from the next; 0 when it does not lead.
    public long leadership() {
        return host.leadership();
    }

    /// The node that leads, as far as is known here.
    public @Nullable NodeInfo leader() {
        return registry.node(group.leader());
    }

    @Nullable NodeAddress leaderAddress() {
        long leader = hasGroup ? group.leader() : 0;
        return leader == 0 ? null : registry.address(leader);
    }

    /// All nodes, by number.
    public List<NodeInfo> nodes() {
        return registry.nodes();
    }

    /// Whether another node is connected to this one; true for this one.
    public boolean reaches(long id) {
        NodeAddress address = registry.address(id);
        return id == identity.node() || (address != null && transport.isConnected(address));
    }

    /// The numbers of the nodes that hold a replica.
    public List<Long> members() {
        return group.members();
    }

    /// A number for a node that wants to join. On the leader.
    long newNode(NodeAddress address) {
        long id = host.newNodeId(NodeRegistry.FOUNDER);
        register(new NodeInfo(id, address));
        LOG.atInfo().addKeyValue("node", id).addKeyValue("address", address).log("a node asks to join");
        return id;
    }

    /// Makes a node hold a replica. On the leader.
    void admit(long id) {
        if (!group.members().contains(id)) {
            registry.refresh();
            group.addMember(id);
        }
    }

    /// Writes down where a node is. On the leader.
    void register(NodeInfo node) {
        host.writeMeta(NodeRegistry.key(node.id()), node.encode());
        registry.refresh();
    }

    /// Takes a node out for good. On the leader.
    void remove(long id) {
        if (group.members().contains(id)) {
            if (group.members().size() == 1) {
                throw new MembershipException("node " + id + " holds the only replica");
            }
            group.removeMember(id);
        }
        host.ban(id);
        host.writeMeta(NodeRegistry.key(id), null);
        registry.refresh();
    }

    /// Hands leadership to another node, once what is under way has ended. On the leader.
    void handOver(long id) {
        boolean isAsked = false;
        try {
            quiesce();
            isAsked = group.handOver(id);
        } finally {
            if (isAsked) {
                awaitHandedOver();
            }
            leadOn();
        }
        if (!isAsked) {
            throw new MembershipException("node " + id + " cannot take over");
        }
    }

    /// Keeps transactions from beginning to hold something here, and gives those that do a moment to end.
    private void quiesce() {
        long deadline = env.nanoTime() + QUIESCE_NANOS;
        while (host.yielding(true) > 0 && env.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private void awaitHandedOver() {
        long deadline = env.nanoTime() + QUIESCE_NANOS;
        while (host.leads() && env.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /// If this node still leads, transactions may begin again.
    private void leadOn() {
        try {
            host.yielding(false);
        } catch (io.qomo.store.cluster.NotLeaderException e) {
            LOG.atDebug().setCause(e).log("another node leads");
        }
    }

    /// Hands leadership to another node and returns when that leads; returns at once when this node does
    /// not lead. Transactions under way get a moment to end, others wait.
    public void yieldLeadership(Duration limit) {
        long deadline = env.nanoTime() + limit.toNanos();
        while (host.leads() && group.members().size() > 1 && env.nanoTime() - deadline < 0) {
            for (long id : group.members()) {
                if (id != identity.node() && host.leads()) {
                    yieldTo(id);
                }
            }
        }
    }

    private void yieldTo(long id) {
        try {
            handOver(id);
        } catch (MembershipException | io.qomo.store.cluster.NotLeaderException e) {
            LOG.atDebug().setCause(e).addKeyValue("node", id).log("cannot hand over");
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.atError().setCause(e).addKeyValue("part", part.getClass()).log("closing failed");
            }
        }
    }

    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(housekeeper);
        try {
            housekeeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeAll(opened);
    }

    /// Entries of the log that the replica here holds, since the cluster was founded.
    public long logEntries() {
        return group.appliedIndex();
    }

    /// Writes of the log that were forced to the disk, since the node started.
    public long logForces() {
        return log.flushes();
    }

    /// Messages sent to other nodes, of all kinds, since the node started.
    public long messagesSent() {
        return transport.counters().services().stream()
                .mapToLong(TransportCounters.Service::messagesSent)
                .sum();
    }

    /// The cluster's id in text.
    public String clusterText() {
        return HexFormat.of().formatHex(identity.cluster());
    }
}
