package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Collation;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.ast.Expression;
import org.jspecify.annotations.Nullable;

/// What a DDL statement asks of its session. Owned by the session's thread.
public interface SchemaSession {
    /// The schema as the session sees it.
    Catalog catalog();

    /// The current database, or null.
    @Nullable String database();

    /// sql_mode.
    SqlMode sqlMode();

    /// The collation of databases that say nothing.
    Collation serverCollation();

    /// default_collation_for_utf8mb4.
    Collation utf8mb4Default();

    /// foreign_key_checks.
    boolean foreignKeyChecks();

    /// sql_require_primary_key.
    boolean requiresPrimaryKey();

    /// The canonical text of an expression, as MySQL prints it.
    String print(Expression expression);

    /// The typed expression of a canonical text over the columns of a table; error 1054.
    Expr bind(String sql, TableDef table);

    /// True if a canonical text names user or system variables.
    boolean usesVariables(String sql, TableDef table);

    /// Adds a note.
    void note(ErrorCode code, Object... arguments);

    /// Adds a warning.
    void warn(ErrorCode code, Object... arguments);

    /// Wall clock, microseconds since 1970 UTC.
    long nowMicros();
}
