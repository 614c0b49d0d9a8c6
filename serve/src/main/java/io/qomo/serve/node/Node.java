package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.console.ConsoleServer;
import io.qomo.serve.console.NodeStatus;
import io.qomo.serve.mysql.ListenerOptions;
import io.qomo.serve.mysql.MySqlServer;
import io.qomo.serve.node.NodeException.Reason;
import io.qomo.serve.session.Server;
import io.qomo.store.Store;
import io.qomo.store.StoreOptions;
import io.qomo.store.kv.StoreOpenException;
import io.qomo.store.member.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node. Several may run in one JVM, each on a directory of its own.
public final class Node implements RunningNode {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    /// The shell's default.
    private static final int DEFAULT_PORT = 4000;

    private final NodeOptions options;
    private final MySqlServer listener;
    private final @Nullable ConsoleServer console;
    /// What was opened, last first: the order of closing.
    private final Deque<AutoCloseable> opened;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Node(
            NodeOptions options, MySqlServer listener, @Nullable ConsoleServer console, Deque<AutoCloseable> opened) {
        this.options = options;
        this.listener = listener;
        this.console = console;
        this.opened = opened;
    }

    /// Starts a node and returns when it accepts connections. Errors: [NodeException].
    public static Node start(NodeOptions options) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return wire(options, new SystemEnv(), opened);
        } catch (RuntimeException e) {
            closeAll(opened);
            throw explained(e);
        }
    }

    /// What an operator can mend, such as a full disk, as a [NodeException]; a defect as it is.
    private static RuntimeException explained(RuntimeException e) {
        boolean isOutside = e instanceof StoreOpenException
                || e instanceof UncheckedIOException
                || (e instanceof SqlException sql
                        && (sql.code().kind() == ErrorCode.Kind.RESOURCE || sql.code() == ErrorCode.CORRUPT_DATA));
        return isOutside ? new NodeException(Reason.STORE_UNUSABLE, "cannot start: " + DataDirectory.reason(e), e) : e;
    }

    private static Node wire(NodeOptions options, Env env, Deque<AutoCloseable> opened) {
        long startedNanos = env.nanoTime();
        DataDirectory directory = options.dataDir() == null ? null : DataDirectory.open(options.dataDir());
        if (directory != null) {
            opened.push(directory);
        }
        StoreOptions storeOptions = StoreOptions.forNode(options.memoryBytes()).withSyncCommits(options.syncCommits());
        if (directory != null && Member.isMember(directory.store())) {
            throw new NodeException(
                    Reason.CLUSTER_REFUSES,
                    "the data directory " + options.dataDir() + " belongs to a node of a cluster; start it with"
                            + " --cluster-port");
        }
        Store store = directory == null
                ? Store.inMemory(storeOptions, env)
                : Store.open(directory.store(), storeOptions, env);
        opened.push(store);
        Path temporary = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory.temporary();
        ServerWiring.Wired wired = ServerWiring.build(store, options, temporary, env);
        Server service = wired.server();
        if (!isLoopback(options.host()) && wired.hasOpenRoot()) {
            throw openRoot(options);
        }
        MySqlServer listener = listen(options, directory, temporary, service, env);
        opened.push(listener);
        wired.listeningOn(listener.port());
        ConsoleServer console = null;
        if (options.httpPort() >= 0) {
            console = listenHttp(
                    options, new NodeFacts(options, service, store, listener, listener.port(), env, startedNanos), env);
            opened.push(console);
        }
        LOG.atInfo()
                .addKeyValue("mysql", options.host() + ":" + listener.port())
                .addKeyValue("data", options.dataDir() == null ? "memory" : options.dataDir())
                .log("node started");
        Node node = new Node(options, listener, console, opened);
        service.onShutdown(() -> Thread.ofPlatform().name("shutdown").start(node::close));
        return node;
    }

    /// Why a node does not listen where others can reach it.
    static NodeException openRoot(NodeOptions options) {
        return new NodeException(
                Reason.ROOT_WITHOUT_PASSWORD,
                "root has no password, so this node listens on loopback only, not on " + options.host()
                        + ". Set one first: start without --host and run\n  ./qomo sql"
                        + (options.port() == DEFAULT_PORT ? "" : " -P " + options.port())
                        + " -e \"ALTER USER root@localhost IDENTIFIED BY 'choose one'\"");
    }

    private static MySqlServer listen(
            NodeOptions options, @Nullable DataDirectory directory, Path temporary, Server service, Env env) {
        ListenerOptions listenerOptions =
                ListenerOptions.of(options.host(), options.port()).withSpillDirectory(temporary);
        if (directory != null) {
            listenerOptions = listenerOptions.withKeyDirectory(directory.keys());
        }
        try {
            return MySqlServer.start(service, listenerOptions, env);
        } catch (IOException e) {
            throw unusable(options.host(), options.port(), e);
        }
    }

    static ConsoleServer listenHttp(NodeOptions options, NodeStatus facts, Env env) {
        try {
            return new ConsoleServer(options.host(), options.httpPort(), facts, env);
        } catch (IOException e) {
            throw unusable(options.host(), options.httpPort(), e);
        }
    }

    static NodeException unusable(String host, int port, IOException cause) {
        return new NodeException(
                Reason.ADDRESS_UNUSABLE,
                "cannot listen on " + host + ":" + port + ": " + cause.getMessage() + " (another port: --port or"
                        + " --http-port, 0 for a free one)");
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new NodeException(Reason.ADDRESS_UNUSABLE, "unknown host " + host);
        }
    }

    @Override
    public String host() {
        return options.host();
    }

    @Override
    public boolean listensOnLoopback() {
        return isLoopback(options.host());
    }

    @Override
    public int port() {
        return listener.port();
    }

    @Override
    public int httpPort() {
        return console == null ? -1 : console.port();
    }

    @Override
    public synchronized void close() {
        closeAll(opened);
        closed.countDown();
    }

    @Override
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                // The rest must be closed all the same.
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .log("closing failed");
            }
        }
    }
}
