package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.base.error.SqlException;
import io.qomo.serve.cluster.GatewayServer;
import io.qomo.serve.cluster.SqlPeers;
import io.qomo.serve.mysql.ListenerOptions;
import io.qomo.serve.mysql.MySqlServer;
import io.qomo.serve.session.Server;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.member.Member;
import io.qomo.store.txn.remote.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SQL server of a node of a cluster: there while the node is let in as a gateway, made anew for each registration,
/// so that nothing it remembers of schema and accounts is older than that. A thread looks after it.
///
/// ```
///   register → learn what others hold → read the schema → serve ─ let in no more ─→ end all connections → register …
/// ```
final class ClientService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientService.class);
    private static final long LOOK_NANOS = 20_000_000L;
    private static final long REPORT_NANOS = 200_000_000L;

    private final Member member;
    private final SqlPeers peers;
    private final NodeOptions options;
    private final ListenerOptions listenerOptions;
    private final Path temporary;
    private final Env env;
    private final Runnable shutdown;
    private final Thread keeper;
    private volatile int port;
    private volatile @Nullable Serving serving;
    private volatile String reason = "no node of the cluster leads at this moment";
    private volatile boolean isClosing;

    /// A server and the registration it was made for.
    record Serving(GatewayServer gateway, Server server, MySqlServer clients, boolean hasOpenRoot) {}

    ClientService(
            Member member,
            SqlPeers peers,
            NodeOptions options,
            ListenerOptions listenerOptions,
            Path temporary,
            Runnable shutdown,
            Env env) {
        this.member = member;
        this.peers = peers;
        this.options = options;
        this.listenerOptions = listenerOptions;
        this.temporary = temporary;
        this.shutdown = shutdown;
        this.env = env;
        this.keeper = env.threads("client-service").newThread(this::keep);
    }

    /// Begins to serve, as the server that listens on a port.
    void start(int listeningOn) {
        port = listeningOn;
        keeper.start();
    }

    /// Why the node does not serve, if it does not.
    String reason() {
        return reason;
    }

    @Nullable Serving serving() {
        return serving;
    }

    private void keep() {
        long nextReport = env.nanoTime();
        while (!isClosing) {
            try {
                look();
                if (env.nanoTime() - nextReport > 0) {
                    nextReport = env.nanoTime() + REPORT_NANOS;
                    Serving present = serving;
                    if (present != null) {
                        present.gateway().keepReported();
                    }
                }
            } catch (SqlException | NotLeaderException e) {
                reason = String.valueOf(e.getMessage());
                LOG.atInfo().addKeyValue("reason", reason).log("cannot serve yet");
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the SQL server could not be made; will be tried again");
            }
            peers.endOver();
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        end();
        member.group().leave();
    }

    private void look() {
        if (serving != null && !member.group().isAdmitted()) {
            end();
        }
        if (serving == null && !isClosing) {
            begin();
        }
    }

    private void begin() {
        Gateway gateway = member.group().register();
        GatewayServer made = peers.register(gateway);
        made.enter();
        ServerWiring.Wired wired = ServerWiring.build(member.store(), options, temporary, Surroundings.of(made), env);
        wired.listeningOn(port);
        wired.server().onShutdown(shutdown);
        made.serve(new SharedServer(wired));
        MySqlServer clients = MySqlServer.unbound(wired.server(), listenerOptions, env);
        serving = new Serving(made, wired.server(), clients, wired.hasOpenRoot());
        LOG.atInfo().log("this node serves clients");
    }

    /// Lets clients leave when they have finished their transactions, for some time.
    void drain(Duration limit) {
        Serving present = serving;
        if (present != null) {
            present.clients().drain(limit);
        }
    }

    private void end() {
        Serving ended = serving;
        serving = null;
        peers.unregister();
        if (ended != null) {
            ended.clients().stop(Duration.ZERO);
            LOG.atInfo().log("this node serves clients no more");
        }
    }

    /// Takes a client over; false when nobody can serve it now.
    boolean serve(Socket socket, InetSocketAddress client) throws IOException {
        Serving present = serving;
        if (present == null) {
            return false;
        }
        present.clients().serve(socket, client);
        return true;
    }

    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(keeper);
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
