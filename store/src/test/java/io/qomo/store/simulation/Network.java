package io.qomo.store.simulation;

import io.qomo.store.cluster.rpc.NodeAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The wires between nodes: delays, ways that are closed or slow.
///
/// A message of consensus is alone and may be lost. Requests go over connections as TCP has them
/// ([Connection]): in order, and what is sent into a closed way waits until it opens or the silence is
/// noticed.
final class Network {
    private static final long SILENCE_NANOS = 1_500_000_000L;

    private final Simulation simulation;
    private final Map<NodeAddress, SimulatedTransport> nodes =
            new TreeMap<>((a, b) -> Integer.compare(a.port(), b.port()));
    private final List<Connection> connections = new ArrayList<>();
    private final Set<Long> closed = new HashSet<>();
    private final Set<Long> slow = new HashSet<>();
    private double loss;

    Network(Simulation simulation) {
        this.simulation = simulation;
    }

    Simulation simulation() {
        return simulation;
    }

    void attach(SimulatedTransport transport) {
        nodes.put(transport.self(), transport);
    }

    /// The node is gone: connections break, and nothing reaches it.
    void detach(SimulatedTransport transport) {
        nodes.remove(transport.self(), transport);
        for (Connection connection : List.copyOf(connections)) {
            if (connection.connects(transport)) {
                connection.breakOff("the process has ended", true);
            }
        }
    }

    @Nullable SimulatedTransport at(NodeAddress address) {
        return nodes.get(address);
    }

    private static long way(long from, long to) {
        return from << 32 | to;
    }

    /// Closes the way from one node to another, in this direction.
    void close(long from, long to) {
        closed.add(way(from, to));
        for (Connection connection : connections) {
            if (connection.isBlocked()) {
                simulation.after(SILENCE_NANOS + simulation.skewed(0, SILENCE_NANOS), () -> {
                    if (connection.isBlocked()) {
                        connection.breakOff("nothing was heard of the peer", false);
                    }
                });
            }
        }
    }

    /// Makes a way slow.
    void slowDown(long from, long to) {
        slow.add(way(from, to));
    }

    /// How many messages of consensus get lost.
    void loss(double share) {
        loss = share;
    }

    /// Opens all ways.
    void heal() {
        closed.clear();
        slow.clear();
        loss = 0;
        connections.forEach(Connection::resume);
    }

    boolean isClosed(long from, long to) {
        return closed.contains(way(from, to));
    }

    boolean isLost() {
        return simulation.chance(loss);
    }

    /// Some connection, or null.
    @Nullable Connection anyConnection() {
        return connections.isEmpty() ? null : connections.get(simulation.random(connections.size()));
    }

    void add(Connection connection) {
        connections.add(connection);
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    long delayNanos(long from, long to) {
        long base = simulation.skewed(50_000, 2_000_000L);
        return slow.contains(way(from, to)) ? base + simulation.skewed(5_000_000L, 400_000_000L) : base;
    }
}
