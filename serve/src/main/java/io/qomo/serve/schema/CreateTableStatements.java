package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DdlStatement.CreateTable;
import io.qomo.query.sql.ast.DdlStatement.CreateTableLike;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.TableElement;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.schema.DdlSession.QueryColumn;
import java.util.ArrayList;
import java.util.List;

/// CREATE TABLE in all its forms.
final class CreateTableStatements {
    private final CatalogStore store;
    private final TemporaryIds temporaryIds;
    private final TableRemover remover;
    private final DdlSession session;
    private final Targets targets;

    CreateTableStatements(CatalogStore store, TemporaryIds temporaryIds, TableRemover remover, DdlSession session) {
        this.store = store;
        this.temporaryIds = temporaryIds;
        this.remover = remover;
        this.session = session;
        this.targets = new Targets(store, session);
    }

    /// Returns the number of rows that came from a query.
    long create(CreateTable statement) {
        if (statement.partitioning() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "PARTITION BY");
        }
        String database = targets.writable(statement.name());
        String name = statement.name().name();
        Names.checkTable(name);
        if (isTaken(database, name, statement.temporary(), statement.ifNotExists())) {
            return 0;
        }
        Collation inherited =
                store.current().database(database).map(DatabaseDef::collation).orElse(session.serverCollation());
        Collation collation = TableOptions.collation(session, statement.options(), inherited);
        TableDraft draft = new TableDraft(session, database, name, collation, statement.temporary());
        TableOptions options = new TableOptions(session);
        options.apply(draft, statement.options());
        List<QueryColumn> queried = statement.query() == null ? List.of() : session.describe(statement.query());
        addElements(draft, statement.elements(), queried);
        TableDef table = finish(draft);
        Long start = options.autoIncrement();
        if (start != null) {
            remover.startAutoIncrement(table, start);
        }
        return publish(table, queried, statement);
    }

    private boolean isTaken(String database, String name, boolean temporary, boolean ifNotExists) {
        boolean isTaken;
        if (temporary) {
            isTaken = targets.findTemporary(database, name).isPresent();
        } else {
            targets.lock(database, name, LockMode.EXCLUSIVE);
            if (store.current().database(database).isEmpty()) {
                throw new SqlException(ErrorCode.UNKNOWN_DATABASE, database);
            }
            isTaken = targets.find(database, name).isPresent();
        }
        if (isTaken) {
            if (!ifNotExists) {
                throw new SqlException(ErrorCode.TABLE_EXISTS, name);
            }
            session.note(ErrorCode.TABLE_EXISTS, name);
        }
        return isTaken;
    }

    /// Columns named only in the statement come first, then the query's; a column both name has the statement's type.
    private void addElements(TableDraft draft, List<TableElement> elements, List<QueryColumn> queried) {
        List<TableElement.ColumnDefinition> both = new ArrayList<>();
        for (TableElement element : elements) {
            if (element instanceof TableElement.ColumnDefinition column) {
                if (queried.stream().anyMatch(q -> q.name().equalsIgnoreCase(column.name()))) {
                    both.add(column);
                } else {
                    draft.addColumn(
                            new ColumnBuilder(session, draft.collation()).build(draft.nextColumnId(), column), -1);
                }
            }
        }
        for (QueryColumn column : queried) {
            TableElement.ColumnDefinition written = both.stream()
                    .filter(c -> c.name().equalsIgnoreCase(column.name()))
                    .findFirst()
                    .orElse(null);
            int id = draft.nextColumnId();
            draft.addColumn(
                    written == null
                            ? queriedColumn(id, column)
                            : new ColumnBuilder(session, draft.collation()).build(id, written),
                    -1);
        }
        addKeys(draft, elements);
    }

    private static void addKeys(TableDraft draft, List<TableElement> elements) {
        IndexRules indexes = new IndexRules(draft);
        for (TableElement element : elements) {
            if (element instanceof TableElement.ColumnDefinition column) {
                draft.addParts(column);
            } else if (element instanceof TableElement.IndexDefinition index) {
                indexes.add(index, IndexDef.State.PUBLIC);
            }
        }
        ForeignKeyRules foreignKeys = new ForeignKeyRules(draft);
        CheckRules checks = new CheckRules(draft);
        for (TableElement element : elements) {
            if (element instanceof TableElement.ForeignKeyDefinition key) {
                foreignKeys.add(key, IndexDef.State.PUBLIC);
            } else if (element instanceof TableElement.CheckDefinition check) {
                checks.add(check, null);
            }
        }
        indexes.dropCovered();
    }

    /// A column made of a query's: a base column hands on its default and comment.
    private ColumnDef queriedColumn(int id, QueryColumn column) {
        Names.checkColumn(column.name());
        ColumnDef base = column.column().isEmpty()
                ? null
                : session.catalog()
                        .table(column.database(), column.table())
                        .flatMap(t -> t.columns().stream()
                                .filter(c -> c.name().equalsIgnoreCase(column.column()))
                                .findFirst())
                        .orElse(null);
        boolean inherits = base != null && !base.isGenerated() && base.type().equals(column.type());
        SqlType type = ExpressionTypes.columnType(column.type());
        String zero = column.column().isEmpty() && !column.nullable()
                ? ExpressionTypes.implicitDefault(column.name(), type, session.sqlMode())
                : null;
        return new ColumnDef(
                id,
                column.name(),
                type,
                column.nullable(),
                inherits && base != null ? base.defaultSql() : zero,
                inherits && base != null && base.defaultIsExpression(),
                inherits && base != null && base.onUpdateNow(),
                false,
                null,
                false,
                ColumnDef.Visibility.VISIBLE,
                base == null ? "" : base.comment(),
                null);
    }

    private TableDef finish(TableDraft draft) {
        long id = draft.isTemporary() ? temporaryIds.next() : store.nextId();
        TableDef table = draft.finish(id);
        ForeignKeyRules rules = new ForeignKeyRules(draft);
        rules.checkParents(table, table.foreignKeys());
        rules.checkChildren(table);
        return table;
    }

    private long publish(TableDef table, List<QueryColumn> queried, CreateTable statement) {
        QueryExpression query = statement.query();
        if (table.temporary()) {
            session.temporaryTables().put(table);
            if (query == null) {
                return 0;
            }
            try {
                return fill(table, queried, query, statement);
            } catch (RuntimeException | Error e) {
                session.temporaryTables().remove(table);
                throw e;
            }
        }
        if (query == null) {
            store.change(change -> change.putTable(table));
            return 0;
        }
        // The rows come before the table: a crash in between leaves a record that has them removed at the next start.
        String job = UnfinishedTables.recordName(table.id());
        store.change(change -> change.putRecord(
                MetaKind.JOB, job, UnfinishedTables.record(table.id(), table.id() + 1, store.owner())));
        long rows;
        try {
            rows = fill(table, queried, query, statement);
        } catch (RuntimeException | Error e) {
            store.change(change -> {
                change.putRecord(MetaKind.JOB, job, null);
                change.dropData(table.id());
            });
            remover.forgetCounters(table);
            throw e;
        }
        store.change(change -> {
            change.putRecord(MetaKind.JOB, job, null);
            change.putTable(table);
        });
        return rows;
    }

    private long fill(TableDef table, List<QueryColumn> queried, QueryExpression query, CreateTable statement) {
        return session.fill(table, queried.stream().map(QueryColumn::name).toList(), query, statement.duplicates());
    }

    /// CREATE TABLE … LIKE: everything but foreign keys and rows.
    void createLike(CreateTableLike statement) {
        String database = targets.writable(statement.name());
        String name = statement.name().name();
        Names.checkTable(name);
        String sourceDatabase = targets.database(statement.source());
        TableDef source = session.catalog()
                .table(sourceDatabase, statement.source().name())
                .orElseThrow(() -> new SqlException(
                        ErrorCode.NO_SUCH_TABLE,
                        sourceDatabase,
                        statement.source().name()));
        if (source.kind() != TableDef.Kind.BASE) {
            throw new SqlException(
                    ErrorCode.WRONG_OBJECT, sourceDatabase, statement.source().name(), "BASE TABLE");
        }
        if (isTaken(database, name, statement.temporary(), statement.ifNotExists())) {
            return;
        }
        TableDef table = copy(source, database, name, statement.temporary());
        if (table.temporary()) {
            session.temporaryTables().put(table);
        } else {
            store.change(change -> change.putTable(table));
        }
    }

    private TableDef copy(TableDef source, String database, String name, boolean temporary) {
        List<CheckDef> checks = new ArrayList<>();
        for (CheckDef check : source.checks()) {
            checks.add(new CheckDef(name + "_chk_" + (checks.size() + 1), check.sql(), check.enforced()));
        }
        List<ForeignKeyDef> none = List.of();
        return new TableDef(
                temporary ? temporaryIds.next() : store.nextId(),
                1,
                database,
                name,
                source.columns().stream().map(c -> Columns.withOrigin(c, null)).toList(),
                source.indexes().stream()
                        .filter(i -> i.state() == IndexDef.State.PUBLIC)
                        .toList(),
                none,
                checks,
                source.collation(),
                source.comment(),
                temporary,
                null,
                TableDef.Kind.BASE,
                source.options(),
                session.nowMicros());
    }
}
