package io.qomo.store.kv.memory;

import org.jspecify.annotations.Nullable;

/// One version of a key, and the way to the older ones.
///
/// Written only under the store's monitor. `older` is cut below the history horizon while readers
/// walk: a reader at or above the horizon stops before the cut \[S3], and a stale link shows it only
/// what it would not return.
final class Version {
    final long timestamp;
    final byte @Nullable [] value;

    @Nullable Version older;

    Version(long timestamp, byte @Nullable [] value, @Nullable Version older) {
        this.timestamp = timestamp;
        this.value = value;
        this.older = older;
    }

    /// The newest version at or below `at` in the list that starts with `newest`.
    static @Nullable Version visible(@Nullable Version newest, long at) {
        Version version = newest;
        while (version != null && version.timestamp > at) {
            version = version.older;
        }
        return version;
    }

    /// Cuts the versions that no read at or above `horizon` sees; true when this key is then
    /// nothing but a removal.
    boolean trim(long horizon) {
        Version kept = visible(this, horizon);
        if (kept != null) {
            kept.older = null;
        }
        return kept == this && value == null;
    }
}
