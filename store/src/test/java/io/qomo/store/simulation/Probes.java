package io.qomo.store.simulation;

import java.util.Map;
import java.util.TreeMap;

/// Counts rare things, to prove that simulations come to them.
final class Probes {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    void count(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    void count(Probes others) {
        others.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (what, count) -> text.append(what).append(": ").append(count).append('\n'));
        return text.toString();
    }
}
