package io.qomo.store.kv.rocksdb;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Watches how fast data is written, and says when that changes from little to much and back.
///
/// ```
/// little --more than MUCH in a second--> much --less than LITTLE in each of some seconds--> little
/// ```
/// [#wrote] may be called by any thread, [#tick] by one, about once a second.
final class WritePace {
    private static final long MUCH_BYTES = 4 << 20;
    private static final long LITTLE_BYTES = 1 << 20;
    private static final int QUIET_SECONDS = 3;

    private final Consumer<Boolean> onChange;
    private final AtomicLong written = new AtomicLong();
    private long seen;
    private int quietSeconds;
    private boolean isMuch;

    /// @param onChange told true when much is written from now on, false when little is
    WritePace(Consumer<Boolean> onChange) {
        this.onChange = onChange;
    }

    /// Bytes were written.
    void wrote(long bytes) {
        written.addAndGet(bytes);
    }

    /// A second has passed.
    void tick() {
        long now = written.get();
        long bytes = now - seen;
        seen = now;
        if (!isMuch && bytes > MUCH_BYTES) {
            isMuch = true;
            quietSeconds = 0;
            onChange.accept(true);
        } else if (isMuch) {
            quietSeconds = bytes < LITTLE_BYTES ? quietSeconds + 1 : 0;
            if (quietSeconds >= QUIET_SECONDS) {
                isMuch = false;
                onChange.accept(false);
            }
        }
    }
}
