package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.ResultCursor;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.PlanProfile;
import io.qomo.query.explain.JsonFormat;
import io.qomo.query.explain.TableFormat;
import io.qomo.query.explain.TreeFormat;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.UtilityStatement;
import io.qomo.query.sql.printer.AstPrinter;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.systemtable.RowSink;
import io.qomo.store.txn.Transaction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// EXPLAIN: the plan of a statement, or with ANALYZE what running it took.
///
/// Source: MySQL 8.0 manual, "EXPLAIN Statement".
final class ExplainRunner {
    private static final double NANOS_PER_MS = 1e6;

    private final ServerSession session;
    private final QueryRunner queries;

    ExplainRunner(ServerSession session) {
        this.session = session;
        this.queries = new QueryRunner(session);
    }

    private enum Format {
        TRADITIONAL,
        TREE,
        JSON
    }

    void run(StatementRun run, UtilityStatement.Explain statement) {
        session.count("Com_explain_other");
        if (statement.intoVariable() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN INTO");
        }
        if (statement.schema() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN FOR SCHEMA");
        }
        DmlStatement dml = UtilityRunner.planned(statement.statement());
        Format format = format(statement.format(), statement.analyze());
        StatementRun inner = run.of(dml);
        if (statement.analyze()) {
            analyze(run, inner, dml);
            return;
        }
        PlannedQuery query =
                checked(queries.planAndLock(inner, false)).planned().query();
        session.transactions().endStatement();
        if (dml instanceof SelectStatement select) {
            session.diagnostics().note(ErrorCode.EXPLAINED, "/* select#1 */ " + AstPrinter.print(select.query()));
        }
        switch (format) {
            case TRADITIONAL -> table(run, query.root());
            case TREE -> text(run, TreeFormat.of(query.root()));
            case JSON -> text(run, JsonFormat.of(query.root()));
        }
    }

    /// A plan shows what lies behind views, so it is for those who may read their definitions. Error 1345.
    private CachedPlan checked(CachedPlan plan) {
        for (TableDef table : plan.planned().tables()) {
            boolean isHidden = table.kind() == TableDef.Kind.VIEW
                    && (session.access().table(table.database(), table.name()) & Privilege.SHOW_VIEW.bit()) == 0;
            if (isHidden) {
                throw new SqlException(ErrorCode.VIEW_NO_EXPLAIN);
            }
        }
        return plan;
    }

    /// The format written, or that of explain_format. ANALYZE has only trees.
    private Format format(@Nullable String written, boolean isAnalyze) {
        String name = written == null
                ? session.variables().value("explain_format").text().toUpperCase(Locale.ROOT)
                : written;
        Format format = switch (name) {
            case "TRADITIONAL", "DEFAULT" -> Format.TRADITIONAL;
            case "TREE" -> Format.TREE;
            case "JSON" -> Format.JSON;
            default -> throw new SqlException(ErrorCode.UNKNOWN_EXPLAIN_FORMAT, name);
        };
        boolean isRefused = isAnalyze && (format == Format.JSON || (format == Format.TRADITIONAL && written != null));
        if (isRefused) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN ANALYZE with " + format + " format");
        }
        return format;
    }

    private void table(StatementRun run, PhysicalPlan plan) {
        List<TableFormat.Row> rows = TableFormat.of(plan);
        new ShownRows(session, run)
                .number("id")
                .text(19, "select_type")
                .text(64, "table")
                .longText("partitions")
                .text(10, "type")
                .text(4096, "possible_keys")
                .text(64, "key")
                .text(4096, "key_len")
                .text(2048, "ref")
                .number("rows")
                .column("filtered", SqlType.DOUBLE)
                .text(255, "Extra")
                .send(sink -> rows.forEach(row -> row(sink, row)));
    }

    private static void row(RowSink sink, TableFormat.Row row) {
        sink.optional(row.id())
                .text(row.selectType())
                .text(row.table())
                .nothing()
                .text(row.type())
                .text(row.possibleKeys())
                .text(row.key())
                .text(row.keyLength())
                .text(row.ref())
                .optional(row.rows())
                .real(row.filtered())
                .text(row.extra())
                .end();
    }

    private void text(StatementRun run, String text) {
        new ShownRows(session, run)
                .longText("EXPLAIN")
                .send(sink -> sink.text(text).end());
    }

    // -- ANALYZE

    private void analyze(StatementRun run, StatementRun inner, DmlStatement dml) {
        if (!(dml instanceof SelectStatement select) || select.query().into() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN ANALYZE on this statement");
        }
        CachedPlan cached =
                checked(queries.planAndLock(inner, !select.query().locking().isEmpty()));
        PlannedQuery query = cached.planned().query();
        session.interrupt().limit(queries.timeLimit(cached.planned()));
        Transaction transaction = session.transactions().beginStatement();
        ServerParts parts = session.server().parts();
        PlanProfile profile;
        try (MemoryAccount memory =
                parts.memory().child("query_memory_limit", session.settings().queryMemoryBytes())) {
            ExecContext context = parts.executor().context(queries.statement(transaction, run.parameters(), memory));
            profile = context.startProfile();
            try (ResultCursor cursor = parts.executor().open(query, context)) {
                Batch batch = cursor.next();
                while (batch != null) {
                    session.interruption().check();
                    batch = cursor.next();
                }
            }
        }
        session.transactions().endStatement();
        text(run, TreeFormat.of(query.root(), p -> TreeFormat.estimates(p) + actual(profile.node(p))));
    }

    /// Times and rows of one run of a node, on average.
    private static String actual(PlanProfile.@Nullable Node node) {
        if (node == null || node.starts() == 0) {
            return " (never executed)";
        }
        double loops = node.starts();
        return String.format(
                Locale.ROOT,
                " (actual time=%.3f..%.3f rows=%s loops=%d)",
                node.firstRowNanos() / loops / NANOS_PER_MS,
                node.nanos() / loops / NANOS_PER_MS,
                TreeFormat.number(node.rows() / loops),
                node.starts());
    }
}
