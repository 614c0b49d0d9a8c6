package io.qomo.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs a cluster under many seeds. One seed again, with the same events: `-Dqomo.sim.seed=S`; from
/// another seed on: `-Dqomo.sim.first=S`; for longer: `-Dqomo.sim.seconds=N`.
final class SimulationTest {
    private static final int CLIENTS_EACH = 2;
    private static final int WORK_EACH = 25;

    private static Cluster run(long seed) {
        try {
            Cluster cluster = new Cluster(seed);
            List<Workload> workloads = List.of(new Transfers(), new UniqueKeys(), new Appends(), new Ranges());
            cluster.begin();
            cluster.run(workloads, CLIENTS_EACH, WORK_EACH);
            cluster.check(workloads);
            return cluster;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage()
                            + "\nagain: mvn -Dfast -pl base,store verify -Dtest=SimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dqomo.sim.seed=" + seed,
                    e);
        }
    }

    @Test
    void holdsUnderFaults() {
        Long seed = Long.getLong("qomo.sim.seed");
        if (seed != null) {
            System.out.println(run(seed).probes());
            return;
        }
        long first = Long.getLong("qomo.sim.first", 0);
        long seconds = Long.getLong("qomo.sim.seconds", 20);
        Probes probes = new Probes();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long next = first;
        long events = 0;
        long virtualMs = 0;
        while (System.nanoTime() - end < 0) {
            Cluster cluster = run(next++);
            probes.count(cluster.probes());
            events += cluster.simulation().eventsRun();
            virtualMs += cluster.simulation().nowNanos() / 1_000_000;
        }
        System.out.println(
                (next - first) + " seeds, " + events + " events, " + virtualMs / 1000 + " virtual seconds\n" + probes);
        assertThat(probes.of("audits")).isPositive();
        assertThat(probes.of("read near")).isPositive();
    }

    @Test
    void repeatsItself() {
        for (long seed = 100; seed < 110; seed++) {
            assertThat(run(seed).simulation().trace())
                    .as("trace of seed " + seed)
                    .isEqualTo(run(seed).simulation().trace());
        }
    }
}
