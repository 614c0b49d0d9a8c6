package io.qomo.query.expr;

import io.qomo.base.type.Collation;
import io.qomo.base.vector.Vector;
import org.jspecify.annotations.Nullable;

/// What functions may ask of a session. Owned by the session's thread.
public interface SessionFacts {
    /// CONNECTION_ID().
    long connectionId();

    /// DATABASE(), or null.
    @Nullable String database();

    /// USER(): `name@host` as the client came.
    String user();

    /// CURRENT_USER(): the account's `name@host`.
    String currentUser();

    /// CURRENT_ROLE().
    String currentRole();

    /// VERSION().
    String version();

    /// LAST_INSERT_ID() as of the statement's begin.
    long lastInsertId();

    /// LAST_INSERT_ID(expr).
    void setLastInsertId(long value);

    /// ROW_COUNT() of the previous statement.
    long rowCount();

    /// FOUND_ROWS() of the previous SELECT.
    long foundRows();

    /// A user variable: a constant vector, or null if it was never set.
    @Nullable Vector userVariable(String name);

    /// Sets a user variable to a constant vector.
    void setUserVariable(String name, Vector value);

    /// A system variable as a constant vector of its type; errors 1193, 1238.
    Vector systemVariable(boolean global, String name);

    /// An integer system variable of the session (group_concat_max_len, max_allowed_packet, default_week_format, …).
    long numericVariable(String name);

    /// lc_time_names.
    String timeNamesLocale();

    /// collation_connection.
    Collation connectionCollation();

    /// GET_LOCK: 1 got it, 0 timed out. A negative timeout waits for ever.
    int getLock(String name, double timeoutSeconds);

    /// RELEASE_LOCK: 1 released, 0 held by another, null if nobody holds it.
    @Nullable Integer releaseLock(String name);

    /// RELEASE_ALL_LOCKS: how many.
    int releaseAllLocks();

    /// IS_USED_LOCK: the connection that holds it, or null.
    @Nullable Long lockHolder(String name);

    /// SLEEP: true if it was interrupted.
    boolean sleep(double seconds);

    /// Sixty-four random bits.
    long randomLong();

    /// Fills with random bits fit for keys.
    void secureRandom(byte[] bytes);
}
