package io.qomo.serve.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/// The last time each session gave locks back, so that a request for one that was long on its way is told from a new
/// one. Remembers the latest thousands. Thread-safe.
final class Settled {
    private static final int MAX_HOLDERS = 10_000;

    private final Map<Holder, Long> last = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Holder, Long> eldest) {
            return size() > MAX_HOLDERS;
        }
    };

    synchronized void note(Holder holder, long sequence) {
        last.merge(holder, sequence, Math::max);
    }

    /// Throws if the session has given locks back after it sent this request.
    synchronized void check(Holder holder, long sequence) {
        Long settled = last.get(holder);
        if (settled != null && sequence < settled) {
            throw new ElsewhereException("the request is out of date");
        }
    }
}
