package io.qomo.serve.session;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalFormat;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.SessionFacts;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.variable.Variable;
import io.qomo.serve.variable.VariableValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What functions learn of a session. Owned by its thread.
final class Facts implements SessionFacts {
    private final ServerSession session;
    private final Map<String, Vector> userVariables = new HashMap<>();
    private @Nullable Map<String, Optional<SqlType>> typesRead;
    private long lastInsertId;
    private long nextLastInsertId;
    private boolean hasNewLastInsertId;
    private long rowCount = -1;
    private long foundRows;

    Facts(ServerSession session) {
        this.session = session;
    }

    /// Back to a fresh session's state.
    void reset() {
        userVariables.clear();
        lastInsertId = 0;
        hasNewLastInsertId = false;
        rowCount = -1;
        foundRows = 0;
    }

    /// A statement begins.
    void startStatement() {
        if (hasNewLastInsertId) {
            lastInsertId = nextLastInsertId;
            hasNewLastInsertId = false;
        }
    }

    /// The value LAST_INSERT_ID(expr) was given in this statement, or null.
    @Nullable Long givenLastInsertId() {
        return hasNewLastInsertId ? nextLastInsertId : null;
    }

    /// What ROW_COUNT() gives in the next statement.
    void rowCount(long value) {
        rowCount = value;
    }

    /// What FOUND_ROWS() gives in the next statement.
    void foundRows(long value) {
        foundRows = value;
    }

    @Override
    public long connectionId() {
        return session.connectionId();
    }

    @Override
    public @Nullable String database() {
        return session.database();
    }

    @Override
    public String user() {
        return session.client().user() + "@" + session.client().host();
    }

    @Override
    public String currentUser() {
        return session.account().toString();
    }

    @Override
    public String currentRole() {
        String roles = session.activeRoles().stream().map(AccountId::quoted).collect(Collectors.joining(","));
        return roles.isEmpty() ? "NONE" : roles;
    }

    @Override
    public String version() {
        return session.server().serverVersion();
    }

    @Override
    public long lastInsertId() {
        return lastInsertId;
    }

    @Override
    public void setLastInsertId(long value) {
        nextLastInsertId = value;
        hasNewLastInsertId = true;
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public long foundRows() {
        return foundRows;
    }

    @Override
    public @Nullable Vector userVariable(String name) {
        Vector value = userVariables.get(name.toLowerCase(Locale.ROOT));
        if (typesRead != null) {
            typesRead.put(
                    name.toLowerCase(Locale.ROOT), Optional.ofNullable(value).map(Vector::type));
        }
        return value;
    }

    /// From now on notes which user variables are read.
    void startNotingVariables() {
        typesRead = new HashMap<>();
    }

    /// The types of those that were read, empty ones of variables not set.
    Map<String, Optional<SqlType>> notedVariables() {
        Map<String, Optional<SqlType>> found = typesRead == null ? Map.of() : Map.copyOf(typesRead);
        typesRead = null;
        return found;
    }

    /// True if variables have types as they had, but for the lengths of strings.
    boolean haveTypes(Map<String, Optional<SqlType>> types) {
        for (Map.Entry<String, Optional<SqlType>> entry : types.entrySet()) {
            Vector value = userVariables.get(entry.getKey());
            SqlType before = entry.getValue().orElse(null);
            if (value == null || before == null ? value != null || before != null : !isAlike(value.type(), before)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlike(SqlType a, SqlType b) {
        return a.equals(b) || (a.kind().isString() && a.kind() == b.kind() && a.collation() == b.collation());
    }

    @Override
    public void setUserVariable(String name, Vector value) {
        Vector kept = value.type().kind().isTemporal() && value instanceof LongVector number ? text(number) : value;
        userVariables.put(name.toLowerCase(Locale.ROOT), kept);
    }

    /// User variables have no temporal types: such values become strings.
    private Vector text(LongVector value) {
        if (value.isNull(0)) {
            return Vector.constantNull(SqlType.varchar(0, session.settings().connectionCollation()));
        }
        ByteBuilder out = new ByteBuilder();
        TemporalFormat.append(value.get(0), value.type(), session.timeZone(), out);
        String text = out.toString();
        return BytesVector.constant(
                SqlType.varchar(text.length(), session.settings().connectionCollation()), text);
    }

    @Override
    public Vector systemVariable(boolean global, String name) {
        Variable variable = session.variables().globals().table().get(name);
        if (global && !variable.hasGlobal()) {
            throw new SqlException(ErrorCode.INCORRECT_GLOBAL_LOCAL_VAR, variable.name(), "SESSION");
        }
        return value(global, variable).toVector();
    }

    private VariableValue value(boolean global, Variable variable) {
        if (global) {
            return session.variables().globals().value(variable);
        }
        return switch (variable.name()) {
            case "last_insert_id", "identity" -> new VariableValue.Whole(lastInsertId, true);
            case "warning_count" ->
                new VariableValue.Whole(session.diagnostics().previousCount(), true);
            case "error_count" -> new VariableValue.Whole(session.diagnostics().previousErrorCount(), true);
            case "timestamp" -> new VariableValue.Real(session.statementMicros() / 1e6);
            case "pseudo_thread_id" -> new VariableValue.Whole(session.connectionId(), true);
            default -> session.variables().value(variable);
        };
    }

    @Override
    public long numericVariable(String name) {
        return session.variables().number(name);
    }

    @Override
    public String timeNamesLocale() {
        return session.variables().value("lc_time_names").text();
    }

    @Override
    public Collation connectionCollation() {
        return session.settings().connectionCollation();
    }

    @Override
    public int getLock(String name, double timeoutSeconds) {
        return session.server()
                        .userLocks()
                        .acquire(session.connectionId(), name, timeoutSeconds, session.interruption())
                ? 1
                : 0;
    }

    @Override
    public @Nullable Integer releaseLock(String name) {
        return session.server()
                .userLocks()
                .release(session.connectionId(), name)
                .map(released -> released ? 1 : 0)
                .orElse(null);
    }

    @Override
    public int releaseAllLocks() {
        return session.server().userLocks().releaseAll(session.connectionId());
    }

    @Override
    public @Nullable Long lockHolder(String name) {
        return session.server().userLocks().holder(name);
    }

    @Override
    public boolean sleep(double seconds) {
        long start = session.server().env().nanoTime();
        long wantedMs = seconds > 1e9 ? 1_000_000_000_000L : (long) (seconds * 1000);
        Object monitor = new Object();
        synchronized (monitor) {
            while (!session.interruption().isInterrupted()
                    && !session.interrupt().isLate()) {
                long leftMs = wantedMs - (session.server().env().nanoTime() - start) / 1_000_000L;
                if (leftMs <= 0) {
                    return false;
                }
                session.interruption().await(monitor, Math.min(leftMs, waitMs()));
            }
        }
        return true;
    }

    /// How long a wait may last before the statement's time limit must be looked at.
    private long waitMs() {
        return Math.min(3_600_000L, session.interrupt().remainingNanos() / 1_000_000L + 1);
    }

    @Override
    public long randomLong() {
        return session.server().env().randomLong();
    }

    @Override
    public void secureRandom(byte[] bytes) {
        session.server().env().secureRandom(bytes);
    }
}
