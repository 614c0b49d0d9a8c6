package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.cluster.raft.GroupMember;
import io.qomo.store.cluster.raft.RaftGroup;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.Counters;
import io.qomo.store.txn.Participants;
import io.qomo.store.txn.PersistentCounters;
import io.qomo.store.txn.RangeSizes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node's part in a replication group: its replica, the group's transactions while it leads, and the way
/// to whoever leads.
public final class GroupHost implements AutoCloseable {
    /// Counts the nodes; tables have positive numbers.
    private static final long NODE_COUNTER = -2;
    private static final long HOUSEKEEPING_NANOS = 500_000_000L;
    private static final Duration TELL_TIMEOUT = Duration.ofSeconds(5);

    private final long node;
    private final OrderedStore store;
    private final Transport transport;
    private final RaftGroup.AddressBook addresses;
    private final Env env;
    private final GroupRouter router;
    private final GroupService service;
    private volatile long incarnation;
    private final Duration retention;
    private volatile @Nullable Leadership here;
    private @Nullable GroupMember group;
    private @Nullable Thread housekeeper;
    private volatile boolean isClosed;

    /// A part that does not take part yet: its services are registered, so the transport must not have
    /// started.
    ///
    /// @param node      the id of this node
    /// @param store     its replica
    /// @param patience  how long statements wait for a leader
    /// @param retention how long old versions are kept at least
    public GroupHost(
            long node,
            OrderedStore store,
            Transport transport,
            RaftGroup.AddressBook addresses,
            Duration patience,
            Duration retention,
            Env env) {
        this.node = node;
        this.store = store;
        this.transport = transport;
        this.addresses = addresses;
        this.env = env;
        this.retention = retention;
        this.incarnation = env.randomLong();
        this.router = new GroupRouter(new Channel(), patience, env);
        this.service = new GroupService(node, () -> here, env);
        transport.serve(GroupService.SERVICE, Handler.Mode.BLOCKING, service);
    }

    /// Takes part, once the transport has started: `opening` makes the member, which tells the listener
    /// when this node leads.
    public <G extends GroupMember> G open(Function<RaftGroup.LeaderListener, G> opening) {
        G opened = opening.apply(new Leading());
        group = opened;
        Thread started = env.threads("group-gateways").newThread(this::keepHouse);
        housekeeper = started;
        started.start();
        return opened;
    }

    /// As a gateway tells the leader what is open here, as the leader gives up what nobody claims.
    private void keepHouse() {
        while (!isClosed) {
            env.parkNanos(this, HOUSEKEEPING_NANOS);
            router.tellAlive();
            service.endForgotten();
        }
    }

    /// Where the transactions of this node find the group.
    public Participants participants() {
        return router;
    }

    /// Counters of the group.
    public Counters counters() {
        return new RoutedCounters(router);
    }

    /// Mass writes into the group, and sizes.
    public BulkLoader bulk() {
        return new RoutedBulkLoader(router, new RangeSizes(store));
    }

    /// Has this node let in as a gateway, anew: transactions that were open before are over, and whatever the
    /// node knows of the schema must be read after this. Throws `GROUP_UNAVAILABLE`.
    public Gateway register() {
        incarnation = env.randomLong() | 1;
        router.register(service);
        return gateway();
    }

    /// This node as a gateway.
    public Gateway gateway() {
        return new Gateway(node, incarnation);
    }

    /// False once the leader has told that this gateway is let in no more.
    public boolean isAdmitted() {
        return router.isAdmitted();
    }

    /// Whether this gateway is certainly let in now.
    public boolean holdsLease() {
        return router.holdsLease();
    }

    /// The gateways that are let in, if this node leads. Throws [NotLeaderException].
    public List<Gateway> gateways() {
        return leading().admissions().registered();
    }

    /// Lets no transaction begin to hold something here, or again does; returns how many still do. Throws
    /// [NotLeaderException].
    public long yielding(boolean isOn) {
        return leading().leader().yielding(isOn);
    }

    /// Lets a gateway in no more, because it does not answer. Throws [NotLeaderException].
    public void expel(Gateway gateway) {
        service.expel(leading(), gateway);
    }

