package io.qomo.serve.schema;

import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import java.util.List;

/// Tables with one thing changed; each change raises the version.
final class Tables {
    private Tables() {}

    /// With another id.
    static TableDef withId(TableDef t, long id) {
        return new TableDef(
                id,
                t.version() + 1,
                t.database(),
                t.name(),
                t.columns(),
                t.indexes(),
                t.foreignKeys(),
                t.checks(),
                t.collation(),
                t.comment(),
                t.temporary(),
                t.view(),
                t.kind(),
                t.options(),
                t.createdMicros());
    }

    /// With a version above that of another definition of it.
    static TableDef withVersionAfter(TableDef t, TableDef before) {
        return new TableDef(
                t.id(),
                Math.max(t.version(), before.version()) + 1,
                t.database(),
                t.name(),
                t.columns(),
                t.indexes(),
                t.foreignKeys(),
                t.checks(),
                t.collation(),
                t.comment(),
                t.temporary(),
                t.view(),
                t.kind(),
                t.options(),
                t.createdMicros());
    }

    /// Under another name, with other constraints.
    static TableDef renamed(
            TableDef t, String database, String name, List<ForeignKeyDef> foreignKeys, List<CheckDef> checks) {
        return new TableDef(
                t.id(),
                t.version() + 1,
                database,
                name,
                t.columns(),
                t.indexes(),
                foreignKeys,
                checks,
                t.collation(),
                t.comment(),
                t.temporary(),
                t.view(),
                t.kind(),
                t.options(),
                t.createdMicros());
    }

    /// With other foreign keys.
    static TableDef withForeignKeys(TableDef t, List<ForeignKeyDef> foreignKeys) {
        return renamed(t, t.database(), t.name(), foreignKeys, t.checks());
    }

    /// With other indexes.
    static TableDef withIndexes(TableDef t, List<IndexDef> indexes) {
        return new TableDef(
                t.id(),
                t.version() + 1,
                t.database(),
                t.name(),
                t.columns(),
                indexes,
                t.foreignKeys(),
                t.checks(),
                t.collation(),
                t.comment(),
                t.temporary(),
                t.view(),
                t.kind(),
                t.options(),
                t.createdMicros());
    }

    /// Without some indexes and the hidden columns only they have.
    static TableDef withoutIndexes(TableDef t, List<IndexDef> gone) {
        List<IndexDef> kept = t.indexes().stream()
                .filter(i -> gone.stream().noneMatch(g -> g.id() == i.id()))
                .toList();
        TableDef smaller = withIndexes(t, kept);
        return withColumns(
                smaller,
                t.columns().stream()
                        .filter(c -> c.visibility() != ColumnDef.Visibility.HIDDEN
                                || kept.stream()
                                        .anyMatch(i -> i.parts().stream().anyMatch(p -> p.columnId() == c.id())))
                        .toList());
    }

    /// With other columns.
    static TableDef withColumns(TableDef t, List<ColumnDef> columns) {
        return new TableDef(
                t.id(),
                t.version() + 1,
                t.database(),
                t.name(),
                columns,
                t.indexes(),
                t.foreignKeys(),
                t.checks(),
                t.collation(),
                t.comment(),
                t.temporary(),
                t.view(),
                t.kind(),
                t.options(),
                t.createdMicros());
    }

    /// With an index in another state.
    static TableDef withIndexState(TableDef t, int indexId, IndexDef.State state) {
        return withIndexes(
                t,
                t.indexes().stream()
                        .map(i -> i.id() == indexId ? i.withState(state) : i)
                        .toList());
    }
}
