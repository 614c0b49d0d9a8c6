package io.qomo.store.cluster.rpc.tcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what is wrong with a peer, the same at most once a minute. Thread-safe.
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_REMEMBERED = 256;

    private final LongSupplier clock;
    // guarded by this
    private final Map<String, Long> last = new LinkedHashMap<>();

    Complaints(LongSupplier clock) {
        this.clock = clock;
    }

    /// Logs `text` with the peer and the reason. The port of a peer that called is not part of who it is.
    void log(String text, String peer, String reason) {
        if (isDue(text + peer)) {
            LOG.atWarn().addKeyValue("peer", peer).addKeyValue("reason", reason).log(text);
        }
    }

    private synchronized boolean isDue(String key) {
        long now = clock.getAsLong();
        Long before = last.get(key);
        if (before != null && now - before < PAUSE_NANOS) {
            return false;
        }
        last.remove(key);
        if (last.size() >= MAX_REMEMBERED) {
            last.remove(last.keySet().iterator().next());
        }
        last.put(key, now);
        return true;
    }
}
