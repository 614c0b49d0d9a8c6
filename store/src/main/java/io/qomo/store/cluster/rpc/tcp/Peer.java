package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import io.qomo.store.cluster.rpc.PeerListener;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's way to one other. Thread-safe.
///
/// ```
///            ┌────────────── dialFailed (backs off) ─────────────┐
///            ↓                                                   │
///          IDLE ─ dial, on send or connect, after the pause ─→ DIALLING ─ connected ─→ CONNECTED
///            ↑                                                                             │
///            └──────────────────────────── linkClosed ─────────────────────────────────────┘
/// ```
///
/// While it is DIALLING calls wait in order; during the pause they fail at once with what was wrong. The
/// pause doubles from failure to failure and varies by a half, so that many nodes do not call a returning one
/// in step.
final class Peer {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    private static final int MAX_DOUBLINGS = 16;
    /// A connection that ends sooner counts as a failure.
    private static final long GOOD_CONNECTION_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final NodeAddress address;
    private final Set<Connection> registry;
    private final List<PeerListener> listeners;
    private final ThreadFactory threads;
    private final Wiring wiring;

    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock
    private final List<Call> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean isDialling;
    private boolean isClosed;
    private int failures;
    private long retryAt;
    private Outcome lastOutcome = Outcome.UNREACHABLE;
    private String lastReason = "";
    private @Nullable Socket dialled;

    private volatile @Nullable OutboundLink link;

    Peer(
            NodeAddress address,
            Set<Connection> registry,
            List<PeerListener> listeners,
            ThreadFactory threads,
            Wiring wiring) {
        this.address = address;
        this.registry = registry;
        this.listeners = listeners;
        this.threads = threads;
        this.wiring = wiring;
    }

    /// Takes charge of a call.
    void send(Call call) {
        OutboundLink current = link;
        while (current != null) {
            if (current.submit(call)) {
                return;
            }
            linkClosed(current, current.connection().closeReason());
            current = link;
        }
        sendUnconnected(call);
    }

    private void sendUnconnected(Call call) {
        OutboundLink current;
        lock.lock();
        try {
            current = link;
            if (current == null) {
                waitOrFail(call);
            }
        } finally {
            lock.unlock();
        }
        if (current != null) {
            send(call);
        }
    }

    private void waitOrFail(Call call) {
        if (!isDialling && !dial()) {
            call.fail(lastOutcome, lastReason, wiring.events());
            return;
        }
        int bytes = call.frame().totalBytes();
        if (waitingBytes > 0 && waitingBytes + bytes > wiring.options().limits().maxOutgoingBytes()) {
            call.fail(Outcome.UNREACHABLE, "too much waits for " + address, wiring.events());
            return;
        }
        waiting.add(call);
        waitingBytes += bytes;
        wiring.alarm().accept(call.deadline());
    }

