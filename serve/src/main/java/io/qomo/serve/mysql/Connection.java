package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.Compression;
import io.qomo.serve.session.api.Session;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one client, on its own thread.
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /// Levels above cost memory out of proportion; the protocol allows up to 22.
    private static final int MAX_ZSTD_LEVEL = 9;

    private final MySqlServer owner;
    private final ServerContext server;
    private final Channel channel;
    private final Peer peer;
    private final Consumer<Connection> onEnd;
    private volatile boolean authenticated;
    private volatile @Nullable Session session;

    /// @param client where the client is, or null if it has left already
    Connection(
            MySqlServer owner,
            ServerContext server,
            Socket socket,
            @Nullable InetSocketAddress client,
            Consumer<Connection> onEnd)
            throws IOException {
        this.owner = owner;
        this.server = server;
        this.onEnd = onEnd;
        socket.setTcpNoDelay(true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        this.channel = new Channel(socket, server.options(), server.env(), Handshake.MAX_PACKET_BYTES);
        if (client == null) {
            throw new SocketException("the client has left");
        }
        this.peer = new Peer(server.service().nextConnectionId(), host(client.getAddress()), client.getPort());
    }

    /// The address without the interface that a link-local one names.
    private static String host(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return "localhost";
        }
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    Deadlines deadlines() {
        return channel.deadlines();
    }

    @Override
    public void run() {
        boolean hasLeft = true;
        try {
            Login login = login();
            if (login != null) {
                session = login.session();
                authenticated = true;
                owner.authenticated();
                login.session().onKill(channel::abort);
                hasLeft = false;
                try (CommandLoop loop =
                        new CommandLoop(channel, server, peer, login, () -> mustLeave(login.session()))) {
                    hasLeft = loop.run();
                }
            }
        } catch (EOFException | SocketException e) {
            LOG.atDebug().addKeyValue("session", peer.connectionId()).log("client is gone");
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("session", peer.connectionId())
                    .setCause(e)
                    .log("connection failed");
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("session", peer.connectionId())
                    .setCause(e)
                    .log("connection ended by a defect");
        } finally {
            if (!hasLeft) {
                server.service().clientLost();
            }
            end();
        }
    }

    /// Null if the client was turned away.
    private @Nullable Login login() throws IOException {
        Login login = null;
        boolean isIn = false;
        try {
            login = new Handshake(channel, server, peer).run();
            channel.deadlines().clear();
            channel.ok(login.session());
            channel.writer().flush();
            startCompression(login.client());
            isIn = true;
            return login;
        } catch (SqlException e) {
            server.service().loginFailed();
            channel.error(e, Charset.UTF8MB4);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("session", peer.connectionId())
                    .setCause(e)
                    .log("handshake failed by a defect");
            channel.error(new SqlException(ErrorCode.INTERNAL_ERROR, "handshake"), Charset.UTF8MB4);
        } finally {
            if (!isIn && login != null) {
                login.session().close();
            }
        }
        channel.writer().flush();
        channel.linger();
        return null;
    }

    private void startCompression(HandshakeResponse client) {
        if (client.has(Capability.COMPRESS)) {
            channel.startCompression(Compression.ZLIB, 0);
        } else if (client.has(Capability.ZSTD_COMPRESSION)) {
            channel.startCompression(Compression.ZSTD, Math.clamp(client.zstdLevel(), 1, MAX_ZSTD_LEVEL));
        }
    }

    /// Turns a client away without asking who it is; on the acceptor's thread, so only if the packet can be
    /// sent at once.
    void refuse(SqlException reason) {
        try {
            channel.error(reason, Charset.UTF8MB4);
            channel.writer().flush();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("session", peer.connectionId()).log("client is gone");
        } finally {
            channel.close();
        }
    }

    private boolean mustLeave(Session current) {
        return owner.isStopping() || (owner.isDraining() && !current.isMidway());
    }

    /// Asks a client to leave that is idle and has nothing to finish; others leave when they have finished. Any thread.
    void leaveIfFree() {
        Session current = session;
        boolean isFree = current == null || !current.isMidway();
        if (isFree && (!authenticated || channel.deadlines().isIdle())) {
            channel.deadlines().endInput();
        }
    }

    /// Asks an idle client to leave; one that runs a statement leaves after it. Any thread.
    void stop() {
        if (!authenticated || channel.deadlines().isIdle()) {
            channel.deadlines().endInput();
        }
    }

    /// Ends the statement that runs; its client is told. Any thread.
    void interrupt() {
        Session current = session;
        if (current != null) {
            current.killQuery();
        }
    }

    /// Stops the statement, too. Any thread.
    void kill() {
        Session current = session;
        if (current != null) {
            current.kill();
        }
        channel.abort();
    }

    private void end() {
        try {
            Session current = session;
            if (current != null) {
                current.close();
            }
        } catch (SqlException e) {
            // what it left is removed without it
            LOG.atInfo()
                    .addKeyValue("session", peer.connectionId())
                    .addKeyValue("reason", e.getMessage())
                    .log("session ended in the middle");
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("session", peer.connectionId())
                    .setCause(e)
                    .log("session did not close");
        } finally {
            channel.close();
            onEnd.accept(this);
        }
    }
}
