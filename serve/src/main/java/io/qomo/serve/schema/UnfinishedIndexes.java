package io.qomo.serve.schema;

import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.schema.CatalogStore.SchemaChange;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Indexes that nobody builds any more: the process died, or a full disk kept the statement from undoing its work.
///
/// A table being altered in place carries the new indexes as WRITE_ONLY and new columns behind the old ones; a record
/// tells how many columns it had before.
final class UnfinishedIndexes {
    private static final int VERSION = 2;
    private static final String PREFIX = "alter/";

    private UnfinishedIndexes() {}

    /// Notes, together with the table's intermediate form, what it was before.
    static void begin(SchemaChange change, TableDef old, String owner) {
        byte[] record = new RecordWriter(VERSION)
                .number(old.columns().size())
                .text(owner)
                .toBytes();
        change.putRecord(MetaKind.JOB, recordName(old), record);
    }

    /// Together with the table's final form.
    static void end(SchemaChange change, TableDef table) {
        change.putRecord(MetaKind.JOB, recordName(table), null);
    }

    /// Removes what is left of them in all tables whose alteration has no owner any more; `exclusively` runs an action
    /// while nobody uses a table.
    static void removeAll(CatalogStore catalog, Predicate<String> isGone, BiConsumer<LockName, Runnable> exclusively) {
        for (var database : catalog.current().databases()) {
            for (TableDef table : catalog.current().tables(database.name())) {
                if (!isUnfinished(table) || !isGone.test(owner(catalog, table))) {
                    continue;
                }
                exclusively.accept(LockName.table(table.database(), table.name()), () -> {
                    TableDef now = catalog.current()
                            .table(table.database(), table.name())
                            .orElse(null);
                    if (now != null && now.id() == table.id() && isGone.test(owner(catalog, now))) {
                        remove(catalog, now);
                    }
                });
            }
        }
        catalog.load(MetaKind.JOB).forEach((name, record) -> {
            if (name.startsWith(PREFIX) && isGone.test(owner(record)) && !isNeeded(catalog, name)) {
                catalog.change(change -> change.putRecord(MetaKind.JOB, name, null));
            }
        });
    }

    private static boolean isNeeded(CatalogStore catalog, String recordName) {
        long id = Long.parseLong(recordName.substring(PREFIX.length()));
        return catalog.current().table(id).map(UnfinishedIndexes::isUnfinished).orElse(false);
    }

    private static boolean isUnfinished(TableDef table) {
        return table.indexes().stream().anyMatch(i -> i.state() != IndexDef.State.PUBLIC);
    }

    private static String owner(CatalogStore catalog, TableDef table) {
        byte[] record = catalog.load(MetaKind.JOB).get(recordName(table));
        return record == null ? "" : owner(record);
    }

    private static String owner(byte[] record) {
        RecordReader in = new RecordReader(record, VERSION);
        in.number();
        return in.version() < 2 ? "" : in.text();
    }

    /// Removes what is left of them in a table that nobody alters now; false if there was nothing.
    static boolean remove(CatalogStore catalog, TableDef table) {
        List<IndexDef> unfinished = table.indexes().stream()
                .filter(i -> i.state() != IndexDef.State.PUBLIC)
                .toList();
        if (unfinished.isEmpty()) {
            return false;
        }
        byte[] record = catalog.load(MetaKind.JOB).get(recordName(table));
        long columnsBefore = record == null ? table.columns().size() : new RecordReader(record, VERSION).number();
        List<ColumnDef> columns = table.columns().stream().limit(columnsBefore).toList();
        int nextIndex = unfinished.stream().mapToInt(IndexDef::id).max().orElse(0) + 1;
        int nextColumn = table.columns().stream().mapToInt(ColumnDef::id).max().orElse(0) + 1;
        TableDraft.IdFloor floor = TableIds.load(catalog, table.id());
        catalog.change(change -> {
            TableDef restored = Tables.withColumns(Tables.withoutIndexes(table, unfinished), columns);
            change.putTable(Tables.withVersionAfter(restored, table));
            unfinished.forEach(i -> change.dropIndexData(table.id(), i.id()));
            end(change, table);
            TableIds.save(
                    change,
                    table.id(),
                    new TableDraft.IdFloor(Math.max(floor.column(), nextColumn), Math.max(floor.index(), nextIndex)));
        });
        return true;
    }

    private static String recordName(TableDef table) {
        return PREFIX + table.id();
    }
}
