package io.qomo.store.simulation;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import io.qomo.store.cluster.rpc.PeerListener;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportCounters;
import io.qomo.store.cluster.rpc.TransportException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The transport of one process.
final class SimulatedTransport implements Transport {
    private final Network network;
    private final Simulation.Process process;
    private final SimulatedEnv env;
    private final long node;
    private final Probes probes;
    private final NodeAddress self;
    private final Map<Integer, Handler> handlers = new HashMap<>();
    private final Map<NodeAddress, Connection> connections = new HashMap<>();
    private final List<PeerListener> listeners = new ArrayList<>();

    SimulatedTransport(Network network, Simulation.Process process, SimulatedEnv env, long node, Probes probes) {
        this.network = network;
        this.process = process;
        this.env = env;
        this.node = node;
        this.probes = probes;
        this.self = address(node);
    }

    /// Where a node is.
    static NodeAddress address(long node) {
        return new NodeAddress("n" + node, (int) (1000 + node));
    }

    static byte[] join(ByteBuffer... parts) {
        int length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (ByteBuffer part : parts) {
            joined.put(part.duplicate());
        }
        return joined.array();
    }

    /// Takes note of a request of this process and what it is answered.
    void tap(String operation, String answer) {
        if (!answer.startsWith("DONE")) {
            probes.count("answer: " + operation + ": " + answer.replaceAll(" .*", ""));
        } else if (operation.equals("OUTCOME")) {
            probes.count(answer.endsWith("1") ? "outcome found: committed" : "outcome found: not committed");
        } else if (operation.equals("ADOPT_SNAPSHOT")) {
            probes.count("read-only transaction goes on at the next leader");
        }
    }

    long node() {
        return node;
    }

    Simulation.Process process() {
        return process;
    }

    PeerIdentity identity() {
        return new PeerIdentity(new byte[] {1}, node, self);
    }

    Thread thread(Runnable body) {
        return env.threads("rpc").newThread(body);
    }

    @Nullable Handler handler(int service) {
        return handlers.get(service);
    }

    @Override
    public NodeAddress self() {
        return self;
    }

    @Override
    public void serve(int service, Handler.Mode mode, Handler handler) {
        if (mode != Handler.Mode.BLOCKING) {
            throw new IllegalArgumentException("only blocking services are simulated");
        }
        handlers.put(service, handler);
    }

    @Override
    public void listen(PeerListener listener) {
        listeners.add(listener);
    }

    @Override
    public void start() {
        network.attach(this);
    }

    @Override
    public void send(
            NodeAddress to, int service, int lane, ByteBuffer[] payload, Duration timeout, ResponseCallback callback) {
        Connection connection = connection(to);
        if (connection == null) {
            long noticed = network.simulation().skewed(100_000, 50_000_000L);
            process.after(
                    noticed,
                    () -> callback.failed(
                            new TransportException(TransportException.Outcome.UNREACHABLE, to + " cannot be reached")));
        } else {
            connection.send(service, lane, join(payload), timeout.toNanos(), callback);
        }
    }

    private @Nullable Connection connection(NodeAddress to) {
        Connection known = Connection.open(connections.get(to));
        SimulatedTransport peer = network.at(to);
        if (known == null && peer != null) {
            if (!network.isClosed(node, peer.node) && !network.isClosed(peer.node, node)) {
                known = new Connection(network, this, peer);
                connections.put(to, known);
                network.add(known);
                PeerIdentity identity = peer.identity();
                listeners.forEach(l -> l.connected(identity));
            }
        }
        return known;
    }

    /// A connection of this process broke.
    void lost(Connection connection, String reason) {
        connections.remove(connection.to().self, connection);
        PeerIdentity identity = connection.to().identity();
        listeners.forEach(l -> process.after(0, () -> l.disconnected(identity, reason)));
    }

    @Override
    public void connect(NodeAddress peer) {
        connection(peer);
    }

    @Override
    public boolean isConnected(NodeAddress peer) {
        return Connection.open(connections.get(peer)) != null;
    }

    @Override
    public TransportCounters counters() {
        return new TransportCounters(connections.size(), 0, 0, 0, List.of());
    }

    @Override
    public void close() {
        network.detach(this);
    }
}
