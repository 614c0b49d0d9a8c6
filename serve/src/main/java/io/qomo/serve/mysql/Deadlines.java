package io.qomo.serve.mysql;

import io.qomo.base.env.Env;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/// What a connection waits for and until when. The connection's thread sets it; the server's watch enforces
/// it from outside, so that a read or write costs one system call and no timer.
///
/// ```
///            awaitCommand            first bytes               whole packet
/// RUNNING ---------------> IDLE ------------------> READING -------------> RUNNING
/// RUNNING --beforeWrite--> WRITING --afterWrite--> RUNNING
/// ```
/// A deadline that passes in IDLE ends the input, so that the connection's own thread can say why it
/// leaves; in any other state the socket is closed.
final class Deadlines {
    /// What the connection's thread is doing.
    enum Phase {
        HANDSHAKE,
        IDLE,
        READING,
        RUNNING,
        WRITING
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Socket socket;
    private final Env env;
    private final long readNanos;
    private final long writeNanos;
    private volatile Phase phase = Phase.HANDSHAKE;
    private volatile long deadlineNanos;
    private volatile boolean expired;

    Deadlines(Socket socket, ListenerOptions options, Env env) {
        this.socket = socket;
        this.env = env;
        this.readNanos = options.readTimeout().toNanos();
        this.writeNanos = options.writeTimeout().toNanos();
        this.deadlineNanos = env.nanoTime() + options.connectTimeout().toNanos();
    }

    /// The next read may wait for the client that long.
    void awaitCommand(Duration idleTimeout) {
        deadlineNanos = env.nanoTime() + Math.clamp(idleTimeout.toNanos(), 0, NEVER / 4);
        phase = Phase.IDLE;
    }

    /// A read within a command comes.
    void beforeRead() {
        if (phase == Phase.READING || phase == Phase.RUNNING) {
            deadlineNanos = env.nanoTime() + readNanos;
            phase = Phase.READING;
        }
    }

    /// Bytes have come.
    void afterRead() {
        if (phase == Phase.IDLE) {
            phase = Phase.READING;
        }
    }

    void beforeWrite() {
        if (phase != Phase.HANDSHAKE) {
            deadlineNanos = env.nanoTime() + writeNanos;
            phase = Phase.WRITING;
        }
    }

    void afterWrite() {
        if (phase == Phase.WRITING) {
            clear();
        }
    }

    /// Nothing is waited for.
    void clear() {
        deadlineNanos = NEVER;
        phase = Phase.RUNNING;
    }

    /// True if the client was silent for too long.
    boolean isExpired() {
        return expired;
    }

    boolean isIdle() {
        return phase == Phase.IDLE;
    }

    /// Ends the input, which wakes the connection's thread. Any thread.
    void endInput() {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            closeSocket();
        }
    }

    /// Called now and then by the server's watch.
    void enforce(long nowNanos) {
        long deadline = deadlineNanos;
        Phase seen = phase;
        if (deadline == NEVER || nowNanos - deadline < 0) {
            return;
        }
        if (seen == Phase.IDLE) {
            expired = true;
            endInput();
        } else if (seen != Phase.RUNNING) {
            expired = true;
            closeSocket();
        }
    }

    /// Closes the socket under whoever reads or writes. Any thread.
    void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // the socket is gone either way
            expired = true;
        }
    }
}
