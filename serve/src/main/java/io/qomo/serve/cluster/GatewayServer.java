package io.qomo.serve.cluster;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.lock.Interruption;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.meta.ChangeListener.Subject;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.session.Neighbours;
import io.qomo.serve.systemtable.ServerFacts.NodeRow;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.variable.VariableValue;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.member.Member;
import io.qomo.store.member.NodeInfo;
import io.qomo.store.txn.remote.Gateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// This node as a gateway, from one registration to the next: what a SQL server needs to be one of several.
/// Thread-safe.
public final class GatewayServer implements Neighbours {
    /// Connection ids end with the number of their node.
    private static final int NODE_BITS = 10;
    private static final long LEASE_PATIENCE_NANOS = 20_000_000_000L;
    private static final long LEASE_LOOK_MS = 10;
    private static final long SERVED_PATIENCE_NANOS = 30_000_000_000L;
    private static final Duration PROCESSES_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);
    private static final long EXCLUSIVE_TIMEOUT_MS = 60_000;

    private final Gateway gateway;
    private final Member member;
    private final Post post;
    private final Env env;
    private final MetadataLocks locks;
    private final ForeignLocks foreign;
    private final LeaderClient client;
    private final Map<String, VariableValue> globals;
    private final AtomicLong cleaners = new AtomicLong();
    private final AtomicLong refreshes = new AtomicLong();
    private volatile @Nullable LocalServer served;

    GatewayServer(Gateway gateway, Member member, Post post, Env env) {
        this.gateway = gateway;
        this.member = member;
        this.post = post;
        this.env = env;
        SharedLocksLater shared = new SharedLocksLater();
        this.locks = new MetadataLocks(env, shared);
        this.foreign = new ForeignLocks(locks);
        this.client = new LeaderClient(gateway, member, post, foreign, env);
        shared.client = client;
        this.globals = new java.util.concurrent.ConcurrentHashMap<>();
    }

    /// The locks and who shares them need each other.
    private static final class SharedLocksLater implements io.qomo.serve.lock.SharedLocks {
        private @Nullable LeaderClient client;

        private LeaderClient client() {
            LeaderClient known = client;
            if (known == null) {
                throw new IllegalStateException("not wired yet");
            }
            return known;
        }

        @Override
        public void acquire(long session, LockName name, LockMode mode, long timeoutMs, Interruption interruption) {
            client().acquire(session, name, mode, timeoutMs, interruption);
        }

        @Override
        public void settle(long session, java.util.Collection<LockName> names) {
            client().settle(session, names);
        }

        @Override
        public void settle(long session, LockName name, LockMode mode) {
            client().settle(session, name, mode);
        }
    }

    /// Learns what the others hold. Then the schema may be read. Error GROUP_UNAVAILABLE.
    public void enter() {
        globals.putAll(client.enter());
    }

    /// The server has been made of this: it takes what was missed while it was being made. Then it may serve.
    public void serve(LocalServer server) {
        long before;
        do {
            before = refreshes.get();
            if (before > 0) {
                for (Subject subject : Subject.values()) {
                    server.refresh(subject);
                }
            }
            globals.forEach(server::setGlobal);
            served = server;
        } while (refreshes.get() != before);
    }

    /// Tells a new leader what is held here; from time to time.
    public void keepReported() {
        client.keepReported();
    }

    /// This gateway.
    public Gateway gateway() {
        return gateway;
    }

    /// Names what this gateway leaves unfinished.
    public String ownerName() {
        return ownerName(gateway);
    }

    static String ownerName(Gateway gateway) {
        return gateway.node() + "/" + Long.toHexString(gateway.incarnation());
    }

    /// The metadata locks of this node's sessions.
    public MetadataLocks locks() {
        return locks;
    }

    /// User locks, and the listener of changes.
    public LeaderClient client() {
        return client;
    }

    ForeignLocks foreign() {
        return foreign;
    }

    @Nullable LocalServer served() {
        return served;
    }

    /// The server, once it serves; null if that takes too long.
    @Nullable LocalServer awaitServed() {
        long deadline = env.nanoTime() + SERVED_PATIENCE_NANOS;
        while (served == null && env.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(LEASE_LOOK_MS));
        }
        return served;
    }

    void refresh(Subject subject) {
        refreshes.incrementAndGet();
        LocalServer server = served;
        if (server != null) {
            server.refresh(subject);
        }
    }

    /// Another node has set a global variable.
    void take(String name, VariableValue value) {
        globals.put(name, value);
        LocalServer server = served;
        if (server != null) {
            server.setGlobal(name, value);
        }
    }

    /// Runs an action while no session of any node uses a table.
    void exclusively(LockName name, Runnable action) {
        // negative, so that it is no connection's
        long session = -(cleaners.incrementAndGet() << NODE_BITS | member.nodeId() & ((1 << NODE_BITS) - 1));
        MetadataLocks.Owner owner = new MetadataLocks.Owner(session, new Interruption());
        try {
            locks.acquire(owner, name, LockMode.EXCLUSIVE, MetadataLocks.Duration.EXPLICIT, EXCLUSIVE_TIMEOUT_MS);
            action.run();
        } finally {
            locks.release(owner, MetadataLocks.Duration.EXPLICIT);
        }
    }

    @Override
    public long connectionId(long sequence) {
        return sequence << NODE_BITS | member.nodeId() & ((1 << NODE_BITS) - 1);
    }

    @Override
    public void checkCurrent(Interruption interruption) {
        if (member.group().holdsLease()) {
            return;
        }
        long deadline = env.nanoTime() + LEASE_PATIENCE_NANOS;
        while (!member.group().holdsLease()) {
            if (!member.group().isAdmitted() || member.group().gateway().incarnation() != gateway.incarnation()) {
                throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
            }
            if (env.nanoTime() - deadline > 0) {
                throw new SqlException(ErrorCode.GROUP_UNAVAILABLE, "this node has lost touch with the cluster");
            }
            SqlPeers.pause(interruption, LEASE_LOOK_MS);
        }
    }

    @Override
    public KillOutcome kill(long connectionId, boolean onlyQuery, String user, String host, boolean mayAny) {
        long mask = (1 << NODE_BITS) - 1;
        for (NodeInfo node : member.nodes()) {
            if (node.id() != member.nodeId() && (node.id() & mask) == (connectionId & mask)) {
                RecordWriter out = Wire.request(Kind.KILL, gateway.incarnation(), 0)
                        .number(connectionId)
                        .flag(onlyQuery)
                        .text(user)
                        .text(host)
                        .flag(mayAny);
                try {
                    RecordReader in = Wire.check(post.call(node.id(), out.toBytes(), KILL_TIMEOUT));
                    return in.constant(KillOutcome.class);
                } catch (TransportException | ElsewhereException e) {
                    return KillOutcome.NOT_FOUND;
                }
            }
        }
        return KillOutcome.NOT_FOUND;
    }

    @Override
    public List<ProcessRow> processes() {
        List<ProcessRow> rows = new ArrayList<>();
        List<Long> nodes = member.nodes().stream()
                .map(NodeInfo::id)
                .filter(id -> id != member.nodeId())
                .toList();
        CountDownLatch pending = new CountDownLatch(nodes.size());
        byte[] request = Wire.request(Kind.PROCESSES, gateway.incarnation(), 0).toBytes();
        for (long node : nodes) {
            post.send(node, request, PROCESSES_TIMEOUT, new ResponseCallback() {
                @Override
                public void completed(byte[] response) {
                    try {
                        List<ProcessRow> found = Wire.check(response).list(ProcessRows::read);
                        synchronized (rows) {
                            rows.addAll(found);
                        }
                    } catch (ElsewhereException e) {
                        // it has no sessions
                    } finally {
                        pending.countDown();
                    }
                }

                @Override
                public void failed(TransportException failure) {
                    pending.countDown();
                }
            });
        }
        try {
            pending.await(PROCESSES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (rows) {
            return List.copyOf(rows);
        }
    }

    @Override
    public List<NodeRow> nodes() {
        long leader = member.leadership() != 0 ? member.nodeId() : member.leaderId();
        List<Long> replicas = member.members();
        return member.nodes().stream()
                .map(node -> new NodeRow(
                        node.id(),
                        node.address().toString(),
                        replicas.contains(node.id()),
                        node.id() == leader,
                        node.id() == member.nodeId(),
                        member.reaches(node.id())))
                .toList();
    }

    @Override
    public void setGlobal(String name, VariableValue value) {
        client.setGlobal(name, value);
    }
}