    /// How long nothing has been heard of a node since this one leads. Throws [NotLeaderException].
    public long silenceNanos(long node) {
        return service.silenceNanos(leading(), node);
    }

    /// Lets no gateway of a node in, ever again: it has left the cluster. Throws [NotLeaderException].
    public void ban(long node) {
        service.ban(leading(), node);
    }

    /// Has this gateway count as let in no more, so that it registers anew.
    public void giveUpAdmission() {
        router.giveUpAdmission();
    }

    /// Tells the leader, if it can be reached, that this gateway runs no statements any more.
    public void leave() {
        router.leave(service);
    }

    /// The leadership of the group that this node last heard of; 0 before the first.
    public long leadershipHeard() {
        return router.leadershipHeard();
    }

    /// Who learns of gateways that are let in no more while this node leads; their transactions are over by then.
    public void onExpelled(Consumer<Gateway> listener) {
        service.onExpelled(listener);
    }

    /// Reads that the replica of this node answered while another node led: points, batches, and scans.
    public long nearReads() {
        return router.nearReads();
    }

    /// Whether this node leads.
    public boolean leads() {
        return here != null;
    }

    /// Tells one leadership of this node from the next; 0 when it does not lead.
    public long leadership() {
        Leadership leadership = here;
        return leadership == null ? 0 : leadership.id();
    }

    /// A number above `floor` that was never given to a node. Throws [NotLeaderException].
    public long newNodeId(long floor) {
        PersistentCounters counters = leading().counters();
        counters.raise(NODE_COUNTER, floor);
        return counters.next(NODE_COUNTER);
    }

    /// Writes a meta key of the group, or removes it. Throws [NotLeaderException].
    public void writeMeta(byte[] key, byte @Nullable [] value) {
        leading().write(key, value);
    }

    private Leadership leading() {
        Leadership leadership = here;
        if (leadership == null) {
            throw new NotLeaderException("this node does not lead the group");
        }
        return leadership;
    }

    /// Moves the horizon of history now, if this node leads; returns it, else 0.
    public long collectGarbage() {
        Leadership leadership = here;
        return leadership == null ? 0 : leadership.collector().collect();
    }

    private final class Leading implements RaftGroup.LeaderListener {
        @Override
        public void leads(Replicator replicator, long term) {
            here = new Leadership(store, replicator, retention, env);
        }

        @Override
        public void leadsNoMore() {
            endLeadership();
        }
    }

    private final class Channel implements GroupChannel {
        @Override
        public long leader() {
            GroupMember opened = group;
            return opened == null ? 0 : opened.leader();
        }

        @Override
        public long self() {
            return node;
        }

        @Override
        public @Nullable OrderedStore near(long timestamp) {
            GroupMember opened = group;
            return opened != null && opened.holds(timestamp) ? store : null;
        }

        @Override
        public @Nullable Leadership here() {
            return here;
        }

        @Override
        public long incarnation() {
            return incarnation;
        }

        @Override
        public byte[] call(long node, int lane, byte[] request, long timeoutNanos) {
            return transport.call(address(node), GroupService.SERVICE, lane, request, Duration.ofNanos(timeoutNanos));
        }

        @Override
        public void tell(long node, int lane, byte[] request) {
            NodeAddress address = addresses.address(node);
            if (address != null) {
                transport.send(address, GroupService.SERVICE, lane, request, TELL_TIMEOUT, Silence.INSTANCE);
            }
        }

        private NodeAddress address(long node) {
            NodeAddress address = addresses.address(node);
            if (address == null) {
                throw new NotLeaderException("no address is known of node " + node);
            }
            return address;
        }
    }

    private enum Silence implements io.qomo.store.cluster.rpc.ResponseCallback {
        INSTANCE;

        @Override
        public void completed(byte[] response) {
            // nobody waits for it
        }

        @Override
        public void failed(io.qomo.store.cluster.rpc.TransportException failure) {
            // the leader learns it from [GroupRouter#tellAlive], or is another one
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(housekeeper);
        GroupMember opened = group;
        if (opened != null) {
            opened.close();
        }
        endLeadership();
    }

    private void endLeadership() {
        Leadership ended = here;
        here = null;
        if (ended != null) {
            ended.end();
        }
    }
}
