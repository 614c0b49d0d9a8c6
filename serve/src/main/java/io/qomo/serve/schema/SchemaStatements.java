package io.qomo.serve.schema;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.AlterAction;
import io.qomo.query.sql.ast.DdlStatement;
import io.qomo.serve.lock.LockName;
import io.qomo.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Executes statements that change the schema. Any thread; each statement belongs to its session's.
public final class SchemaStatements {
    /// The counter of the store that gives ids to databases and tables; tables' own counters have greater numbers.
    public static final long ID_COUNTER = 0;

    private final CatalogStore catalog;
    private final Store store;
    private final TemporaryIds temporaryIds;
    private final TableRemover remover;

    /// Over a schema and its store.
    public SchemaStatements(CatalogStore catalog, Store store) {
        this.catalog = catalog;
        this.store = store;
        this.temporaryIds = new TemporaryIds(catalog, count -> store.counters().next(ID_COUNTER, count, 1, 1));
        this.remover = new TableRemover(store.counters());
    }

    /// Removes what is left of changes that nobody finishes any more, because the server that made them has gone.
    ///
    /// @param isGone      tells it of an owner, see [CatalogStore#owner]
    /// @param exclusively runs an action while nobody uses a table
    public void removeUnfinished(Predicate<String> isGone, BiConsumer<LockName, Runnable> exclusively) {
        UnfinishedTables.removeAll(catalog, isGone);
        UnfinishedIndexes.removeAll(catalog, isGone, exclusively);
    }

    /// What a statement has done.
    ///
    /// @param affectedRows for the OK packet
    /// @param copied rows copied or filled in, or null where none could be
    public record Result(long affectedRows, @Nullable Long copied) {
        static final Result NOTHING = new Result(0, null);
    }

    /// Runs a statement.
    public Result execute(DdlStatement statement, DdlSession session) {
        CreateTableStatements creations = new CreateTableStatements(catalog, temporaryIds, remover, session);
        DropTableStatements drops = new DropTableStatements(catalog, temporaryIds, remover, session);
        DatabaseStatements databases = new DatabaseStatements(catalog, remover, session);
        return switch (statement) {
            case DdlStatement.CreateDatabase s -> new Result(databases.create(s), null);
            case DdlStatement.AlterDatabase s -> new Result(databases.alter(s), null);
            case DdlStatement.DropDatabase s -> new Result(databases.drop(s), null);
            case DdlStatement.CreateTable s -> {
                long rows = creations.create(s);
                yield s.query() == null ? Result.NOTHING : new Result(rows, rows);
            }
            case DdlStatement.CreateTableLike s -> {
                creations.createLike(s);
                yield Result.NOTHING;
            }
            case DdlStatement.AlterTable s -> alter(s, session);
            case DdlStatement.DropTable s -> {
                drops.drop(s);
                yield Result.NOTHING;
            }
            case DdlStatement.TruncateTable s -> {
                drops.truncate(s);
                yield Result.NOTHING;
            }
            case DdlStatement.RenameTable s -> {
                new RenameStatements(catalog, session).rename(s);
                yield Result.NOTHING;
            }
            case DdlStatement.CreateIndex s -> {
                List<AlterAction> actions = new ArrayList<>();
                actions.add(new AlterAction.AddIndex(s.index()));
                addClauses(actions, s.algorithm(), s.lock());
                yield alter(new DdlStatement.AlterTable(s.table(), actions), session);
            }
            case DdlStatement.DropIndex s -> {
                List<AlterAction> actions = new ArrayList<>();
                actions.add(new AlterAction.DropIndex(s.name()));
                addClauses(actions, s.algorithm(), s.lock());
                yield alter(new DdlStatement.AlterTable(s.table(), actions), session);
            }
            case DdlStatement.CreateView s -> {
                new ViewStatements(catalog, session).create(s);
                yield Result.NOTHING;
            }
            case DdlStatement.DropView s -> {
                drops.dropViews(s);
                yield Result.NOTHING;
            }
        };
    }

    private static void addClauses(List<AlterAction> actions, @Nullable String algorithm, @Nullable String lock) {
        if (algorithm != null) {
            actions.add(new AlterAction.SetAlgorithm(algorithm));
        }
        if (lock != null) {
            actions.add(new AlterAction.SetLock(lock));
        }
    }

    private Result alter(DdlStatement.AlterTable statement, DdlSession session) {
        return new AlterTableStatement(catalog, store, temporaryIds, remover, session).run(statement);
    }

    /// Removes a session's temporary tables with their rows.
    public void dropTemporaryTables(TemporaryTables tables) {
        for (TableDef table : tables.all()) {
            tables.remove(table);
            catalog.change(change -> change.dropData(table.id()));
            remover.forgetCounters(table);
        }
    }

    /// The next AUTO_INCREMENT value of a table.
    public long nextAutoIncrement(TableDef table) {
        return remover.nextAutoIncrement(table);
    }
}
