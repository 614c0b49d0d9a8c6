package io.qomo.store.simulation;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.raft.SimulatedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Nodes, the network between them, and the clients that use them: one run.
final class Cluster {
    private static final long SETTLE_NANOS = 120_000_000_000L;

    private final Simulation simulation;
    private final Network network;
    private final Probes probes = new Probes();
    private final List<Long> ids = new ArrayList<>();
    private final Map<Long, SimulatedMember.Disk> disks = new TreeMap<>();
    private final Map<Long, SimulatedNode> nodes = new TreeMap<>();
    private final Map<Long, Long> wallOffsets = new TreeMap<>();
    private final List<Client> clients = new ArrayList<>();
    private boolean isOver;

    Cluster(long seed) {
        simulation = new Simulation(seed);
        network = new Network(simulation);
        int size = simulation.chance(0.2) ? 5 : 3;
        for (long id = 1; id <= size; id++) {
            ids.add(id);
            disks.put(id, new SimulatedMember.Disk());
            wallOffsets.put(id, (long) simulation.random(20_000) - 10_000);
        }
    }

    Simulation simulation() {
        return simulation;
    }

    Network network() {
        return network;
    }

    Probes probes() {
        return probes;
    }

    List<Long> ids() {
        return ids;
    }

    /// The running process of a node, or null.
    @Nullable SimulatedNode node(long id) {
        return nodes.get(id);
    }

    List<SimulatedNode> running() {
        return List.copyOf(nodes.values());
    }

    /// The node that leads, or null.
    @Nullable SimulatedNode leader() {
        for (SimulatedNode node : nodes.values()) {
            if (node.host().leads()) {
                return node;
            }
        }
        return null;
    }

    /// Starts a node where it was left.
    void start(long id, long flushed) {
        if (!nodes.containsKey(id)) {
            nodes.put(id, new SimulatedNode(id, this, disk(id), flushed, wallOffsets.getOrDefault(id, 0L)));
        }
    }

    private SimulatedMember.Disk disk(long id) {
        SimulatedMember.Disk disk = disks.get(id);
        if (disk == null) {
            throw new IllegalStateException("no node " + id);
        }
        return disk;
    }

    /// Ends the process of a node; another one begins after a while.
    void crash(SimulatedNode node, long downNanos) {
        long id = node.id();
        nodes.remove(id, node);
        node.kill();
        SimulatedMember.Disk disk = disk(id);
        disk.crash(simulation.skewed(0, 1000) / 1000.0);
        long applied = Math.min(node.member().appliedIndex(), disk.lastIndex());
        long flushed = simulation.chance(0.5) ? applied : applied * simulation.random(100) / 100;
        clients.forEach(c -> c.crashed(node));
        simulation.after(downNanos, () -> start(id, flushed));
    }

    /// Sets the wall clock of a node wrong.
    void setClock(SimulatedNode node, long offsetMicros) {
        wallOffsets.put(node.id(), offsetMicros);
        node.env().wallOffsetMicros(offsetMicros);
    }

    /// A client: does one thing after the other at a node, and goes to another when that dies.
    private final class Client {
        private final Workload workload;
        private @Nullable SimulatedNode node;
        private long leftWork;

        Client(Workload workload, long work) {
            this.workload = workload;
            this.leftWork = work;
        }

        void connect() {
            List<SimulatedNode> running = running();
            if (running.isEmpty()) {
                simulation.after(100_000_000L, this::connect);
                return;
            }
            SimulatedNode chosen = running.get(simulation.random(running.size()));
            node = chosen;
            chosen.start("client", () -> serve(chosen));
        }

        private void serve(SimulatedNode chosen) {
            while (!isDone()) {
                leftWork--;
                workload.work(Cluster.this, chosen);
                pause(chosen, 20_000_000L);
                if (simulation.chance(0.1)) {
                    simulation.after(0, this::connect);
                    return;
                }
            }
            node = null;
        }

        boolean isDone() {
            return isOver || leftWork <= 0;
        }

