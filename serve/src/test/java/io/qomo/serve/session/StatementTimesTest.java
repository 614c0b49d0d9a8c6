package io.qomo.serve.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatementTimesTest {
    @Test
    void countsBelowBoundsThatDouble() {
        StatementTimes times = new StatementTimes();
        assertThat(times.withinSeconds(0.5)).isZero();
        times.add(0);
        times.add((1 << 14) - 1);
        times.add(1 << 14);
        times.add(TimeUnit.HOURS.toNanos(1));
        long[] counts = times.counts();
        assertThat(counts[0]).isEqualTo(2);
        assertThat(counts[1]).isEqualTo(1);
        assertThat(counts[times.bounds()]).isEqualTo(1);
        assertThat(times.boundSeconds(1)).isEqualTo(2 * times.boundSeconds(0));
        assertThat(times.withinSeconds(0.5)).isEqualTo(times.boundSeconds(0));
        assertThat(times.withinSeconds(1)).isInfinite();
        assertThat(times.totalSeconds()).isBetween(3600.0, 3600.1);
    }
}
