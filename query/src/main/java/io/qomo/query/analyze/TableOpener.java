package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.TableUse;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.List;

/// Opens the tables and views a FROM clause names.
final class TableOpener {
    private final Environment environment;
    private final Locking locking;
    private final boolean isForWrite;
    private final OptimizerHints optimizerHints;

    /// Without optimizer hints.
    TableOpener(Environment environment, Locking locking, boolean isForWrite) {
        this(environment, locking, isForWrite, OptimizerHints.NONE);
    }

    /// @param isForWrite the FROM of a statement that changes rows: which tables are targets is known later, so
    ///     every row of a base table comes with its handle, and views are opened so that they can be changed
    TableOpener(Environment environment, Locking locking, boolean isForWrite, OptimizerHints optimizerHints) {
        this.optimizerHints = optimizerHints;
        this.environment = environment;
        this.locking = locking;
        this.isForWrite = isForWrite;
    }

    /// Opens a table or view. Errors NO_DATABASE_SELECTED, UNKNOWN_DATABASE, NO_SUCH_TABLE, and those of views.
    FromItem open(NamedTable reference) {
        if (!isForWrite) {
            environment
                    .access()
                    .checkTable(
                            Privilege.SELECT,
                            databaseOf(environment, reference.name()),
                            reference.name().name());
        }
        TableDef table = find(environment, reference.name());
        NameLog names = environment.analysis().names();
        if (names != null) {
            names.table(reference.name(), table);
        }
        if (!reference.partitions().isEmpty()) {
            throw new SqlException(ErrorCode.PARTITION_CLAUSE_ON_NONPARTITIONED);
        }
        if (!isForWrite && !environment.isMaterialized()) {
            environment.analysis().checkNotTarget(table, reference.visibleName());
        }
        FromItem item = table.kind() == TableDef.Kind.VIEW
                ? openView(table, reference)
                : openTable(table, reference.visibleName(), reference.indexHints());
        Relation relation = item.relations().getFirst();
        Analysis analysis = environment.analysis();
        if (environment.views().isEmpty()) {
            analysis.mention(table, reference.visibleName());
        }
        analysis.register(relation);
        analysis.use(environment.access(), Privilege.SELECT, table, relation.usedColumns(), !isForWrite);
        return item;
    }

    /// The database a name is looked up in. Error NO_DATABASE_SELECTED.
    static String databaseOf(Environment environment, TableName name) {
        String database = name.schema() == null ? environment.database() : name.schema();
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        return database;
    }

    /// A table or view by name. Errors NO_DATABASE_SELECTED, UNKNOWN_DATABASE, NO_SUCH_TABLE.
    static TableDef find(Environment environment, TableName name) {
        String database = databaseOf(environment, name);
        Catalog catalog = environment.analysis().context().catalog();
        return catalog.table(database, name.name())
                .orElseThrow(() -> catalog.database(database).isEmpty()
                        ? new SqlException(ErrorCode.UNKNOWN_DATABASE, database)
                        : new SqlException(ErrorCode.NO_SUCH_TABLE, database, name.name()));
    }

    /// A base or system table under a name.
    FromItem openTable(TableDef table, String alias, List<TableReference.IndexHint> hints) {
        Analysis analysis = environment.analysis();
        List<Column> columns = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDef def = table.columns().get(i);
            Column column = analysis.newColumn(def.type(), def.nullable(), def.name());
            columns.add(column);
            ordinals.add(i);
            if (def.visibility() != Visibility.HIDDEN) {
                Origin origin = Origin.of(table, alias, def);
                fields.add(new Field(def.name(), column, origin, def.visibility() == Visibility.VISIBLE));
            }
        }
        boolean withHandle = isForWrite && table.kind() == TableDef.Kind.BASE;
        Column handle = withHandle ? analysis.newColumn(SqlType.varbinary(3072), true, "_handle") : null;
        List<TableUse.IndexHint> indexHints =
                optimizerHints.indexes(table, alias, analysis.context().bind().evalContext());
        TableUse use = new TableUse(
                table,
                alias,
                indexHints.isEmpty() ? hints(table, alias, hints) : indexHints,
                optimizerHints.before(alias));
        Scan scan = new Scan(
                use,
                columns,
                ordinals,
                handle,
                table.kind() == TableDef.Kind.BASE ? locking.lockFor(table.database(), alias) : null);
        Relation relation = new Relation(table.database(), alias, fields, table, scan);
        return FromItem.of(scan, Merging.isView(table) ? relation.merged() : relation);
    }

    private static List<TableUse.IndexHint> hints(
            TableDef table, String alias, List<TableReference.IndexHint> written) {
        List<TableUse.IndexHint> out = new ArrayList<>();
        for (TableReference.IndexHint hint : written) {
            List<Integer> ids = new ArrayList<>();
            for (String name : hint.indexes()) {
                IndexDef index = table.index(name)
                        .filter(IndexDef::visible)
                        .filter(x -> x.state() == IndexDef.State.PUBLIC)
                        .filter(x -> !(x.isPrimary() && table.hasHiddenRowId()))
                        .orElseThrow(() -> new SqlException(ErrorCode.KEY_DOES_NOT_EXIST, name, alias));
                ids.add(index.id());
            }
            out.add(new TableUse.IndexHint(
                    TableUse.IndexHint.Kind.valueOf(hint.action().name()),
                    TableUse.IndexHint.Purpose.valueOf(hint.scope().name()),
                    ids));
        }
        return out;
    }

    private FromItem openView(TableDef view, NamedTable reference) {
        if (isForWrite) {
            FromItem writable = UpdatableView.open(environment, view, reference.visibleName(), locking);
            if (writable != null) {
                return writable;
            }
        }
        AnalyzedQuery query = Views.expand(environment, view, locking);
        boolean isMerged = !Views.definition(view).algorithm().equals("TEMPTABLE") && Merging.isMerged(query.plan());
        AnalyzedQuery full = isMerged ? FullDecimals.of(query, environment.analysis()) : query;
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < view.columns().size(); i++) {
            OutputField f = query.fields().get(i);
            String name = view.columns().get(i).name();
            Column column = full.fields().get(i).column();
            fields.add(new Field(
                    name,
                    column,
                    f.origin().under(reference.visibleName()),
                    true,
                    f.column().type()));
        }
        Relation relation = new Relation(view.database(), reference.visibleName(), fields, view, null);
        return FromItem.of(full.plan(), isMerged ? relation.merged() : relation);
    }
}