        boolean isIdle() {
            return isDone() && node == null;
        }

        void crashed(SimulatedNode gone) {
            if (node == gone) {
                node = null;
                if (!isDone()) {
                    simulation.after(simulation.skewed(1_000_000L, 500_000_000L), this::connect);
                }
            }
        }
    }

    /// Lets the calling thread wait for up to `maxNanos`.
    void pause(SimulatedNode node, long maxNanos) {
        node.env().parkNanos(this, simulation.skewed(1, maxNanos));
    }

    /// Lets the calling thread wait, now and then.
    void maybePause(SimulatedNode node) {
        if (simulation.chance(0.2)) {
            pause(node, 300_000_000L);
        }
    }

    /// Does something that may fail for want of a leader; true if it was done.
    boolean unlessUnavailable(Runnable work) {
        try {
            work.run();
            return true;
        } catch (SqlException e) {
            ErrorCode code = e.code();
            if (code != ErrorCode.GROUP_UNAVAILABLE
                    && code != ErrorCode.UNKNOWN_OUTCOME
                    && code != ErrorCode.DEADLOCK
                    && code != ErrorCode.LOCK_WAIT_TIMEOUT) {
                throw e;
            }
            return false;
        }
    }

    /// Starts the nodes and writes what the workloads begin with.
    void begin() {
        ids.forEach(id -> start(id, 0));
        await("a leader", () -> leader() != null);
        onSome("the first accounts", node -> {
            Attempt attempt = new Attempt();
            while (!attempt.isAcknowledged()) {
                attempt.run(this, node, Workload.REPEATABLE_READ, Transfers::begin);
            }
        });
    }

    /// Runs clients against faults until all have done their work.
    void run(List<Workload> workloads, int clientsEach, long workEach) {
        for (Workload workload : workloads) {
            for (int i = 0; i < clientsEach; i++) {
                Client client = new Client(workload, workEach);
                clients.add(client);
                client.connect();
            }
        }
        Faults faults = new Faults(this);
        faults.begin();
        simulation.run(() -> clients.stream().allMatch(Client::isDone), SETTLE_NANOS);
        isOver = true;
        faults.end();
        for (long id : ids) {
            start(id, 0);
        }
        await("clients to end", () -> clients.stream().allMatch(Client::isIdle));
        await("replicas to be equal", () -> {
            long last = running().getFirst().member().lastIndex();
            return leader() != null
                    && running().stream()
                            .allMatch(
                                    n -> n.member().appliedIndex() == n.member().lastIndex()
                                            && n.member().lastIndex() == last);
        });
        List<String> content = running().getFirst().content();
        for (SimulatedNode node : running()) {
            Workload.ensure(node.content().equals(content), "the replica of node " + node.id() + " differs");
        }
    }

    /// Checks the workloads at every node.
    void check(List<Workload> workloads) {
        for (SimulatedNode node : running()) {
            onNode(node, "the checks on node " + node.id(), () -> {
                // locks of transactions whose gateway has died are given up after a while, not at once
                Attempt attempt = new Attempt();
                while (!attempt.isAcknowledged()) {
                    attempt.run(this, node, Workload.REPEATABLE_READ, t -> workloads.forEach(w -> w.check(t)));
                }
            });
        }
    }

    private interface Work {
        void on(SimulatedNode node);
    }

    private void onSome(String what, Work work) {
        SimulatedNode node = running().getFirst();
        onNode(node, what, () -> work.on(node));
    }

    private void onNode(SimulatedNode node, String what, Runnable work) {
        boolean[] isDone = new boolean[1];
        long acknowledged = probes.of("acknowledged");
        node.start("check", () -> {
            work.run();
            isDone[0] = true;
        });
        await(what, () -> isDone[0]);
        Workload.ensure(probes.of("acknowledged") > acknowledged, what + " did not succeed: \n" + probes);
    }

    void await(String what, BooleanSupplier condition) {
        Workload.ensure(simulation.run(condition, SETTLE_NANOS), "waited in vain for " + what);
    }
}
