package io.qomo.store.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes wrong in a run, one thing after the other.
final class Faults {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Cluster cluster;
    private final Simulation simulation;
    private boolean isOver;

    Faults(Cluster cluster) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
    }

    void begin() {
        simulation.after(simulation.skewed(SECOND_NANOS / 50, 2 * SECOND_NANOS), () -> {
            if (!isOver) {
                strike();
                begin();
            }
        });
    }

    /// Nothing goes wrong any more.
    void end() {
        isOver = true;
        cluster.network().heal();
    }

    private void strike() {
        switch (simulation.random(12)) {
            case 0 -> crash(cluster.leader());
            case 1, 2 -> crash(any());
            case 5, 8, 9 -> breakConnections();
            case 3 -> isolate(simulation.chance(0.6) ? cluster.leader() : any());
            case 4 -> slowDown(any());
            case 6 -> lose();
            case 10, 11 -> stop(simulation.chance(0.7) ? cluster.leader() : any());
            default -> setClock(any());
        }
    }

    private @Nullable SimulatedNode any() {
        List<SimulatedNode> running = cluster.running();
        return running.isEmpty() ? null : running.get(simulation.random(running.size()));
    }

    private void count(String what) {
        cluster.probes().count("fault: " + what);
    }

    private void crash(@Nullable SimulatedNode node) {
        if (node != null) {
            count("crash");
            cluster.crash(node, simulation.skewed(10_000_000L, 4 * SECOND_NANOS));
        }
    }

    private void healLater() {
        simulation.after(simulation.skewed(SECOND_NANOS / 20, 5 * SECOND_NANOS), cluster.network()::heal);
    }

    private void isolate(@Nullable SimulatedNode node) {
        if (node == null) {
            return;
        }
        count("partition");
        boolean isFromOne = simulation.chance(0.4);
        int direction = simulation.random(4);
        long one = 1 + simulation.random(cluster.ids().size());
        for (long other : cluster.ids()) {
            if (other != node.id() && (!isFromOne || other == one)) {
                if (direction != 1) {
                    cluster.network().close(node.id(), other);
                }
                if (direction != 2) {
                    cluster.network().close(other, node.id());
                }
            }
        }
        healLater();
    }

    private void slowDown(@Nullable SimulatedNode node) {
        if (node != null) {
            count("slow links");
            for (long other : cluster.ids()) {
                if (simulation.chance(0.6)) {
                    cluster.network().slowDown(node.id(), other);
                    cluster.network().slowDown(other, node.id());
                }
            }
            healLater();
        }
    }

    private void breakConnections() {
        int count = 1 + simulation.random(4);
        for (int i = 0; i < count; i++) {
            Connection connection = cluster.network().anyConnection();
            if (connection != null) {
                count("broken connection");
                connection.breakOff("broken", false);
            }
        }
    }

    private void stop(@Nullable SimulatedNode node) {
        if (node != null) {
            count("pause");
            node.stop(simulation.skewed(SECOND_NANOS / 2, 2 * SECOND_NANOS));
        }
    }

    private void lose() {
        count("loss");
        cluster.network().loss(0.3 + simulation.random(7) / 10.0);
        healLater();
    }

    private void setClock(@Nullable SimulatedNode node) {
        if (node != null) {
            count("wall clock");
            long range = simulation.chance(0.2) ? 3_600_000_000L : 2_000_000L;
            cluster.setClock(node, simulation.skewed(0, range) * (simulation.chance(0.5) ? 1 : -1));
        }
    }
}
