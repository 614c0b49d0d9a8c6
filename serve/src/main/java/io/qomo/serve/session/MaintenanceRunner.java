package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.UtilityStatement;
import io.qomo.query.sql.ast.UtilityStatement.TableMaintenance.Operation;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.schema.TableMaintenance;
import io.qomo.serve.systemtable.RowSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ANALYZE, CHECK, OPTIMIZE, REPAIR, CHECKSUM TABLE.
///
/// Source: MySQL 8.0 manual, "Table Maintenance Statements".
final class MaintenanceRunner {
    private final ServerSession session;

    MaintenanceRunner(ServerSession session) {
        this.session = session;
    }

    /// A line of the result.
    private record Line(String table, String type, String text) {}

    void run(StatementRun run, UtilityStatement.TableMaintenance statement) {
        session.count("Com_" + statement.operation().name().toLowerCase(Locale.ROOT));
        if (statement.operation() != Operation.CHECKSUM) {
            TransactionRunner.commitImplicitly(session);
        }
        if (statement.options().contains("USE_FRM")) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "REPAIR TABLE ... USE_FRM");
        }
        statement.tables().forEach(name -> check(name, statement.operation()));
        if (statement.operation() == Operation.CHECKSUM) {
            checksum(run, statement);
            return;
        }
        List<Line> lines = new ArrayList<>();
        for (TableName name : statement.tables()) {
            maintain(run, name, statement.operation(), lines);
        }
        send(run, statement.operation().name().toLowerCase(Locale.ROOT), lines);
    }

    /// ANALYZE TABLE … UPDATE HISTOGRAM: our ANALYZE makes histograms of all columns, so the table is analyzed.
    void histogram(StatementRun run, UtilityStatement.Histogram statement) {
        session.count("Com_analyze");
        TransactionRunner.commitImplicitly(session);
        if (statement.drop() || statement.data() != null) {
            throw new SqlException(
                    ErrorCode.NOT_SUPPORTED_YET,
                    statement.drop() ? "ANALYZE TABLE ... DROP HISTOGRAM" : "UPDATE HISTOGRAM ... USING DATA");
        }
        check(statement.table(), Operation.ANALYZE);
        List<Line> lines = new ArrayList<>();
        String shown = shown(statement.table());
        Optional<TableDef> table = lockAndFind(run, statement.table());
        if (table.isEmpty() || table.get().kind() != TableDef.Kind.BASE) {
            missing(statement.table(), shown, table.isPresent(), lines);
        } else {
            analyze(run, table.get());
            for (String column : statement.columns()) {
                boolean exists = table.get().ordinalOf(column) >= 0;
                lines.add(
                        exists
                                ? new Line(shown, "status", "Histogram statistics created for column '" + column + "'.")
                                : new Line(shown, "Error", "The column '" + column + "' does not exist."));
            }
        }
        send(run, "histogram", lines);
    }

    private void send(StatementRun run, String operation, List<Line> lines) {
        new ShownRows(session, run)
                .text(128, "Table")
                .text(10, "Op", "Msg_type")
                .column("Msg_text", SqlType.varchar(393_216 / 4, Collation.UTF8MB3_GENERAL_CI))
                .send(out -> lines.forEach(line -> out.text(line.table)
                        .text(operation)
                        .text(line.type)
                        .text(line.text)
                        .end()));
    }

    private void check(TableName name, Operation operation) {
        String database = database(name);
        switch (operation) {
            case ANALYZE, OPTIMIZE, REPAIR ->
                session.access().requireTable(database, name.name(), Privilege.SELECT, Privilege.INSERT);
            case CHECK, CHECKSUM -> session.access().requireTable(database, name.name(), Privilege.SELECT);
        }
    }

    private String database(TableName name) {
        String database = name.schema() == null ? session.database() : name.schema();
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        return database;
    }

    private String shown(TableName name) {
        return database(name) + "." + name.name();
    }

    private Optional<TableDef> lockAndFind(StatementRun run, TableName name) {
        new SessionSchema(session, run).lock(LockName.table(database(name), name.name()), LockMode.READ);
        return session.catalog().table(database(name), name.name());
    }

    private void maintain(StatementRun run, TableName name, Operation operation, List<Line> lines) {
        String shown = shown(name);
        Optional<TableDef> found = lockAndFind(run, name);
        boolean isBase = found.isPresent() && found.get().kind() == TableDef.Kind.BASE;
        if (!isBase) {
            if (found.isPresent() && operation == Operation.CHECK) {
                checkView(found.get(), shown, lines);
            } else {
                missing(name, shown, found.isPresent(), lines);
            }
            return;
        }
        TableDef table = found.get();
        switch (operation) {
            case ANALYZE -> {
                analyze(run, table);
                lines.add(new Line(shown, "status", "OK"));
            }
            case OPTIMIZE -> {
                lines.add(new Line(shown, "note", "Table does not support optimize, doing analyze instead"));
                analyze(run, table);
                lines.add(new Line(shown, "status", "OK"));
            }
            case REPAIR ->
                lines.add(new Line(shown, "note", "The storage engine for the table doesn't support repair"));
            case CHECK -> {
                List<String> faults = new TableMaintenance(new SessionSchema(session, run), table).faults();
                faults.forEach(fault -> lines.add(new Line(shown, "error", fault)));
                lines.add(faults.isEmpty() ? new Line(shown, "status", "OK") : new Line(shown, "error", "Corrupt"));
            }
            case CHECKSUM -> throw new IllegalStateException("CHECKSUM has a result of its own");
        }
    }

    private void checkView(TableDef view, String shown, List<Line> lines) {
        try {
            if (view.kind() == TableDef.Kind.VIEW) {
                new QueryRunner(session).checkView(view);
            }
            lines.add(new Line(shown, "status", "OK"));
        } catch (SqlException e) {
            lines.add(new Line(shown, "Error", e.text()));
            lines.add(new Line(shown, "error", "Corrupt"));
        }
    }

    private void analyze(StatementRun run, TableDef table) {
        ServerParts parts = session.server().parts();
        parts.statistics().put(table, new TableMaintenance(new SessionSchema(session, run), table).statistics());
        parts.statistics().retain(id -> session.catalog().table(id).isPresent());
    }

    private void missing(TableName name, String shown, boolean exists, List<Line> lines) {
        lines.add(new Line(
                shown,
                "Error",
                exists
                        ? "'" + shown + "' is not BASE TABLE"
                        : ErrorCode.NO_SUCH_TABLE.format(database(name), name.name())));
        lines.add(new Line(shown, "status", "Operation failed"));
    }

    // -- CHECKSUM

    private void checksum(StatementRun run, UtilityStatement.TableMaintenance statement) {
        boolean quick = statement.options().contains("QUICK");
        List<String> names = new ArrayList<>();
        List<@Nullable Long> sums = new ArrayList<>();
        for (TableName name : statement.tables()) {
            Optional<TableDef> found = lockAndFind(run, name);
            boolean isBase = found.isPresent() && found.get().kind() == TableDef.Kind.BASE;
            if (found.isEmpty()) {
                session.diagnostics().error(new SqlException(ErrorCode.NO_SUCH_TABLE, database(name), name.name()));
            }
            names.add(shown(name));
            sums.add(
                    isBase && !quick
                            ? Long.valueOf(
                                    new TableMaintenance(new SessionSchema(session, run), found.get()).checksum())
                            : null);
        }
        session.transactions().endStatement();
        new ShownRows(session, run)
                .text(128, "Table")
                .column("Checksum", SqlType.BIGINT)
                .send((RowSink out) -> {
                    for (int i = 0; i < names.size(); i++) {
                        out.text(names.get(i)).optional(sums.get(i)).end();
                    }
                });
    }
}
