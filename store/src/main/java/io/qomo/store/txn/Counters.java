package io.qomo.store.txn;

/// Monotonic counters that outlive the process: AUTO_INCREMENT values and ids. Thread-safe.
///
/// A value handed out is never handed out again, not even after kill -9: ceilings are persisted
/// ahead in blocks, so a crash may skip values, a clean close skips none. Not transactional: a
/// rollback gives nothing back. Values are unsigned 64-bit numbers; the first value of a new
/// counter is 1.
public interface Counters {
    /// Takes `count` values of the arithmetic sequence v ≡ offset (mod increment) and returns the
    /// first; the others follow at distance `increment` (auto_increment_increment,
    /// auto_increment_offset). Throws `AUTO_INCREMENT_EXHAUSTED` when the unsigned 64-bit range is
    /// used up.
    long next(long counterId, long count, long increment, long offset);

    /// Takes one value.
    default long next(long counterId) {
        return next(counterId, 1, 1, 1);
    }

    /// Makes sure that later values are greater than `used` (a row with an explicit AUTO_INCREMENT
    /// value).
    void raise(long counterId, long used);

    /// Sets the counter so that the next value is `next` even if it goes back (ALTER TABLE …
    /// AUTO_INCREMENT, TRUNCATE).
    void reset(long counterId, long next);

    /// What [#next(long)] would return now, without taking it.
    long peek(long counterId);

    /// Forgets the counter (DROP TABLE).
    void remove(long counterId);
}
