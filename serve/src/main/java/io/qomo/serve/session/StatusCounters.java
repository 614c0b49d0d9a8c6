package io.qomo.serve.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The counters of SHOW STATUS, of a server or of a session. Any thread.
public final class StatusCounters {
    private final ConcurrentHashMap<String, LongAdder> counters = new ConcurrentHashMap<>();

    /// The counter of a name, made at first use; keep it where it is hot.
    public LongAdder counter(String name) {
        LongAdder found = counters.get(name);
        return found != null ? found : counters.computeIfAbsent(name, _ -> new LongAdder());
    }

    /// The value of a counter.
    public long value(String name) {
        LongAdder found = counters.get(name);
        return found == null ? 0 : found.sum();
    }

    /// All values by name.
    public Map<String, Long> values() {
        Map<String, Long> found = new TreeMap<>();
        counters.forEach((name, counter) -> found.put(name, counter.sum()));
        return found;
    }

    /// Sets all counters to 0 (FLUSH STATUS, a reset session).
    public void reset() {
        counters.values().forEach(LongAdder::reset);
    }
}
