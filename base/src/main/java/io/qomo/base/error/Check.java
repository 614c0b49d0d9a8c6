package io.qomo.base.error;

/// Invariant checks that are always on at disk, wire and log borders.
public final class Check {
    private Check() {}

    /// Throws an internal error naming the broken invariant when `holds` is false.
    public static void that(boolean holds, String invariant) {
        if (!holds) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, invariant);
        }
    }

    /// As [#that(boolean, String)], with one fact for the reader of the log.
    public static void that(boolean holds, String invariant, String key, Object value) {
        if (!holds) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, invariant + " (" + key + "=" + value + ")");
        }
    }
}
