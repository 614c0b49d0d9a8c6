package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import java.util.Set;
import java.util.TreeSet;

/// What the expressions of a table may say: defaults, generated columns, CHECK constraints.
///
/// Source: MySQL 8.0 manual, "CREATE TABLE and Generated Columns", "CHECK Constraints", "Data Type Default Values".
final class ExpressionRules {
    private final SchemaSession session;
    private final TableDef table;

    ExpressionRules(SchemaSession session, TableDef table) {
        this.session = session;
        this.table = table;
    }

    /// Binds and checks all expressions of the table.
    void check() {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDef column = table.columns().get(i);
            if (column.generatedSql() != null) {
                checkGenerated(i, column, column.generatedSql());
            } else if (column.defaultIsExpression() && column.defaultSql() != null) {
                checkDefault(i, column, column.defaultSql());
            }
        }
        table.checks().forEach(this::checkConstraint);
        checkIndexed();
    }

    /// Values that each session sees in its own way (a virtual column `DATE(ts)` of a TIMESTAMP) are for
    /// no index, though MySQL lets them in: an entry made in one time zone could not be found again in
    /// another. Error NOT_SUPPORTED_YET.
    private void checkIndexed() {
        Set<Integer> varying = new TreeSet<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDef column = table.columns().get(i);
            if (column.isVirtual() && column.generatedSql() != null) {
                Expr bound = session.bind(column.generatedSql(), table);
                boolean varies = ExprWalker.any(
                        bound,
                        e -> (e instanceof Expr.Call c && c.function().readsSettings())
                                || (e instanceof Expr.Column used && varying.contains(used.index())));
                if (varies) {
                    varying.add(i);
                }
            }
        }
        for (int ordinal : varying) {
            int id = table.columns().get(ordinal).id();
            if (table.indexes().stream().anyMatch(x -> x.parts().stream().anyMatch(p -> p.columnId() == id))) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "index over values that depend on the session");
            }
        }
    }

    /// Binds an expression; an unknown column is reported with the words for its place.
    static Expr bind(SchemaSession session, TableDef table, String sql, String place) {
        try {
            return session.bind(sql, table);
        } catch (SqlException e) {
            throw e.code() == ErrorCode.BAD_FIELD
                    ? SqlException.causedBy(e, ErrorCode.BAD_FIELD, column(e.text()), place)
                    : e;
        }
    }

    private void checkGenerated(int ordinal, ColumnDef column, String sql) {
        Expr bound;
        try {
            bound = bind(session, table, sql, "generated column function");
        } catch (SqlException e) {
            throw e.code() == ErrorCode.DEFAULT_AS_VAL_GENERATED
                    ? SqlException.causedBy(
                            e, ErrorCode.GENERATED_COLUMN_NAMED_FUNCTION_NOT_ALLOWED, column.name(), "default")
                    : e;
        }
        if (session.usesVariables(sql, table)) {
            throw new SqlException(ErrorCode.GENERATED_COLUMN_VARIABLES, column.name());
        }
        if (!impureFunction(bound).isEmpty()) {
            throw new SqlException(
                    ErrorCode.GENERATED_COLUMN_NAMED_FUNCTION_NOT_ALLOWED, column.name(), impureFunction(bound));
        }
        if (hasSubquery(bound)) {
            throw new SqlException(ErrorCode.GENERATED_COLUMN_FUNCTION_NOT_ALLOWED, column.name());
        }
        for (int used : ordinals(bound)) {
            ColumnDef other = table.columns().get(used);
            if (other.autoIncrement()) {
                throw column.visibility() == ColumnDef.Visibility.HIDDEN
                        ? new SqlException(ErrorCode.FUNCTIONAL_INDEX_REF_AUTO_INC, indexOf(column))
                        : new SqlException(ErrorCode.GENERATED_COLUMN_REF_AUTO_INC, column.name());
            }
            if (other.isGenerated() && used >= ordinal) {
                throw new SqlException(ErrorCode.GENERATED_COLUMN_NON_PRIOR);
            }
            if (column.stored() && isWrittenByForeignKey(other)) {
                throw new SqlException(ErrorCode.FOREIGN_KEY_ON_BASE_OF_STORED_COLUMN);
            }
        }
    }

    private boolean isWrittenByForeignKey(ColumnDef column) {
        return table.foreignKeys().stream()
                .filter(key -> key.columnIds().contains(column.id()))
                .anyMatch(key -> changesRows(key.onDelete()) || changesRows(key.onUpdate()));
    }

    private static boolean changesRows(ForeignKeyDef.Action action) {
        return switch (action) {
            case CASCADE, SET_NULL, SET_DEFAULT -> true;
            case NO_ACTION, RESTRICT -> false;
        };
    }

    /// The name of the index a hidden column belongs to.
    private String indexOf(ColumnDef column) {
        return table.indexes().stream()
                .filter(i -> i.parts().stream().anyMatch(p -> p.columnId() == column.id()))
                .map(IndexDef::name)
                .findFirst()
                .orElse(column.name());
    }

    private void checkDefault(int ordinal, ColumnDef column, String sql) {
        if (sql.startsWith("CURRENT_TIMESTAMP")) {
            return;
        }
        Expr bound = bind(session, table, sql, "default value expression");
        if (session.usesVariables(sql, table)) {
            throw new SqlException(ErrorCode.DEFAULT_VAL_VARIABLES, column.name());
        }
        if (hasSubquery(bound)) {
            throw new SqlException(ErrorCode.DEFAULT_VAL_FUNCTION_NOT_ALLOWED, column.name());
        }
        for (int used : ordinals(bound)) {
            ColumnDef other = table.columns().get(used);
            if (other.autoIncrement()) {
                throw new SqlException(ErrorCode.DEFAULT_VAL_REF_AUTO_INC, column.name());
            }
            boolean isComputed = other.isGenerated() || (other.defaultIsExpression() && other.defaultSql() != null);
            if (used >= ordinal && isComputed) {
                throw new SqlException(ErrorCode.DEFAULT_VAL_NON_PRIOR, column.name());
            }
        }
    }

    /// Binds and checks a CHECK constraint.
    void checkConstraint(CheckDef check) {
        Expr bound;
        try {
            bound = session.bind(check.sql(), table);
        } catch (SqlException e) {
            throw switch (e.code()) {
                case BAD_FIELD ->
                    SqlException.causedBy(e, ErrorCode.CHECK_REFERS_UNKNOWN_COLUMN, check.name(), column(e.text()));
                case DEFAULT_AS_VAL_GENERATED ->
                    SqlException.causedBy(e, ErrorCode.CHECK_FUNCTION_NOT_ALLOWED, check.name(), "default");
                default -> e;
            };
        }
        if (session.usesVariables(check.sql(), table)) {
            throw new SqlException(ErrorCode.CHECK_VARIABLES, check.name());
        }
        if (!impureFunction(bound).isEmpty()) {
            throw new SqlException(ErrorCode.CHECK_FUNCTION_NOT_ALLOWED, check.name(), impureFunction(bound));
        }
        if (hasSubquery(bound)) {
            throw new SqlException(ErrorCode.CHECK_UNNAMED_FUNCTION_NOT_ALLOWED, check.name());
        }
        for (int used : ordinals(bound)) {
            if (table.columns().get(used).autoIncrement()) {
                throw new SqlException(ErrorCode.CHECK_REFERS_AUTO_INCREMENT, check.name());
            }
        }
    }

    /// The column in `Unknown column 'x' in …`.
    private static String column(String message) {
        int from = message.indexOf('\'');
        int to = message.indexOf('\'', from + 1);
        return from < 0 || to < 0 ? message : message.substring(from + 1, to);
    }

    /// The ordinals an expression uses.
    static Set<Integer> ordinals(Expr expression) {
        Set<Integer> found = new TreeSet<>();
        ExprWalker.visit(expression, e -> {
            if (e instanceof Expr.Column column) {
                found.add(column.index());
            }
        });
        return found;
    }

    /// True if the value depends on the columns alone.
    static boolean isPure(Expr expression) {
        return impureFunction(expression).isEmpty() && !hasSubquery(expression);
    }

    private static String impureFunction(Expr expression) {
        StringBuilder name = new StringBuilder();
        ExprWalker.visit(expression, e -> {
            boolean isAllowed = !(e instanceof Expr.Call c)
                    || c.function().isPure()
                    || c.function().readsSettings();
            if (!isAllowed && name.isEmpty() && e instanceof Expr.Call call) {
                name.append(call.function().name());
            }
        });
        return name.toString();
    }

    private static boolean hasSubquery(Expr expression) {
        boolean[] found = new boolean[1];
        ExprWalker.visit(expression, e -> found[0] |= e instanceof Expr.Subquery);
        return found[0];
    }
}
