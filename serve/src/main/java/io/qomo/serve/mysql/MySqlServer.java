package io.qomo.serve.mysql;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.mysql.tls.ServerKeys;
import io.qomo.serve.session.api.SqlService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for MySQL clients and gives each a thread. Thread-safe.
public final class MySqlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlServer.class);
    private static final int BACKLOG = 1024;
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration DEFAULT_GRACE = Duration.ofMillis(250);
    private static final Duration DRAIN_LOOK = Duration.ofMillis(20);
    private static final Duration INTERRUPTED_GRACE = Duration.ofSeconds(1);
    private static final Duration FORCED_GRACE = Duration.ofSeconds(5);

    private final ServerContext context;
    private final @Nullable ServerSocket listener;
    private final ThreadFactory connectionThreads;
    private final Thread acceptor;
    private final Thread watch;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pending = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean draining;
    private volatile boolean stopping;
    private volatile boolean stopped;

    private MySqlServer(ServerContext context, @Nullable ServerSocket listener) {
        this.context = context;
        this.listener = listener;
        Env env = context.env();
        this.connectionThreads = env.threads("mysql", context.options().threadStackBytes());
        this.acceptor = env.threads("mysql-accept").newThread(this::acceptAll);
        this.watch = env.threads("mysql-watch").newThread(this::watchAll);
    }

    /// Binds and starts to accept.
    public static MySqlServer start(SqlService service, ListenerOptions options, Env env) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(options.host(), options.port()), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        ServerContext context = new ServerContext(
                service, options, env, new PasswordCache(), new ServerKeys(options.keyDirectory(), env));
        MySqlServer server = new MySqlServer(context, listener);
        server.acceptor.start();
        server.watch.start();
        return server;
    }

    /// Serves the clients that are handed to [#serve] and listens itself on nothing.
    public static MySqlServer unbound(SqlService service, ListenerOptions options, Env env) {
        ServerContext context = new ServerContext(
                service, options, env, new PasswordCache(), new ServerKeys(options.keyDirectory(), env));
        MySqlServer server = new MySqlServer(context, null);
        server.watch.start();
        return server;
    }

    /// The port that is listened on, or 0.
    public int port() {
        ServerSocket bound = listener;
        return bound == null ? 0 : bound.getLocalPort();
    }

    /// Serves a client that somebody else has accepted.
    ///
    /// @param client where it really is
    public void serve(Socket socket, InetSocketAddress client) throws IOException {
        accept(socket, client);
    }

    /// Connections there are now, with those not logged in yet.
    public int connectionCount() {
        return connections.size();
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isDraining() {
        return draining;
    }

    private void acceptAll() {
        ServerSocket bound = listener;
        while (!stopping && bound != null) {
            try {
                Socket socket = bound.accept();
                accept(socket, (InetSocketAddress) socket.getRemoteSocketAddress());
            } catch (IOException e) {
                if (!stopping) {
                    // out of file descriptors, most likely: those who leave give some back
                    LOG.atWarn().setCause(e).log("cannot accept a connection");
                    LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
                }
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a connection could not be set up");
            }
        }
    }

    private void accept(Socket socket, @Nullable InetSocketAddress client) throws IOException {
        Connection connection;
        try {
            connection = new Connection(this, context, socket, client, this::ended);
        } catch (IOException e) {
            // the client was faster: it has left already
            socket.close();
            return;
        }
        if (pending.incrementAndGet() > context.options().maxPendingHandshakes()) {
            pending.decrementAndGet();
            connection.refuse(new SqlException(ErrorCode.TOO_MANY_CONNECTIONS));
            return;
        }
        connections.add(connection);
        try {
            connectionThreads.newThread(connection).start();
        } catch (OutOfMemoryError e) {
            LOG.atWarn().addKeyValue("connections", connections.size()).log("no thread for a connection");
            connection.refuse(new SqlException(ErrorCode.TOO_MANY_CONNECTIONS));
            ended(connection);
        }
        if (stopping) {
            connection.stop();
        }
    }

    /// A connection has logged in.
    void authenticated() {
        pending.decrementAndGet();
    }

    private void ended(Connection connection) {
        if (!connection.isAuthenticated()) {
            pending.decrementAndGet();
        }
        connections.remove(connection);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watchAll() {
        while (!stopped) {
            LockSupport.parkNanos(WATCH_NANOS);
            long now = context.env().nanoTime();
            for (Connection connection : connections) {
                connection.deadlines().enforce(now);
            }
        }
    }

    /// Stops with the usual grace.
    @Override
    public void close() {
        stop(DEFAULT_GRACE);
    }

    /// Lets clients leave when they have no transaction open, and returns when all have, at the latest after `limit`.
    public void drain(Duration limit) {
        draining = true;
        long end = context.env().nanoTime() + limit.toNanos();
        do {
            connections.forEach(Connection::leaveIfFree);
        } while (!awaitEmpty(DRAIN_LOOK) && context.env().nanoTime() - end < 0);
    }

    /// Accepts no more and lets short statements finish for `grace`; then ends statements, whose clients are told
    /// (error 1053), and at last the connections that are left. Idempotent; an interrupt ends the waiting at once.
    public void stop(Duration grace) {
        stopping = true;
        ServerSocket bound = listener;
        try {
            if (bound != null) {
                bound.close();
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("listener did not close");
        }
        for (Connection connection : connections) {
            connection.stop();
        }
        if (!awaitEmpty(grace)) {
            connections.forEach(Connection::interrupt);
            if (!awaitEmpty(INTERRUPTED_GRACE)) {
                connections.forEach(Connection::kill);
            }
            if (!awaitEmpty(FORCED_GRACE)) {
                LOG.atWarn().addKeyValue("connections", connections.size()).log("connections did not end");
            }
        }
        stopped = true;
        LockSupport.unpark(watch);
    }

    private boolean awaitEmpty(Duration limit) {
        long end = context.env().nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (!connections.isEmpty()) {
                long left = end - context.env().nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return connections.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
