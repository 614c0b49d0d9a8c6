package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;

/// What a replica must never forget.
///
/// @param term     the newest term it has seen
/// @param votedFor whom it gave its vote in that term; empty when nobody
public record HardState(long term, String votedFor) {
    /// Of a replica that has seen nothing.
    public static final HardState NONE = new HardState(0, "");

    /// Checks the term.
    public HardState {
        Check.that(term >= 0, "a term is not negative", "term", term);
    }
}