    /// Connects unless that has happened or must not be yet.
    void connect() {
        lock.lock();
        try {
            if (link == null && !isDialling) {
                dial();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Starts a thread that connects and then reads; false when it is too early.
    private boolean dial() {
        if (isClosed) {
            lastOutcome = Outcome.UNREACHABLE;
            lastReason = "the transport is closed";
            return false;
        }
        if (wiring.clock().getAsLong() < retryAt) {
            return false;
        }
        isDialling = true;
        try {
            threads.newThread(this::dialAndRead).start();
        } catch (OutOfMemoryError e) {
            isDialling = false;
            lastOutcome = Outcome.UNREACHABLE;
            lastReason = "no thread to connect to " + address;
            return false;
        }
        return true;
    }

    private void dialAndRead() {
        OutboundLink opened = open();
        if (opened != null) {
            opened.connection().readAll(opened, address.toString());
        }
    }

    /// Connects, shakes hands and sends what waits; null, and whoever waits is told why, when that is not to
    /// be.
    private @Nullable OutboundLink open() {
        Connection connection = null;
        try {
            connection = openConnection();
            connection.startTls();
            PeerIdentity identity = new Handshake(connection, wiring).call(address);
            OutboundLink opened = new OutboundLink(connection, identity, this, wiring);
            connected(opened);
            return opened;
        } catch (RefusedException e) {
            refused(e.reason());
        } catch (SSLException e) {
            refused(wiring.tlsReason(e));
        } catch (MalformedFrameException e) {
            refused("does not answer as a node does: " + e.getMessage());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            dialFailed(Outcome.UNREACHABLE, "cannot connect to " + address + ": " + reason(e, connection));
        }
        if (connection != null) {
            connection.close("no handshake");
        }
        return null;
    }

    private String reason(Throwable e, @Nullable Connection connection) {
        if (connection != null && !connection.closeReason().isEmpty()) {
            return connection.closeReason();
        }
        if (e instanceof EOFException && wiring.options().security().tls().isEmpty()) {
            return "it hung up on a hello without TLS";
        }
        return String.valueOf(e.getMessage());
    }

    private Connection openConnection() throws IOException {
        Socket socket = new Socket();
        lock.lock();
        try {
            if (isClosed) {
                throw new IOException("the transport is closed");
            }
            dialled = socket;
        } finally {
            lock.unlock();
        }
        try {
            int timeoutMs = (int) wiring.options().timing().connect().toMillis();
            socket.connect(new InetSocketAddress(address.host(), address.port()), timeoutMs);
            return new Connection(socket, Optional.of(address), registry, wiring);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void connected(OutboundLink opened) {
        lock.lock();
        try {
            isDialling = false;
            dialled = null;
            LOG.atInfo().addKeyValue("peer", opened.identity()).log("connected to a peer");
            for (PeerListener listener : listeners) {
                wiring.events().execute(() -> listener.connected(opened.identity()));
            }
            opened.connection().out().cork();
            opened.connection().establish(opened);
            for (Call call : waiting) {
                if (!opened.submit(call)) {
                    call.fail(Outcome.UNREACHABLE, "connection to " + address + " closed", wiring.events());
                }
            }
            waiting.clear();
            waitingBytes = 0;
            // not before: who sends meanwhile waits for the lock and so comes after those that wait
            link = opened;
            if (opened.connection().isClosed()) {
                linkClosed(opened, opened.connection().closeReason());
            }
        } finally {
            lock.unlock();
        }
        opened.connection().out().uncork();
    }

    private void refused(String reason) {
        wiring.meters().refused();
        wiring.complaints().log("no connection to a peer", address.toString(), reason);
        dialFailed(Outcome.REFUSED, "no connection to " + address + ": " + reason);
    }

    private void dialFailed(Outcome outcome, String reason) {
        lock.lock();
        try {
            isDialling = false;
            dialled = null;
            lastOutcome = outcome;
            lastReason = reason;
            backOff();
            for (Call call : waiting) {
                call.fail(outcome, reason, wiring.events());
            }
            waiting.clear();
            waitingBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    private void backOff() {
        TcpOptions.Timing timing = wiring.options().timing();
        long pause = Math.min(
                timing.maxBackoff().toNanos(), timing.backoff().toNanos() << Math.min(failures, MAX_DOUBLINGS));
        long part = Math.floorMod(wiring.env().randomLong(), pause / 2 + 1);
        retryAt = wiring.clock().getAsLong() + pause - part;
        failures++;
    }

    /// A link of this peer is no more.
    void linkClosed(OutboundLink closed, String reason) {
        lock.lock();
        try {
            if (link != closed) {
                return;
            }
            link = null;
            lastOutcome = Outcome.UNREACHABLE;
            lastReason = "connection to " + address + " closed: " + reason;
            if (wiring.clock().getAsLong() - closed.openedAt() < GOOD_CONNECTION_NANOS) {
                backOff();
            } else {
                failures = 0;
            }
            LOG.atInfo()
                    .addKeyValue("peer", address)
                    .addKeyValue("reason", reason)
                    .log("lost a peer");
            for (PeerListener listener : listeners) {
                wiring.events().execute(() -> listener.disconnected(closed.identity(), reason));
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isConnected() {
        return link != null;
    }

    /// Fails the calls whose time is up, and tells when to look again.
    long expire(long now) {
        long next = Long.MAX_VALUE;
        lock.lock();
        try {
            for (Iterator<Call> calls = waiting.iterator(); calls.hasNext(); ) {
                Call call = calls.next();
                if (call.deadline() <= now) {
                    calls.remove();
                    waitingBytes -= call.frame().totalBytes();
                    call.fail(Outcome.UNREACHABLE, "not connected in time to " + address, wiring.events());
                } else {
                    next = Math.min(next, call.deadline());
                }
            }
        } finally {
            lock.unlock();
        }
        // only now: what was waiting may have gone there
        OutboundLink current = link;
        return current == null ? next : Math.min(next, current.expire(now));
    }

    /// Ends attempts to connect; the transport closes the connections.
    void close() {
        Socket socket;
        lock.lock();
        try {
            isClosed = true;
            socket = dialled;
        } finally {
            lock.unlock();
        }
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone anyway
            }
        }
    }
}
