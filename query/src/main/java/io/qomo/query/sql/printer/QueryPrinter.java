package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryBody.ExplicitTable;
import io.qomo.query.sql.ast.QueryBody.ParenthesizedQuery;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import io.qomo.query.sql.ast.QueryBody.SelectOption;
import io.qomo.query.sql.ast.QueryBody.SetOperation;
import io.qomo.query.sql.ast.QueryBody.SetOperator;
import io.qomo.query.sql.ast.QueryBody.TableValueConstructor;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.QueryExpression.CommonTableExpression;
import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import io.qomo.query.sql.ast.QueryExpression.IntoClause;
import io.qomo.query.sql.ast.QueryExpression.LockingClause;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/// Queries.
final class QueryPrinter {
    private final SqlWriter out;
    private final ExpressionPrinter expressions;
    private final TableReferencePrinter tables;
    private boolean isNamed = true;

    QueryPrinter(SqlWriter out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        this.tables = new TableReferencePrinter(out, expressions, this);
    }

    /// A subquery of an expression: its columns need no names.
    void printUnnamed(QueryExpression query) {
        boolean before = isNamed;
        isNamed = false;
        print(query);
        isNamed = before;
    }

    /// A query in FROM or WITH.
    void printNamed(QueryExpression query) {
        boolean before = isNamed;
        isNamed = true;
        print(query);
        isNamed = before;
    }

    void print(QueryExpression query) {
        if (query.with() != null) {
            out.text(query.with().recursive() ? "with recursive " : "with ");
            out.list(query.with().elements(), this::print).text(" ");
        }
        print(query.body());
        if (!query.orderBy().isEmpty()) {
            out.text(" order by ");
            expressions.orderItems(query.orderBy());
        }
        if (query.limit() != null) {
            out.text(" limit ");
            if (query.limit().offset() != null) {
                expressions.print(query.limit().offset());
                out.text(",");
            }
            expressions.print(query.limit().count());
        }
        if (query.into() != null) {
            print(query.into());
        }
        for (LockingClause clause : query.locking()) {
            print(clause);
        }
    }

    private void print(CommonTableExpression element) {
        out.name(element.name());
        if (!element.columns().isEmpty()) {
            out.text(" (").names(element.columns()).text(")");
        }
        out.text(" as (");
        printNamed(element.query());
        out.text(")");
    }

    private void print(IntoClause into) {
        switch (into) {
            case IntoClause.IntoVariables variables -> {
                out.text(" into ");
                out.list(variables.targets(), expressions::print);
            }
            case IntoClause.IntoDumpfile dump -> out.text(" into dumpfile ").string(dump.path());
            case IntoClause.IntoOutfile file -> {
                out.text(" into outfile ").string(file.path());
                if (file.charset() != null) {
                    out.text(" character set ").text(file.charset());
                }
                print(file.format());
            }
        }
    }

    private void print(FileFormat format) {
        if (format.fieldsTerminatedBy() != null || format.enclosedBy() != null || format.escapedBy() != null) {
            out.text(" fields");
            if (format.fieldsTerminatedBy() != null) {
                out.text(" terminated by ").string(format.fieldsTerminatedBy());
            }
            if (format.enclosedBy() != null) {
                out.text(format.optionallyEnclosed() ? " optionally enclosed by " : " enclosed by ");
                out.string(format.enclosedBy());
            }
            if (format.escapedBy() != null) {
                out.text(" escaped by ").string(format.escapedBy());
            }
        }
        if (format.linesStartingBy() != null || format.linesTerminatedBy() != null) {
            out.text(" lines");
            if (format.linesStartingBy() != null) {
                out.text(" starting by ").string(format.linesStartingBy());
            }
            if (format.linesTerminatedBy() != null) {
                out.text(" terminated by ").string(format.linesTerminatedBy());
            }
        }
    }

    private void print(LockingClause clause) {
        if (clause.legacy()) {
            out.text(" lock in share mode");
            return;
        }
        out.text(clause.exclusive() ? " for update" : " for share");
        if (!clause.tables().isEmpty()) {
            out.text(" of ").list(clause.tables(), out::name);
        }
        switch (clause.waiting()) {
            case WAIT -> {}
            case NOWAIT -> out.text(" nowait");
            case SKIP_LOCKED -> out.text(" skip locked");
        }
    }

    void print(QueryBody body) {
        switch (body) {
            case QuerySpecification select -> print(select);
            case SetOperation operation -> print(operation);
            case TableValueConstructor values -> {
                out.text("values ");
                out.list(values.rows(), row -> {
                    out.text("row(");
                    out.list(row, expressions::print).text(")");
                });
            }
            case ExplicitTable table ->
                out.text("table ").name(expressions.names().table(table.table()));
            case ParenthesizedQuery query -> {
                out.text("(");
                print(query.query());
                out.text(")");
            }
        }
    }

    /// Chains lean to the left and may be long, so they are not printed by recursion.
    private void print(SetOperation last) {
        Deque<SetOperation> chain = new ArrayDeque<>();
        QueryBody left = last;
        while (left instanceof SetOperation operation && needsNoParentheses(operation, chain.peek())) {
            chain.push(operation);
            left = operation.left();
        }
        operand(left);
        while (!chain.isEmpty()) {
            SetOperation operation = chain.pop();
            out.text(" ").text(operation.operator().name().toLowerCase(Locale.ROOT));
            out.text(operation.all() ? " all " : " ");
            operand(operation.right());
        }
    }

    private static boolean needsNoParentheses(
            SetOperation left, @org.jspecify.annotations.Nullable SetOperation outer) {
        return outer == null || outer.operator() != SetOperator.INTERSECT || left.operator() == SetOperator.INTERSECT;
    }

    private void operand(QueryBody body) {
        if (body instanceof SetOperation) {
            out.text("(");
            print(body);
            out.text(")");
        } else {
            print(body);
        }
    }

    private void print(QuerySpecification select) {
        out.text("select ");
        if (select.hints() != null) {
            out.text("/*+ ").text(select.hints()).text(" */ ");
        }
        for (SelectOption option : SelectOption.values()) {
            if (select.options().contains(option)) {
                boolean upper = option.name().startsWith("SQL_");
                out.text(upper ? option.name() : option.name().toLowerCase(Locale.ROOT))
                        .text(" ");
            }
        }
        out.list(select.items(), this::print);
        if (!select.from().isEmpty()) {
            out.text(" from ").list(select.from(), tables::print);
        }
        if (select.where() != null) {
            out.text(" where ");
            expressions.print(select.where());
        }
        if (select.groupBy() != null) {
            out.text(" group by ").list(select.groupBy().items(), expressions::print);
            out.text(select.groupBy().rollup() ? " with rollup" : "");
        }
        if (select.having() != null) {
            out.text(" having ");
            expressions.print(select.having());
        }
        if (!select.windows().isEmpty()) {
            out.text(" window ").list(select.windows(), window -> {
                out.name(window.name()).text(" AS ");
                expressions.window(window.specification());
            });
        }
    }

    private void print(SelectItem written) {
        out.list(expressions.names().items(written, isNamed), this::printItem);
    }

    private void printItem(SelectItem item) {
        switch (item) {
            case SelectItem.AllColumns _ -> out.text("*");
            case SelectItem.TableColumns columns -> out.name(columns.table()).text(".*");
            case SelectItem.ExpressionItem expression -> {
                expressions.print(expression.expression());
                if (expression.alias() != null) {
                    out.text(" AS ").alias(expression.alias());
                }
            }
        }
    }
}
