package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.base.error.SqlException;
import io.qomo.serve.forward.ClientServer;
import io.qomo.serve.mysql.ListenerOptions;
import io.qomo.serve.mysql.MySqlServer;
import io.qomo.serve.session.Server;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.member.Member;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SQL server of a node of a cluster: there while the node leads, made anew for each leadership, so
/// that nothing it remembers of schema and accounts is older than that. A thread follows the leadership.
final class LeaderService implements ClientServer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderService.class);
    private static final long LOOK_NANOS = 20_000_000L;

    private final Member member;
    private final NodeOptions options;
    private final ListenerOptions listenerOptions;
    private final Path temporary;
    private final Env env;
    private final int port;
    private final Runnable shutdown;
    private final Thread follower;
    private volatile @Nullable Serving serving;
    private volatile boolean isClosing;

    /// A server and the leadership it was made for.
    record Serving(long leadership, Server server, MySqlServer clients, boolean hasOpenRoot) {}

    LeaderService(
            Member member,
            NodeOptions options,
            ListenerOptions listenerOptions,
            Path temporary,
            int port,
            Runnable shutdown,
            Env env) {
        this.member = member;
        this.options = options;
        this.listenerOptions = listenerOptions;
        this.temporary = temporary;
        this.port = port;
        this.shutdown = shutdown;
        this.env = env;
        this.follower = env.threads("leader-service").newThread(this::follow);
    }

    void start() {
        follower.start();
    }

    @Nullable Serving serving() {
        return serving;
    }

    private void follow() {
        while (!isClosing) {
            try {
                look();
            } catch (SqlException | NotLeaderException e) {
                LOG.atInfo().addKeyValue("reason", e.getMessage()).log("cannot serve yet");
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the SQL server could not be made; will be tried again");
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        end();
    }

    private void look() {
        long leadership = member.leadership();
        Serving present = serving;
        if (present != null && present.leadership() != leadership) {
            end();
        }
        if (leadership != 0 && serving == null) {
            ServerWiring.Wired wired = ServerWiring.build(member.store(), options, temporary, env);
            wired.listeningOn(port);
            wired.server().onShutdown(shutdown);
            MySqlServer clients = MySqlServer.unbound(wired.server(), listenerOptions, env);
            serving = new Serving(leadership, wired.server(), clients, wired.hasOpenRoot());
            LOG.atInfo().log("this node serves the cluster's clients");
        }
    }

    private void end() {
        Serving ended = serving;
        serving = null;
        if (ended != null) {
            ended.clients().stop(Duration.ZERO);
            LOG.atInfo().log("this node serves the cluster's clients no more");
        }
    }

    @Override
    public boolean isServing() {
        Serving present = serving;
        return present != null && present.leadership() == member.leadership();
    }

    @Override
    public boolean serve(Socket socket, InetSocketAddress client) throws IOException {
        Serving present = serving;
        if (present == null || present.leadership() != member.leadership()) {
            return false;
        }
        present.clients().serve(socket, client);
        return true;
    }

    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(follower);
        try {
            follower.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
