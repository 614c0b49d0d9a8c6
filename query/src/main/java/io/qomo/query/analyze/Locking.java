package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.query.sql.ast.QueryExpression.LockingClause;
import io.qomo.query.sql.ast.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// FOR UPDATE and FOR SHARE of a query block: which of its tables are locked and how.
record Locking(List<LockingClause> clauses) {
    static final Locking NONE = new Locking(List.of());

    Locking {
        clauses = List.copyOf(clauses);
    }

    /// The lock for a table in FROM, or null.
    @Nullable RowLock lockFor(@Nullable String database, String alias) {
        for (LockingClause clause : clauses) {
            if (clause.tables().isEmpty() || clause.tables().stream().anyMatch(t -> names(t, database, alias))) {
                return lock(clause);
            }
        }
        return null;
    }

    /// The same locks for all tables below a view.
    Locking everything() {
        return new Locking(clauses.stream()
                .map(c -> new LockingClause(c.span(), c.exclusive(), List.of(), c.waiting(), c.legacy()))
                .toList());
    }

    private static boolean names(TableName t, @Nullable String database, String alias) {
        return t.name().equalsIgnoreCase(alias)
                && (t.schema() == null || database == null || t.schema().equalsIgnoreCase(database));
    }

    private static RowLock lock(LockingClause clause) {
        RowLock.Wait wait = switch (clause.waiting()) {
            case WAIT -> RowLock.Wait.WAIT;
            case NOWAIT -> RowLock.Wait.NOWAIT;
            case SKIP_LOCKED -> RowLock.Wait.SKIP_LOCKED;
        };
        return new RowLock(clause.exclusive(), wait);
    }

    /// Checks that the tables named are there. Error UNRESOLVED_TABLE_LOCK.
    void checkNames(List<Relation> relations) {
        for (LockingClause clause : clauses) {
            for (TableName t : clause.tables()) {
                if (relations.stream().noneMatch(r -> r.isNamed(t.schema(), t.name()))) {
                    throw new SqlException(ErrorCode.UNRESOLVED_TABLE_LOCK, t.toString());
                }
            }
        }
    }
}
