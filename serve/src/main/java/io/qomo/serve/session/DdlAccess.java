package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.ViewDef;
import io.qomo.query.sql.ast.AlterAction;
import io.qomo.query.sql.ast.DdlStatement;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableElement;
import io.qomo.query.sql.ast.TableName;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.Privilege;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The privileges of statements that change the schema. Source: MySQL 8.0 manual, the pages of the statements.
final class DdlAccess {
    private final ServerSession session;
    private final Access access;

    DdlAccess(ServerSession session) {
        this.session = session;
        this.access = session.access();
    }

    /// Errors 1044 and 1142.
    void check(DdlStatement statement) {
        switch (statement) {
            case DdlStatement.CreateDatabase s -> access.requireDatabase(s.name(), Privilege.CREATE);
            case DdlStatement.AlterDatabase s -> {
                String name = s.name() == null ? session.database() : s.name();
                if (name != null) {
                    access.requireDatabase(name, Privilege.ALTER);
                }
            }
            case DdlStatement.DropDatabase s -> access.requireDatabase(s.name(), Privilege.DROP);
            case DdlStatement.CreateTable s -> create(s.temporary(), s.name(), s.elements());
            case DdlStatement.CreateTableLike s -> {
                create(s.temporary(), s.name(), List.of());
                table(s.source(), Privilege.SELECT);
            }
            case DdlStatement.AlterTable s -> alter(s);
            case DdlStatement.DropTable s -> s.names().forEach(n -> table(n, Privilege.DROP));
            case DdlStatement.TruncateTable s -> table(s.name(), Privilege.DROP);
            case DdlStatement.RenameTable s ->
                s.renamings().forEach(r -> {
                    table(r.from(), Privilege.ALTER, Privilege.DROP);
                    table(r.to(), Privilege.CREATE, Privilege.INSERT);
                });
            case DdlStatement.CreateIndex s -> table(s.table(), Privilege.INDEX);
            case DdlStatement.DropIndex s -> table(s.table(), Privilege.INDEX);
            case DdlStatement.CreateView s -> {
                table(s.name(), Privilege.CREATE_VIEW);
                if (s.orReplace() || s.alter()) {
                    table(s.name(), Privilege.DROP);
                }
                definer(s);
            }
            case DdlStatement.DropView s -> s.names().forEach(n -> table(n, Privilege.DROP));
        }
    }

    /// A view acts with its definer's privileges, so nobody may make another its definer, or change what another's view
    /// does, without SET_USER_ID. Error 1227; a definer that does not exist is a note.
    private void definer(DdlStatement.CreateView statement) {
        AccountName definer = statement.definer();
        if (definer != null && definer.user() != null) {
            AccountId id = new AccountId(definer.user(), definer.hostOrAny());
            if (!id.equals(access.account())) {
                access.requireDynamic("SET_USER_ID");
            }
            if (session.server().parts().accounts().find(id).isEmpty()) {
                session.diagnostics().note(ErrorCode.NO_SUCH_DEFINER, id.user(), id.host());
            }
        }
        if (statement.alter()) {
            String database = database(statement.name().schema());
            ViewDef view = session.catalog()
                    .table(database, statement.name().name())
                    .map(TableDef::view)
                    .orElse(null);
            if (view != null
                    && !view.definer()
                            .equals(access.account().user() + "@"
                                    + access.account().host())) {
                access.requireDynamic("SET_USER_ID");
            }
        }
    }

    private void create(boolean temporary, TableName name, List<TableElement> elements) {
        if (temporary) {
            access.requireDatabase(database(name.schema()), Privilege.CREATE_TEMPORARY_TABLES);
        } else {
            table(name, Privilege.CREATE);
        }
        for (TableElement element : elements) {
            if (element instanceof TableElement.ForeignKeyDefinition key) {
                table(key.references().table(), Privilege.REFERENCES);
            }
        }
    }

    private void alter(DdlStatement.AlterTable statement) {
        table(statement.name(), Privilege.ALTER);
        for (AlterAction action : statement.actions()) {
            if (action instanceof AlterAction.RenameTo rename) {
                table(statement.name(), Privilege.DROP);
                table(rename.name(), Privilege.CREATE, Privilege.INSERT);
            } else if (action instanceof AlterAction.AddForeignKey key) {
                table(key.foreignKey().references().table(), Privilege.REFERENCES);
            }
        }
    }

    private String database(@Nullable String schema) {
        String database = schema == null ? session.database() : schema;
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        return database;
    }

    private void table(TableName name, Privilege... privileges) {
        String database = database(name.schema());
        if (session.temporaryTables().find(database, name.name()).isEmpty()) {
            access.requireTable(database, name.name(), privileges);
        }
    }
}
