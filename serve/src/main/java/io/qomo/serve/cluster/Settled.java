package io.qomo.serve.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/// The last time each session gave locks back, so that a request for one that was long on its way is told from a new
/// one. Requests are numbered by who sends them: a leadership, or a gateway under 0. Remembers the latest thousands.
/// Thread-safe.
final class Settled {
    private static final int MAX_HOLDERS = 10_000;

    private record Noted(long sender, long sequence) {}

    private final Map<Holder, Noted> last = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Holder, Noted> eldest) {
            return size() > MAX_HOLDERS;
        }
    };

    synchronized void note(Holder holder, long sender, long sequence) {
        Noted before = last.get(holder);
        if (before == null || before.sender != sender || before.sequence < sequence) {
            last.put(holder, new Noted(sender, sequence));
        }
    }

    /// Throws if the session has given locks back after it sent this request.
    synchronized void check(Holder holder, long sender, long sequence) {
        Noted settled = last.get(holder);
        if (settled != null && settled.sender == sender && sequence < settled.sequence) {
            throw new ElsewhereException("the request is out of date");
        }
    }
}
