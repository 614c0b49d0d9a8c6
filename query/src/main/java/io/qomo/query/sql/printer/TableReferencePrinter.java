package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.TableReference.DerivedTable;
import io.qomo.query.sql.ast.TableReference.IndexHint;
import io.qomo.query.sql.ast.TableReference.JoinedTable;
import io.qomo.query.sql.ast.TableReference.JsonTable;
import io.qomo.query.sql.ast.TableReference.JsonTableColumn;
import io.qomo.query.sql.ast.TableReference.NamedTable;
import java.util.List;

/// What stands behind FROM.
final class TableReferencePrinter {
    private final SqlWriter out;
    private final ExpressionPrinter expressions;
    private final QueryPrinter queries;

    TableReferencePrinter(SqlWriter out, ExpressionPrinter expressions, QueryPrinter queries) {
        this.out = out;
        this.expressions = expressions;
        this.queries = queries;
    }

    void print(TableReference reference) {
        switch (reference) {
            case NamedTable table -> print(table);
            case DerivedTable derived -> {
                out.text(derived.lateral() ? "lateral (" : "(");
                queries.printNamed(derived.query());
                out.text(") ").name(derived.alias());
                if (!derived.columns().isEmpty()) {
                    out.text(" (").names(derived.columns()).text(")");
                }
            }
            case JoinedTable join -> print(join);
            case JsonTable table -> {
                out.text("json_table(");
                expressions.print(table.document());
                out.text(",");
                expressions.print(table.path());
                out.text(" ");
                columns(table.columns());
                out.text(") ").name(table.alias());
            }
        }
    }

    private void print(NamedTable table) {
        out.name(expressions.names().table(table.name()));
        if (!table.partitions().isEmpty()) {
            out.text(" PARTITION (").names(table.partitions()).text(")");
        }
        if (table.alias() != null) {
            out.text(" ").name(table.alias());
        }
        for (IndexHint hint : table.indexHints()) {
            out.text(" ").text(hint.action().name()).text(" INDEX ");
            if (hint.scope() != IndexHint.Scope.ALL) {
                out.text("FOR ").text(hint.scope().name().replace('_', ' ')).text(" ");
            }
            out.text("(").names(hint.indexes()).text(")");
        }
    }

    private void print(JoinedTable join) {
        out.text("(");
        print(join.left());
        out.text(join.natural() ? " natural" : "");
        out.text(
                switch (join.kind()) {
                    case INNER -> " join ";
                    case CROSS -> " cross join ";
                    case STRAIGHT -> " straight_join ";
                    case LEFT -> " left join ";
                    case RIGHT -> " right join ";
                });
        print(join.right());
        if (join.on() != null) {
            out.text(" on(");
            expressions.print(join.on());
            out.text(")");
        }
        if (!join.using().isEmpty()) {
            out.text(" using (").names(join.using()).text(")");
        }
        out.text(")");
    }

    private void columns(List<JsonTableColumn> columns) {
        out.text("columns (").list(columns, this::print).text(")");
    }

    private void print(JsonTableColumn column) {
        switch (column) {
            case JsonTableColumn.Ordinality ordinality ->
                out.name(ordinality.name()).text(" for ordinality");
            case JsonTableColumn.Nested nested -> {
                out.text("nested path ").string(nested.path()).text(" ");
                columns(nested.columns());
            }
            case JsonTableColumn.Path path -> {
                out.name(path.name()).text(" ");
                TypePrinter.print(out, path.type());
                out.text(path.exists() ? " exists path " : " path ").string(path.path());
                expressions.functions().response(path.onEmpty(), " on empty");
                expressions.functions().response(path.onError(), " on error");
            }
        }
    }
}
