package io.qomo.serve.session;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Batch;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.ResultCursor;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Statement;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.serve.session.api.ColumnFlags;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.systemtable.RowSink;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A result set made by the server itself: columns, then rows. A WHERE runs as a query over the rows.
final class ShownRows {
    private static final String SCHEMA = "information_schema";
    private static final long TABLE_ID = Long.MAX_VALUE >> 3;

    private final ServerSession session;
    private final StatementRun run;
    private final List<ResultColumn> columns = new ArrayList<>();
    private @Nullable Expression where;

    ShownRows(ServerSession session, StatementRun run) {
        this.session = session;
        this.run = run;
    }

    /// Adds a column.
    ShownRows column(String name, SqlType type) {
        columns.add(new ResultColumn(SCHEMA, "", "", name, name, type, 0, null));
        return this;
    }

    /// Adds string columns.
    ShownRows text(int length, String... names) {
        for (String name : names) {
            column(name, SqlType.varchar(length, Collation.UTF8MB3_GENERAL_CI));
        }
        return this;
    }

    /// Adds long string columns.
    ShownRows longText(String... names) {
        for (String name : names) {
            column(name, SqlType.string(TypeKind.LONGTEXT, -1, Collation.UTF8MB3_GENERAL_CI));
        }
        return this;
    }

    /// Adds BIGINT UNSIGNED columns.
    ShownRows number(String... names) {
        for (String name : names) {
            columns.add(new ResultColumn(
                    SCHEMA, "", "", name, name, SqlType.BIGINT_UNSIGNED, ColumnFlags.UNSIGNED | ColumnFlags.NUM, null));
        }
        return this;
    }

    /// Adds DATETIME columns.
    ShownRows datetime(String... names) {
        for (String name : names) {
            column(name, SqlType.temporal(TypeKind.DATETIME, 0));
        }
        return this;
    }

    /// Keeps only rows for which a condition over the columns holds; null keeps all.
    ShownRows where(@Nullable Expression condition) {
        where = condition;
        return this;
    }

    /// Sends the rows and ends the statement.
    void send(Consumer<RowSink> rows) {
        run.sink().columns(columns);
        long[] count = new long[1];
        Consumer<Batch> out = batch -> {
            count[0] += batch.rows();
            run.sink().rows(batch);
        };
        Expression condition = where;
        if (condition == null) {
            RowSink sink = new RowSink(columns.stream().map(ResultColumn::type).toList(), out);
            rows.accept(sink);
            sink.flush();
        } else {
            filter(condition, rows, out);
        }
        session.facts().foundRows(count[0]);
        session.facts().rowCount(-1);
        run.sink().endOfRows(Ok.status(session, run, 0, 0, null));
    }

    private void filter(Expression condition, Consumer<RowSink> rows, Consumer<Batch> out) {
        TableDef table = table();
        OverlayCatalog catalog = new OverlayCatalog(session.catalog(), table, (_, _, batches) -> {
            RowSink sink = new RowSink(columns.stream().map(ResultColumn::type).toList(), batches);
            rows.accept(sink);
            sink.flush();
        });
        SelectStatement select = select(table, condition);
        QueryRunner queries = new QueryRunner(session);
        PlannedQuery query =
                queries.plan(select, run.sql(), run.parameters(), catalog).query();
        ServerParts parts = session.server().parts();
        try (Transaction none = parts.store().transactions().begin(TransactionOptions.DEFAULT.withReadOnly(true));
                MemoryAccount memory =
                        parts.memory().child("show", session.settings().queryMemoryBytes())) {
            Statement plain = queries.statement(none, run.parameters(), memory);
            Statement statement = new Statement(
                    none,
                    catalog,
                    plain.session(),
                    plain.systemSession(),
                    plain.sqlMode(),
                    plain.timeZone(),
                    plain.statementMicros(),
                    plain.parameters(),
                    memory,
                    plain.warnings(),
                    plain.interrupt());
            ExecContext context = parts.executor().context(statement);
            try (ResultCursor cursor = parts.executor().open(query, context)) {
                for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    out.accept(batch);
                }
            }
        }
    }

    private TableDef table() {
        List<ColumnDef> defs = new ArrayList<>();
        for (ResultColumn column : columns) {
            defs.add(new ColumnDef(
                    defs.size(),
                    column.name(),
                    column.type(),
                    true,
                    null,
                    false,
                    false,
                    false,
                    null,
                    false,
                    ColumnDef.Visibility.VISIBLE,
                    "",
                    null));
        }
        return new TableDef(
                TABLE_ID,
                1,
                SCHEMA,
                "#show",
                defs,
                List.of(),
                List.of(),
                List.of(),
                Collation.UTF8MB3_GENERAL_CI,
                "",
                false,
                null,
                TableDef.Kind.SYSTEM,
                "",
                0);
    }

    private static SelectStatement select(TableDef table, Expression condition) {
        QueryBody body = new QueryBody.QuerySpecification(
                Span.NONE,
                null,
                Set.of(),
                List.of(new QueryBody.SelectItem.AllColumns(Span.NONE)),
                List.of(new TableReference.NamedTable(
                        Span.NONE, new TableName(Span.NONE, SCHEMA, table.name()), List.of(), null, List.of())),
                condition,
                null,
                null,
                List.of());
        return new SelectStatement(new QueryExpression(Span.NONE, null, body, List.of(), null, List.of(), null));
    }
}
