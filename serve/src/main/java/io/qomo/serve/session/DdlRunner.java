package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DdlStatement;
import io.qomo.query.sql.ast.TableName;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.schema.SchemaStatements;
import java.util.Locale;
import java.util.Optional;

/// CREATE, ALTER, DROP of databases, tables, views: the transaction around them, then the schema's own executors.
final class DdlRunner {
    private final ServerSession session;

    DdlRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, DdlStatement statement) {
        session.count("Com_" + counter(statement));
        boolean temporary = isTemporary(statement);
        new DdlAccess(session).check(statement);
        SessionSchema schema = new SessionSchema(session, run);
        if (!temporary) {
            WriteChecks.checkServer(session);
            if (session.transactions().isExplicit() && session.transactions().isReadOnly()) {
                throw new SqlException(ErrorCode.READ_ONLY_TRANSACTION);
            }
            TransactionRunner.commitImplicitly(session);
            schema.lock(LockName.GLOBAL, LockMode.WRITE);
        }
        SchemaStatements.Result result = session.server().parts().schema().execute(statement, schema);
        if (statement instanceof DdlStatement.DropDatabase drop && drop.name().equalsIgnoreCase(session.database())) {
            session.forgetDatabase();
        }
        Long copied = result.copied();
        String info = copied == null
                ? null
                : "Records: " + copied + "  Duplicates: 0  Warnings: "
                        + session.diagnostics().count();
        Ok.send(session, run, result.affectedRows(), info);
    }

    /// Temporary tables come and go inside transactions.
    private boolean isTemporary(DdlStatement statement) {
        return switch (statement) {
            case DdlStatement.CreateTable s -> s.temporary();
            case DdlStatement.CreateTableLike s -> s.temporary();
            case DdlStatement.DropTable s ->
                s.temporary() || (!s.names().isEmpty() && s.names().stream().allMatch(n -> find(n).isPresent()));
            default -> false;
        };
    }

    private Optional<TableDef> find(TableName name) {
        String database = name.schema() == null ? session.database() : name.schema();
        return database == null ? Optional.empty() : session.temporaryTables().find(database, name.name());
    }

    private static String counter(DdlStatement statement) {
        return switch (statement) {
            case DdlStatement.CreateDatabase _ -> "create_db";
            case DdlStatement.AlterDatabase _ -> "alter_db";
            case DdlStatement.DropDatabase _ -> "drop_db";
            case DdlStatement.CreateTable _, DdlStatement.CreateTableLike _ -> "create_table";
            case DdlStatement.AlterTable _ -> "alter_table";
            case DdlStatement.DropTable _ -> "drop_table";
            case DdlStatement.TruncateTable _ -> "truncate";
            case DdlStatement.RenameTable _ -> "rename_table";
            case DdlStatement.CreateIndex _ -> "create_index";
            case DdlStatement.DropIndex _ -> "drop_index";
            case DdlStatement.CreateView s -> (s.alter() ? "ALTER_VIEW" : "CREATE_VIEW").toLowerCase(Locale.ROOT);
            case DdlStatement.DropView _ -> "drop_view";
        };
    }
}
