package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
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
                checkDefault(column, column.defaultSql());
            }
        }
        table.checks().forEach(this::checkConstraint);
    }

    private void checkGenerated(int ordinal, ColumnDef column, String sql) {
        Expr bound = session.bind(sql, table);
        if (!isPure(bound)) {
            throw new SqlException(ErrorCode.GENERATED_COLUMN_FUNCTION_NOT_ALLOWED, column.name());
        }
        for (int used : ordinals(bound)) {
            ColumnDef other = table.columns().get(used);
            if (other.autoIncrement()) {
                throw new SqlException(ErrorCode.GENERATED_COLUMN_REF_AUTO_INC, column.name());
            }
            if (other.isGenerated() && used >= ordinal) {
                throw new SqlException(ErrorCode.GENERATED_COLUMN_NON_PRIOR);
            }
        }
    }

    private void checkDefault(ColumnDef column, String sql) {
        if (sql.startsWith("CURRENT_TIMESTAMP")) {
            return;
        }
        Expr bound = session.bind(sql, table);
        if (hasSubquery(bound)) {
            throw new SqlException(ErrorCode.DEFAULT_VAL_FUNCTION_NOT_ALLOWED, column.name(), "select");
        }
    }

    private void checkConstraint(CheckDef check) {
        Expr bound;
        try {
            bound = session.bind(check.sql(), table);
        } catch (SqlException e) {
            if (e.code() == ErrorCode.BAD_FIELD) {
                throw new SqlException(ErrorCode.CHECK_REFERS_UNKNOWN_COLUMN, check.name(), column(e.text()));
            }
            throw e;
        }
        if (!isPure(bound)) {
            throw new SqlException(ErrorCode.CHECK_FUNCTION_NOT_ALLOWED, check.name(), impureFunction(bound));
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
            if (e instanceof Expr.Call call && !call.function().isPure() && name.isEmpty()) {
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
