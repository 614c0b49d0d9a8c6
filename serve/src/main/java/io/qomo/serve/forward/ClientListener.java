package io.qomo.serve.forward;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts the clients of a node of a cluster: serves them here if this node serves, else passes them on to
/// the one that does. While none does, clients wait.
public final class ClientListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientListener.class);
    private static final int BACKLOG = 1024;
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int PROOF_TIMEOUT_MS = 5_000;
    private static final long PAUSE_NANOS = 20_000_000L;

    private final ServerSocket listener;
    private final ClientServer here;
    private final Supplier<Optional<InetSocketAddress>> elsewhere;
    private final ForwardProof proof;
    private final Duration patience;
    private final Env env;
    private final Set<Socket> passedOn = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /// Listens.
    ///
    /// @param elsewhere where the serving node takes clients, when that is another node
    /// @param patience  how long a client waits until some node serves
    public ClientListener(
            InetSocketAddress address,
            ClientServer here,
            Supplier<Optional<InetSocketAddress>> elsewhere,
            TcpOptions.Security security,
            Duration patience,
            Env env)
            throws IOException {
        this.here = here;
        this.elsewhere = elsewhere;
        this.proof = new ForwardProof(security);
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
    public int port() {
        return listener.getLocalPort();
    }

    /// Clients that other nodes serve.
    public int passedOn() {
        passedOn.removeIf(Socket::isClosed);
        return passedOn.size();
    }

    private void acceptAll() {
        while (!isClosed) {
            try {
                Socket socket = listener.accept();
                InetSocketAddress client = (InetSocketAddress) socket.getRemoteSocketAddress();
                if (client == null) {
                    socket.close();
                } else if (!here.serve(socket, client)) {
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

    /// Finds who serves a client.
    private void place(Socket socket, InetSocketAddress client) {
        long deadline = env.nanoTime() + patience.toNanos();
        try {
            while (!isClosed && env.nanoTime() - deadline < 0) {
                if (here.serve(socket, client)) {
                    return;
                }
                Optional<InetSocketAddress> other = elsewhere.get();
                if (other.isPresent() && passOn(socket, client, other.get())) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            socket.getOutputStream().write(UNAVAILABLE);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client has left while it waited");
        }
        Pipe.close(socket);
    }

    private boolean passOn(Socket socket, InetSocketAddress client, InetSocketAddress node) {
        Socket raw = new Socket();
        boolean isTaken = false;
        try {
            raw.setTcpNoDelay(true);
            socket.setTcpNoDelay(true);
            raw.connect(node, CONNECT_TIMEOUT_MS);
            raw.setSoTimeout(PROOF_TIMEOUT_MS);
            Socket onward = proof.call(raw, node);
            proof.prove(
                    new DataInputStream(onward.getInputStream()),
                    new DataOutputStream(onward.getOutputStream()),
                    client);
            raw.setSoTimeout(0);
            passedOn.add(socket);
            Pipe.join(socket, onward);
            isTaken = true;
        } catch (IOException e) {
            LOG.atDebug().setCause(e).addKeyValue("node", node).log("a client could not be passed on");
        } finally {
            if (!isTaken) {
                Pipe.close(raw);
            }
        }
        return isTaken;
    }

    /// An error packet of the MySQL protocol, number 9005.
    private static final byte[] UNAVAILABLE = unavailable();

    private static byte[] unavailable() {
        byte[] text =
                "Data is unavailable: no node of the cluster leads at this moment".getBytes(StandardCharsets.US_ASCII);
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
        passedOn.forEach(Pipe::close);
    }
}
