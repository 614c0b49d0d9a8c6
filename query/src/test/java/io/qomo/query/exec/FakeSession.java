package io.qomo.query.exec;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.SessionFacts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session of fixed facts and settable variables.
final class FakeSession implements SessionFacts {
    final Map<String, Long> variables = new HashMap<>(Map.of(
            "foreign_key_checks", 1L,
            "auto_increment_increment", 1L,
            "auto_increment_offset", 1L,
            "cte_max_recursion_depth", 1000L,
            "group_concat_max_len", 1024L,
            "max_allowed_packet", 64L << 20));
    private final Map<String, Vector> userVariables = new HashMap<>();
    private long lastInsertId;

    @Override
    public long connectionId() {
        return 7;
    }

    @Override
    public @Nullable String database() {
        return "test";
    }

    @Override
    public String user() {
        return "root@localhost";
    }

    @Override
    public String currentUser() {
        return "root@localhost";
    }

    @Override
    public String currentRole() {
        return "NONE";
    }

    @Override
    public String version() {
        return "8.0.0";
    }

    @Override
    public long lastInsertId() {
        return lastInsertId;
    }

    @Override
    public void setLastInsertId(long value) {
        lastInsertId = value;
    }

    @Override
    public long rowCount() {
        return 0;
    }

    @Override
    public long foundRows() {
        return 0;
    }

    @Override
    public @Nullable Vector userVariable(String name) {
        return userVariables.get(name);
    }

    @Override
    public void setUserVariable(String name, Vector value) {
        userVariables.put(name, value);
    }

    @Override
    public Vector systemVariable(boolean global, String name) {
        return LongVector.constant(SqlType.BIGINT, numericVariable(name));
    }

    @Override
    public long numericVariable(String name) {
        Long value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("variable " + name);
        }
        return value;
    }

    @Override
    public String timeNamesLocale() {
        return "en_US";
    }

    @Override
    public Collation connectionCollation() {
        return Collation.UTF8MB4_0900_AI_CI;
    }

    @Override
    public int getLock(String name, double timeoutSeconds) {
        return 1;
    }

    @Override
    public @Nullable Integer releaseLock(String name) {
        return 1;
    }

    @Override
    public int releaseAllLocks() {
        return 0;
    }

    @Override
    public @Nullable Long lockHolder(String name) {
        return null;
    }

    @Override
    public boolean sleep(double seconds) {
        return false;
    }

    @Override
    public long randomLong() {
        return 42;
    }

    @Override
    public void secureRandom(byte[] bytes) {
        bytes[0] = 42;
    }
}
