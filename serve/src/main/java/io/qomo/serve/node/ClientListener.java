package io.qomo.serve.node;

import io.qomo.base.env.Env;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts the clients of a node of a cluster. While the node cannot serve them, they wait.
final class ClientListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientListener.class);
    private static final String UNAVAILABLE = "Data is unavailable: ";
    private static final int MAX_REASON_CHARS = 200;
    private static final int BACKLOG = 1024;
    private static final long PAUSE_NANOS = 20_000_000L;

    private final ServerSocket listener;
    private final ClientService service;
    private final Duration patience;
    private final Env env;
    private volatile boolean isClosed;

    /// Listens.
    ///
    /// @param patience how long a client waits until it can be served
    ClientListener(InetSocketAddress address, ClientService service, Duration patience, Env env) throws IOException {
        this.service = service;
        this.patience = patience;
        this.env = env;
        this.listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        env.threads("clients-accept").newThread(this::acceptAll).start();
    }

    /// The port.
    int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!isClosed) {
            try {
                Socket socket = listener.accept();
                InetSocketAddress client = (InetSocketAddress) socket.getRemoteSocketAddress();
                if (client == null) {
                    socket.close();
                } else if (!service.serve(socket, client)) {
                    Thread.ofVirtual().name("client").start(() -> place(socket, client));
                }
            } catch (IOException e) {
                if (!isClosed) {
                    LOG.atWarn().setCause(e).log("cannot accept a client");
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    /// Waits until a client can be served.
    private void place(Socket socket, InetSocketAddress client) {
        long deadline = env.nanoTime() + patience.toNanos();
        try {
            while (!isClosed && env.nanoTime() - deadline < 0) {
                if (service.serve(socket, client)) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            socket.getOutputStream().write(unavailable(service.reason()));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client has left while it waited");
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client's connection could not be closed");
        }
    }

    /// An error packet of the MySQL protocol, number 9005.
    private static byte[] unavailable(String reason) {
        String told = reason.startsWith(UNAVAILABLE) ? reason : UNAVAILABLE + reason;
        byte[] text =
                told.substring(0, Math.min(told.length(), MAX_REASON_CHARS)).getBytes(StandardCharsets.US_ASCII);
        byte[] packet = new byte[7 + text.length];
        packet[0] = (byte) (3 + text.length);
        packet[4] = (byte) 0xFF;
        packet[5] = (byte) 9005;
        packet[6] = (byte) (9005 >>> 8);
        System.arraycopy(text, 0, packet, 7, text.length);
        return packet;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
    }
}
