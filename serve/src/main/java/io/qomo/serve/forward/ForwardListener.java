package io.qomo.serve.forward;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the clients of other nodes.
public final class ForwardListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardListener.class);
    private static final int BACKLOG = 512;
    private static final int PROOF_TIMEOUT_MS = 5_000;

    private final ServerSocket listener;
    private final ClientServer server;
    private final ForwardProof proof;
    private final Env env;
    private volatile boolean isClosed;

    /// Listens on a free port of `host`.
    public ForwardListener(String host, TcpOptions.Security security, ClientServer server, Env env) throws IOException {
        this.server = server;
        this.proof = new ForwardProof(security);
        this.env = env;
        this.listener = new ServerSocket();
        listener.bind(new InetSocketAddress(host, 0), BACKLOG);
        env.threads("forward-accept").newThread(this::acceptAll).start();
    }

    /// The port.
    public int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!isClosed) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().name("forward").start(() -> take(socket));
            } catch (IOException e) {
                if (!isClosed) {
                    LOG.atWarn().setCause(e).log("cannot take a client of another node");
                }
            }
        }
    }

    private void take(Socket raw) {
        boolean isServed = false;
        try {
            raw.setTcpNoDelay(true);
            raw.setSoTimeout(PROOF_TIMEOUT_MS);
            Socket socket = proof.answer(raw);
            byte[] random = new byte[ForwardProof.RANDOM_BYTES];
            env.secureRandom(random);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(ForwardProof.GREETING);
            out.write(random);
            out.flush();
            // what follows belongs to the client: nothing may be read ahead
            InetSocketAddress client = proof.check(new DataInputStream(socket.getInputStream()), random);
            raw.setSoTimeout(0);
            if (!server.isServing()) {
                // it leads, perhaps, and is not ready: the other node asks again
                return;
            }
            out.writeByte(1);
            out.flush();
            isServed = server.serve(socket, client);
        } catch (IOException e) {
            LOG.atInfo()
                    .addKeyValue("peer", raw.getRemoteSocketAddress())
                    .addKeyValue("reason", proof.reason(e))
                    .log("a client was not taken over");
        } finally {
            if (!isServed) {
                Pipe.close(raw);
            }
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
    }
}
