package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door: accepts connections, shakes hands with a limited number of strangers at a time, and reads what
/// those that came in ask.
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    private static final int BACKLOG = 256;
    private static final long PAUSE_NANOS = 50_000_000;

    private final ServerSocket socket;
    private final Wiring wiring;
    private final Set<Connection> registry;
    private final @Nullable Service[] services;
    private final ThreadFactory threads;
    private final AtomicInteger strangers = new AtomicInteger();
    private final ConcurrentHashMap<NodeAddress, Connection> guests = new ConcurrentHashMap<>();

    Listener(
            ServerSocket socket,
            Wiring wiring,
            Set<Connection> registry,
            @Nullable Service[] services,
            ThreadFactory threads) {
        this.socket = socket;
        this.wiring = wiring;
        this.registry = registry;
        this.services = services;
        this.threads = threads;
    }

    /// A socket that listens.
    static ServerSocket bind(NodeAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void start() {
        threads.newThread(this::acceptAll).start();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                welcome(socket.accept());
            } catch (IOException | OutOfMemoryError e) {
                if (!socket.isClosed()) {
                    LOG.atWarn().setCause(e).log("cannot accept a connection");
                    LockSupport.parkNanos(this, PAUSE_NANOS);
                }
            }
        }
    }

    private void welcome(Socket stranger) throws IOException {
        if (strangers.get() >= wiring.options().limits().maxHandshakes()) {
            wiring.complaints().log("too many connections in handshake", host(stranger), "limit reached");
            stranger.close();
            return;
        }
        strangers.getAndIncrement();
        try {
            threads.newThread(() -> shakeHands(stranger)).start();
        } catch (OutOfMemoryError e) {
            strangers.getAndDecrement();
            stranger.close();
            throw e;
        }
    }

    private void shakeHands(Socket stranger) {
        Connection connection = null;
        InboundLink link = null;
        String host = host(stranger);
        try {
            connection = new Connection(stranger, Optional.empty(), registry, wiring);
            if (socket.isClosed()) {
                throw new IOException("the listener is closed");
            }
            connection.startTls();
            PeerIdentity peer = new Handshake(connection, wiring).answer();
            link = admit(connection, peer);
        } catch (RefusedException e) {
            refused(host, e.reason());
        } catch (SSLException e) {
            refused(host, wiring.tlsReason(e));
            if (connection != null) {
                connection.linger();
            }
        } catch (MalformedFrameException e) {
            refused(host, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).addKeyValue("peer", host).log("handshake not completed");
        } finally {
            strangers.getAndDecrement();
            if (link == null) {
                hangUp(stranger, connection);
            }
        }
        if (connection != null && link != null) {
            connection.readAll(link, link.peer().address().toString());
        }
    }

    /// Gives a peer its link. A newer connection replaces an older one of the same peer, whose requests would
    /// otherwise still be handled, late, beside the new ones.
    private InboundLink admit(Connection connection, PeerIdentity peer) {
        InboundLink link =
                new InboundLink(connection, peer, services, wiring, () -> guests.remove(peer.address(), connection));
        Connection older = guests.put(peer.address(), connection);
        if (older != null) {
            older.close("the peer made a newer connection");
        }
        connection.establish(link);
        return link;
    }

    private void refused(String host, String reason) {
        wiring.meters().refused();
        wiring.complaints().log("refused a connection", host, reason);
    }

    private static void hangUp(Socket stranger, @Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close("no handshake");
            }
            stranger.close();
        } catch (IOException e) {
            // it is gone anyway
        }
    }

    private static String host(Socket stranger) {
        return stranger.getInetAddress() == null
                ? "?"
                : stranger.getInetAddress().getHostAddress();
    }

    /// Connections of peers.
    int guests() {
        return guests.size();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the cluster listener did not close");
        }
    }
}
