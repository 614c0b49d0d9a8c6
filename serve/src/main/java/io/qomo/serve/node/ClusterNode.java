package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.base.env.SystemEnv;
import io.qomo.serve.cluster.SqlPeers;
import io.qomo.serve.console.ConsoleServer;
import io.qomo.serve.mysql.ListenerOptions;
import io.qomo.serve.node.NodeException.Reason;
import io.qomo.store.StoreOptions;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.kv.StoreOpenException;
import io.qomo.store.member.Member;
import io.qomo.store.member.MemberOptions;
import io.qomo.store.member.MembershipException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node of a cluster: a replica of the data, and a SQL server.
public final class ClusterNode implements RunningNode {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_NANOS = 20_000_000L;
    private static final Duration HANDOVER_LIMIT = Duration.ofSeconds(5);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private final NodeOptions options;
    private final Member member;
    private final ClientService service;
    private final ClientListener clients;
    private final @Nullable ConsoleServer console;
    private final Deque<AutoCloseable> opened;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ClusterNode(
            NodeOptions options,
            Member member,
            ClientService service,
            ClientListener clients,
            @Nullable ConsoleServer console,
            Deque<AutoCloseable> opened) {
        this.options = options;
        this.member = member;
        this.service = service;
        this.clients = clients;
        this.console = console;
        this.opened = opened;
    }

    /// Starts a node, as a founder or by joining, and returns when it takes clients. Errors: [NodeException].
    public static ClusterNode start(NodeOptions options, ClusterSettings cluster) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return wire(options, cluster, new SystemEnv(), opened);
        } catch (MembershipException | StoreOpenException e) {
            Node.closeAll(opened);
            throw new NodeException(Reason.CLUSTER_REFUSES, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Node.closeAll(opened);
            throw e;
        }
    }

    private static ClusterNode wire(
            NodeOptions options, ClusterSettings cluster, Env env, Deque<AutoCloseable> opened) {
        Path root = options.dataDir();
        if (root == null) {
            throw new NodeException(Reason.DIRECTORY_UNUSABLE, "a node of a cluster needs a data directory");
        }
        if (!cluster.security().isAsked() && !Node.isLoopback(cluster.host())) {
            throw new NodeException(
                    Reason.CLUSTER_REFUSES,
                    "a cluster that others can reach needs a secret or certificates: put a secret into a file that only"
                            + " you can read and start all nodes with --cluster-secret FILE, or give each node a"
                            + " certificate (--cluster-cert, --cluster-key, --cluster-ca)");
        }
        long startedNanos = env.nanoTime();
        DataDirectory directory = DataDirectory.open(root);
        opened.push(directory);
        StoreOptions storeOptions = StoreOptions.forNode(options.memoryBytes());
        MemberOptions memberOptions = MemberOptions.of(
                        new NodeAddress(cluster.host(), cluster.port()),
                        cluster.join().stream().map(NodeAddress::parse).toList(),
                        cluster.security())
                .withReplaceAfter(cluster.replaceAfter());
        SqlPeers peers = new SqlPeers(env);
        Member member = Member.open(directory.store(), storeOptions, memberOptions, peers, env);
        opened.push(member);
        peers.join(member);
        ListenerOptions listenerOptions = ListenerOptions.of(options.host(), options.port())
                .withSpillDirectory(directory.temporary())
                .withKeyDirectory(directory.keys());
        ClosingLater closing = new ClosingLater();
        ClientService service =
                new ClientService(member, peers, options, listenerOptions, directory.temporary(), closing, env);
        opened.push(service);
        ClientListener clients;
        try {
            clients = new ClientListener(
                    new InetSocketAddress(options.host(), options.port()), service, CLIENT_PATIENCE, env);
            opened.push(clients);
        } catch (IOException e) {
            throw Node.unusable(options.host(), options.port(), e);
        }
        service.start(clients.port());
        if (cluster.join().isEmpty() && !Node.isLoopback(options.host())) {
            checkRoot(service, options, env);
        }
        ConsoleServer console = null;
        if (options.httpPort() >= 0) {
            console = Node.listenHttp(
                    options, new ClusterFacts(options, member, service, clients, env, startedNanos), env);
            opened.push(console);
        }
        ClusterNode node = new ClusterNode(options, member, service, clients, console, opened);
        closing.node = node;
        LOG.atInfo()
                .addKeyValue("node", member.nodeId())
                .addKeyValue("mysql", options.host() + ":" + clients.port())
                .log("node started");
        return node;
    }

    /// As of a node alone: nobody is to be surprised by an open door.
    private static void checkRoot(ClientService service, NodeOptions options, Env env) {
        long deadline = env.nanoTime() + CLIENT_PATIENCE.toNanos();
        ClientService.Serving serving = service.serving();
        while (serving == null && env.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            serving = service.serving();
        }
        if (serving != null && serving.hasOpenRoot()) {
            throw Node.openRoot(options);
        }
    }

    /// SHUTDOWN of a client ends the node it is served by.
    private static final class ClosingLater implements Runnable {
        private volatile @Nullable ClusterNode node;

        @Override
        public void run() {
            ClusterNode running = node;
            if (running != null) {
                Thread.ofPlatform().name("shutdown").start(running::close);
            }
        }
    }

    /// Its membership.
    public Member member() {
        return member;
    }

    @Override
    public String host() {
        return options.host();
    }

    @Override
    public boolean listensOnLoopback() {
        return Node.isLoopback(options.host());
    }

    @Override
    public int port() {
        return clients.port();
    }

    @Override
    public int httpPort() {
        return console == null ? -1 : console.port();
    }

    /// Accepts no more clients, hands leadership over if it can, lets open transactions finish for a few seconds, ends
    /// the
    /// connections, and frees everything. Idempotent.
    @Override
    public synchronized void close() {
        if (closed.getCount() > 0) {
            try {
                clients.close();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the listener did not close");
            }
            member.yieldLeadership(HANDOVER_LIMIT);
            service.drain(DRAIN_LIMIT);
        }
        Node.closeAll(opened);
        closed.countDown();
    }

    @Override
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }
}
