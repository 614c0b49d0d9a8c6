package io.qomo.store.cluster.rpc.tcp;

import io.qomo.base.error.SqlException;
import io.qomo.base.tls.MutualTls;
import io.qomo.store.cluster.rpc.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One TCP connection: a stranger's until [#establish], then a peer's.
///
/// ```
/// SHAKING HANDS ─ establish ─→ ESTABLISHED ─ close ─→ CLOSED
///       └─────────────── close ────────────────────────↑
/// ```
///
/// One thread reads ([#readAll]); who writes is up to [Outgoing]; the ticker closes the connection when the
/// handshake takes too long, the peer is silent, or a write is stuck. Closing the socket is what ends the
/// threads.
final class Connection {
    private static final int STRANGER_FRAME_BYTES = 4 << 10;
    private static final int LINGER_MS = 1000;
    private static final int MAX_LINGER_READS = 16;
    private static final int ALIVE_PARTS = 4;

    private final Socket raw;
    private final Socket socket;
    private final Set<Connection> registry;
    private final Wiring wiring;
    private final FrameReader in;
    private final Outgoing out;
    private final long handshakeDeadline;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile boolean isEstablished;
    private volatile @Nullable FrameSink sink;
    private volatile String closeReason = "";
    // owned by the ticker
    private long aliveAt;
    private long sentBefore;

    /// Takes over a connected socket and enters itself in the registry; `dialled` is empty when the peer
    /// called.
    Connection(Socket raw, Optional<NodeAddress> dialled, Set<Connection> registry, Wiring wiring) throws IOException {
        this.raw = raw;
        this.registry = registry;
        this.wiring = wiring;
        raw.setTcpNoDelay(true);
        raw.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        this.socket = secure(raw, dialled, wiring.options().security());
        this.in = new FrameReader(
                socket.getInputStream(),
                wiring.clock(),
                STRANGER_FRAME_BYTES,
                wiring.options().limits().maxFrameBytes());
        this.out = new Outgoing(socket.getOutputStream(), in::received, wiring, this::close);
        this.handshakeDeadline = wiring.clock().getAsLong()
                + wiring.options().timing().handshake().toNanos();
        registry.add(this);
        wiring.alarm().accept(handshakeDeadline);
    }

    private static Socket secure(Socket raw, Optional<NodeAddress> dialled, TcpOptions.Security security)
            throws IOException {
        if (security.tls().isEmpty()) {
            return raw;
        }
        MutualTls tls = security.tls().get();
        return dialled.isPresent()
                ? tls.call(raw, dialled.get().host(), dialled.get().port(), false)
                : tls.answer(raw, false);
    }

    /// Shakes hands over TLS, if it is used.
    void startTls() throws IOException {
        if (socket instanceof SSLSocket tls) {
            tls.startHandshake();
        }
    }

    /// A value that only the two ends of this TLS connection know; empty without TLS.
    byte[] tlsBinding(String label) throws GeneralSecurityException, IOException {
        if (socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session) {
            return session.exportKeyingMaterialData(label, new byte[0], Hello.NONCE_BYTES);
        }
        return new byte[0];
    }

    /// Sends a frame of the handshake.
    void send(FrameKind kind, byte[] payload) {
        out.append(Frame.handshake(kind, payload));
    }

    FrameHeader readHeader() throws IOException {
        FrameHeader header = in.header();
        out.acknowledge(header.received());
        return header;
    }

    byte[] readPayload(FrameHeader header) throws IOException {
        return in.payload(header);
    }

    /// The handshake is done: from now on frames go to `receiver`.
    void establish(FrameSink receiver) {
        in.admit();
        sink = receiver;
        isEstablished = true;
        wiring.meters().connected();
        if (isClosed.get()) {
            receiver.closed(closeReason);
        }
        wiring.alarm().accept(0);
    }

    /// Hands frames to the receiver until the connection ends, and closes it.
    void readAll(FrameSink receiver, String peer) {
        try {
            while (!isClosed.get()) {
                FrameHeader header = readHeader();
                byte[] payload = in.payload(header);
                wiring.meters().received(header);
                boolean isLastForNow = !in.hasWholeFrame();
                if (isLastForNow) {
                    receiver.frame(header, payload);
                    out.uncork();
                } else {
                    out.cork();
                    receiver.frame(header, payload);
                }
            }
        } catch (MalformedFrameException e) {
            wiring.complaints().log("a peer sent what it must not", peer, String.valueOf(e.getMessage()));
            close(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        } catch (SqlException | OutOfMemoryError e) {
            wiring.complaints().log("no memory for a peer's message", peer, e.toString());
            close(e.toString());
        } finally {
            close("the reader ended");
        }
    }

    Outgoing out() {
        return out;
    }

    boolean isClosed() {
        return isClosed.get();
    }

    /// Closes the connection; the first reason counts. Any thread, never waits.
    void close(String reason) {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        closeReason = reason;
        registry.remove(this);
        out.close();
        try {
            // not the TLS socket's close, which waits for a stuck writer
            raw.close();
        } catch (IOException e) {
            // it is gone anyway
        }
        FrameSink receiver = sink;
        if (receiver != null) {
            receiver.closed(reason);
        }
    }

    /// Why it was closed, empty while it is not.
    String closeReason() {
        return closeReason;
    }

    /// Waits a little for the peer to hang up, so that it reads this side's last word instead of a reset.
    void linger() {
        try {
            raw.setSoTimeout(LINGER_MS);
            raw.shutdownOutput();
            byte[] ignored = new byte[STRANGER_FRAME_BYTES];
            InputStream rest = raw.getInputStream();
            for (int i = 0; i < MAX_LINGER_READS && rest.read(ignored) >= 0; i++) {
                continue;
            }
        } catch (IOException e) {
            // it has hung up
        }
    }

    /// Does what the time asks for and tells when to look again. The ticker's thread.
    long tick(long now) {
        if (!isEstablished) {
            if (now >= handshakeDeadline) {
                close("the handshake took too long");
            }
            return handshakeDeadline;
        }
        TcpOptions.Timing timing = wiring.options().timing();
        long waiting = in.waitingSince();
        if (waiting > 0 && now - waiting >= timing.silence().toNanos()) {
            close("the peer was silent for " + timing.silence().toMillis() + " ms");
        }
        long writing = out.writingSince();
        if (writing > 0 && now - writing >= timing.write().toNanos()) {
            close("the peer took nothing for " + timing.write().toMillis() + " ms");
        }
        long pause = timing.silence().toNanos() / ALIVE_PARTS;
        if (now >= aliveAt) {
            if (out.sent() == sentBefore) {
                out.appendAlive();
            }
            sentBefore = out.sent();
            aliveAt = now + pause;
        }
        long next = aliveAt;
        if (waiting > 0) {
            next = Math.min(next, waiting + timing.silence().toNanos());
        }
        return writing > 0 ? Math.min(next, writing + timing.write().toNanos()) : next;
    }
}
