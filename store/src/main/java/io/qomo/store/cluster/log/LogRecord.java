package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;

/// An entry of one group's log. The payload is not copied: nobody may change it.
///
/// @param index   its place, from 1
/// @param term    the term of the leader that made it
/// @param type    what the log's owner wants it to mean
/// @param payload its content
public record LogRecord(long index, long term, byte type, byte[] payload) {
    /// Checks the numbers.
    public LogRecord {
        Check.that(index > 0, "an index is positive", "index", index);
        Check.that(term >= 0, "a term is not negative", "term", term);
    }
}
