package io.qomo.store.simulation;

import io.qomo.store.Bytes;
import io.qomo.store.cluster.raft.SimulatedMember;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.Coordinator;
import io.qomo.store.txn.Counters;
import io.qomo.store.txn.TransactionManager;
import io.qomo.store.txn.remote.GroupHost;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// A running process of a node: everything real but network, threads, disk and consensus.
final class SimulatedNode {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETENTION = Duration.ofSeconds(1);

    private final long id;
    private final Cluster cluster;
    private final Simulation.Process process;
    private final SimulatedEnv env;
    private final SimulatedStore store = new SimulatedStore();
    private final SimulatedTransport transport;
    private final GroupHost host;
    private final SimulatedMember member;
    private final Coordinator coordinator;

    /// Starts the process; its store holds the first `flushed` entries of the log.
    SimulatedNode(long id, Cluster cluster, SimulatedMember.Disk disk, long flushed, long wallOffsetMicros) {
        Simulation simulation = cluster.simulation();
        this.id = id;
        this.cluster = cluster;
        this.process = simulation.process();
        this.env = new SimulatedEnv(simulation, process, wallOffsetMicros);
        disk.replay(store, flushed);
        this.transport = new SimulatedTransport(cluster.network(), process, env, id, cluster.probes());
        this.host = new GroupHost(id, store, transport, SimulatedNode::address, PATIENCE, RETENTION, env);
        transport.start();
        this.member =
                host.open(listener -> new SimulatedMember(id, cluster.ids(), disk, store, listener, new Wire(), env));
        this.coordinator = new Coordinator(host.participants(), 1L << 26);
    }

    private static NodeAddress address(long node) {
        return SimulatedTransport.address(node);
    }

    /// How messages of consensus go.
    private final class Wire implements SimulatedMember.World {
        @Override
        public void send(long to, Consumer<SimulatedMember> message) {
            Network network = cluster.network();
            if (!process.isAlive() || network.isClosed(id, to) || network.isLost()) {
                return;
            }
            cluster.simulation().after(network.delayNanos(id, to), () -> {
                SimulatedNode node = cluster.node(to);
                if (node != null && !network.isClosed(id, to)) {
                    node.process.after(0, () -> message.accept(node.member));
                }
            });
        }

        @Override
        public void after(long nanos, Runnable action) {
            process.after(nanos, action);
        }

        @Override
        public long skewed(long fromNanos, long toNanos) {
            return cluster.simulation().skewed(fromNanos, toNanos);
        }

        @Override
        public boolean chance(double probability) {
            return cluster.simulation().chance(probability);
        }
    }

    /// Ends the process as a power cut would.
    void kill() {
        cluster.probes().count("read near", host.nearReads());
        process.kill();
        transport.close();
    }

    /// Makes the process stand still, as a long collection of garbage does.
    void stop(long nanos) {
        process.stop(nanos);
    }

    long id() {
        return id;
    }

    SimulatedEnv env() {
        return env;
    }

    /// All that its replica holds.
    List<String> content() {
        return Bytes.drain(store.scan(new byte[0], new byte[0], ScanDirection.FORWARD, OrderedStore.LATEST));
    }

    SimulatedMember member() {
        return member;
    }

    GroupHost host() {
        return host;
    }

    TransactionManager transactions() {
        return coordinator;
    }

    Counters counters() {
        return host.counters();
    }

    /// Runs a client's work in this process.
    void start(String name, Runnable body) {
        env.threads(name).newThread(body).start();
    }
}
