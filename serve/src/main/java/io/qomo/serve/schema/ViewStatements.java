package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.Analyzer;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.ViewDef;
import io.qomo.query.sql.ast.DdlStatement.CreateView;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.schema.DdlSession.QueryColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// CREATE and ALTER VIEW.
final class ViewStatements {
    private final CatalogStore store;
    private final DdlSession session;
    private final Targets targets;

    ViewStatements(CatalogStore store, DdlSession session) {
        this.store = store;
        this.session = session;
        this.targets = new Targets(store, session);
    }

    void create(CreateView statement) {
        String database = targets.writable(statement.name());
        String name = statement.name().name();
        Names.checkTable(name);
        targets.lock(database, name, LockMode.EXCLUSIVE);
        TableDef old = targets.find(database, name).orElse(null);
        check(statement, database, name, old);
        List<QueryColumn> queried = session.describe(statement.query());
        List<ColumnDef> columns = columns(statement, queried);
        ViewDef view = new ViewDef(
                session.viewText(statement.query(), database, name),
                statement.columns(),
                statement.algorithm() == null ? "UNDEFINED" : statement.algorithm(),
                definerOf(statement, old),
                !statement.securityInvoker(),
                statement.checkOption().name(),
                false);
        TableDef table = new TableDef(
                old == null ? store.nextId() : old.id(),
                old == null ? 1 : old.version() + 1,
                database,
                name,
                columns,
                List.of(),
                List.of(),
                List.of(),
                session.serverCollation(),
                "",
                false,
                view,
                TableDef.Kind.VIEW,
                "",
                session.nowMicros());
        boolean isUpdatable = session.isUpdatable(table);
        if (!isUpdatable && statement.checkOption() != CreateView.CheckOption.NONE) {
            throw new SqlException(ErrorCode.VIEW_NONUPD_CHECK, database, name);
        }
        TableDef made = withUpdatable(table, view, isUpdatable);
        store.change(change -> change.putTable(made));
    }

    /// Who the view acts as: as written, else as before under ALTER VIEW, else its maker.
    private String definerOf(CreateView statement, @Nullable TableDef old) {
        AccountName definer = statement.definer();
        if (definer != null && definer.user() != null) {
            return definer.user() + "@" + definer.hostOrAny();
        }
        ViewDef before = old == null ? null : old.view();
        return definer == null && statement.alter() && before != null ? before.definer() : session.account();
    }

    private static TableDef withUpdatable(TableDef t, ViewDef v, boolean updatable) {
        ViewDef view = new ViewDef(
                v.sql(), v.columnNames(), v.algorithm(), v.definer(), v.securityDefiner(), v.checkOption(), updatable);
        return new TableDef(
                t.id(),
                t.version(),
                t.database(),
                t.name(),
                t.columns(),
                t.indexes(),
                t.foreignKeys(),
                t.checks(),
                t.collation(),
                t.comment(),
                t.temporary(),
                view,
                t.kind(),
                t.options(),
                t.createdMicros());
    }

    private static void check(CreateView statement, String database, String name, @Nullable TableDef old) {
        if (old == null) {
            if (statement.alter()) {
                throw new SqlException(ErrorCode.NO_SUCH_TABLE, database, name);
            }
            return;
        }
        if (!statement.alter() && !statement.orReplace()) {
            throw new SqlException(ErrorCode.TABLE_EXISTS, name);
        }
        if (old.kind() != TableDef.Kind.VIEW) {
            throw new SqlException(ErrorCode.WRONG_OBJECT, database, name, "VIEW");
        }
    }

    private static List<ColumnDef> columns(CreateView statement, List<QueryColumn> queried) {
        List<String> names = statement.columns().isEmpty()
                ? IntStream.range(0, queried.size())
                        .mapToObj(i -> Analyzer.viewColumn(queried.get(i).name(), i))
                        .toList()
                : statement.columns();
        if (names.size() != queried.size()) {
            throw new SqlException(ErrorCode.VIEW_WRONG_LIST);
        }
        List<ColumnDef> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Names.checkColumn(name);
            if (columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(name))) {
                throw new SqlException(ErrorCode.DUPLICATE_FIELD_NAME, name);
            }
            columns.add(new ColumnDef(
                    i,
                    name,
                    ExpressionTypes.columnType(queried.get(i).type()),
                    queried.get(i).nullable(),
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
        return columns;
    }
}
