package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.SessionFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A session with fixed facts and repeatable randomness.
final class FakeSession implements SessionFacts {
    final Map<String, Vector> variables = new HashMap<>();
    final Map<String, Long> numbers = new HashMap<>();
    final Map<String, Long> locks = new HashMap<>();
    private final Random random = new Random(1);
    private long lastInsertId = 7;
    Collation collation = Collation.UTF8MB4_0900_AI_CI;
    String blockEncryptionMode = "aes-128-ecb";

    FakeSession() {
        numbers.put("max_allowed_packet", 64L << 20);
        numbers.put("group_concat_max_len", 1024L);
        numbers.put("default_week_format", 0L);
    }

    @Override
    public long connectionId() {
        return 42;
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
        return "root@%";
    }

    @Override
    public String currentRole() {
        return "NONE";
    }

    @Override
    public String version() {
        return "8.0.41-qomo";
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
        return -1;
    }

    @Override
    public long foundRows() {
        return 3;
    }

    @Override
    public @Nullable Vector userVariable(String name) {
        return variables.get(name);
    }

    @Override
    public void setUserVariable(String name, Vector value) {
        variables.put(name, value);
    }

    @Override
    public Vector systemVariable(boolean global, String name) {
        if (name.equals("block_encryption_mode")) {
            return BytesVector.constant(SqlType.varchar(20, Collation.UTF8MB3_GENERAL_CI), blockEncryptionMode);
        }
        return LongVector.constant(SqlType.BIGINT, numericVariable(name));
    }

    @Override
    public long numericVariable(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    @Override
    public String timeNamesLocale() {
        return "en_US";
    }

    @Override
    public Collation connectionCollation() {
        return collation;
    }

    @Override
    public int getLock(String name, double timeoutSeconds) {
        locks.put(name, connectionId());
        return 1;
    }

    @Override
    public @Nullable Integer releaseLock(String name) {
        return locks.remove(name) == null ? null : (Integer) 1;
    }

    @Override
    public int releaseAllLocks() {
        int count = locks.size();
        locks.clear();
        return count;
    }

    @Override
    public @Nullable Long lockHolder(String name) {
        return locks.get(name);
    }

    @Override
    public boolean sleep(double seconds) {
        return false;
    }

    @Override
    public long randomLong() {
        return random.nextLong();
    }

    @Override
    public void secureRandom(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
