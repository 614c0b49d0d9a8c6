package io.qomo.serve.schema;

import io.qomo.base.codec.KeyWriter;
import io.qomo.query.catalog.CatalogSnapshot;
import io.qomo.query.catalog.CatalogSources;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.meta.MetaStore.Change;
import io.qomo.serve.meta.MetaStore.KeyRange;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The schema on disk and the snapshot of it that statements use. Any thread.
///
/// - \[I1\] A snapshot is published only after its records are durable.
/// - \[I2\] Changes are made one after the other; each raises the version.
public final class CatalogStore {
    private static final String VERSION_NAME = "schema";
    private static final int RECORD_VERSION = 1;

    private final MetaStore meta;
    private final LongSupplier ids;
    private volatile CatalogSnapshot current;
    private final Map<Long, Long> dataSince = new ConcurrentHashMap<>();

    /// Loads the stored schema on top of the system databases, which are not stored.
    ///
    /// @param ids gives a new id at each call, never one it gave before
    public CatalogStore(
            MetaStore meta,
            LongSupplier ids,
            CatalogSources sources,
            List<DatabaseDef> systemDatabases,
            List<TableDef> systemTables) {
        this.meta = meta;
        this.ids = ids;
        CatalogSnapshot.Draft draft = CatalogSnapshot.empty(sources).draft();
        systemDatabases.forEach(draft::putDatabase);
        systemTables.forEach(draft::putTable);
        for (byte[] record : meta.load(MetaKind.DATABASE).values()) {
            draft.putDatabase(TableCodec.decodeDatabase(record));
        }
        for (byte[] record : meta.load(MetaKind.TABLE).values()) {
            draft.putTable(TableCodec.decodeTable(record));
        }
        byte[] version = meta.load(MetaKind.COUNTER).get(VERSION_NAME);
        current = draft.build(version == null ? 1 : new RecordReader(version, RECORD_VERSION).number());
    }

    /// The schema as of now.
    public CatalogSnapshot current() {
        return current;
    }

    /// An id for a database or table, never given before.
    public long nextId() {
        return ids.getAsLong();
    }

    /// Makes a change durable and publishes it; returns the schema after it. What `body` throws leaves the schema as it
    /// was.
    public synchronized CatalogSnapshot change(Consumer<SchemaChange> body) {
        CatalogSnapshot before = current;
        SchemaChange change = new SchemaChange(before);
        body.accept(change);
        if (change.records.isEmpty() && change.dropped.isEmpty()) {
            return before;
        }
        List<Change> records = new ArrayList<>(change.records);
        if (!change.touchesSchema) {
            meta.write(records, change.dropped);
            return before;
        }
        long version = before.version() + 1;
        records.add(new Change(
                MetaKind.COUNTER,
                VERSION_NAME,
                new RecordWriter(RECORD_VERSION).number(version).toBytes()));
        long timestamp = meta.write(records, change.dropped);
        change.newTables.forEach(id -> dataSince.put(id, timestamp));
        change.goneTables.forEach(dataSince::remove);
        current = change.draft.build(version);
        return current;
    }

    /// The timestamp before which a table had no data of its own, so that older snapshots cannot use it (error 1412);
    /// 0 if it is older than all snapshots.
    public long dataSince(long tableId) {
        return dataSince.getOrDefault(tableId, 0L);
    }

    /// Records of a kind as they are stored: jobs and garbage, which are no part of the snapshot.
    public Map<String, byte[]> load(MetaKind kind) {
        return meta.load(kind);
    }

    /// A change of the schema in the making: what is put here becomes visible and durable together.
    public static final class SchemaChange {
        private final CatalogSnapshot before;
        private final CatalogSnapshot.Draft draft;
        private final List<Change> records = new ArrayList<>();
        private final List<KeyRange> dropped = new ArrayList<>();
        private final List<Long> newTables = new ArrayList<>();
        private final List<Long> goneTables = new ArrayList<>();
        private boolean touchesSchema;

        private SchemaChange(CatalogSnapshot before) {
            this.before = before;
            this.draft = before.draft();
        }

        /// The schema before the change.
        public CatalogSnapshot before() {
            return before;
        }

        /// A table as changed so far.
        public Optional<TableDef> table(String database, String name) {
            return draft.table(database, name);
        }

        /// The tables of a database as changed so far.
        public List<TableDef> tables(String database) {
            return draft.tables(database);
        }

        /// Adds or changes a database.
        public void putDatabase(DatabaseDef database) {
            touchesSchema = true;
            draft.putDatabase(database);
            records.add(new Change(MetaKind.DATABASE, name(database.id()), TableCodec.encode(database)));
        }

        /// Removes a database and its tables.
        public void dropDatabase(DatabaseDef database) {
            touchesSchema = true;
            for (TableDef table : before.tables(database.name())) {
                dropTable(table);
            }
            draft.dropDatabase(database.name());
            records.add(new Change(MetaKind.DATABASE, name(database.id()), null));
        }

        /// Adds or changes a table or view.
        public void putTable(TableDef table) {
            touchesSchema = true;
            if (before.table(table.id()).isEmpty()) {
                newTables.add(table.id());
            }
            draft.putTable(table);
            records.add(new Change(MetaKind.TABLE, name(table.id()), TableCodec.encode(table)));
        }

        /// Removes a table or view with its data.
        public void dropTable(TableDef table) {
            forgetTable(table);
            records.add(new Change(MetaKind.TABLE, name(table.id()), null));
            records.add(new Change(MetaKind.STATISTICS, name(table.id()), null));
            records.add(new Change(MetaKind.COUNTER, TableIds.recordName(table.id()), null));
            goneTables.add(table.id());
            if (table.kind() == TableDef.Kind.BASE) {
                dropData(table.id());
            }
        }

        /// Takes a table out of the schema to put it back under another name.
        public void forgetTable(TableDef table) {
            touchesSchema = true;
            draft.dropTable(table.database(), table.name());
        }

        /// Has all stored keys of a table removed.
        public void dropData(long tableId) {
            byte[] prefix = new KeyWriter().writeTablePrefix(tableId).toBytes();
            dropped.add(new KeyRange(prefix, KeyWriter.prefixEnd(prefix)));
        }

        /// Has all stored keys of tables with ids from `first` up to, not including, `end` removed.
        public void dropData(long first, long end) {
            dropped.add(new KeyRange(
                    new KeyWriter().writeTablePrefix(first).toBytes(),
                    new KeyWriter().writeTablePrefix(end).toBytes()));
        }

        /// Has all stored keys of an index removed.
        public void dropIndexData(long tableId, int indexId) {
            byte[] prefix = new KeyWriter().writeIndexPrefix(tableId, indexId).toBytes();
            dropped.add(new KeyRange(prefix, KeyWriter.prefixEnd(prefix)));
        }

        /// Writes or, with null, removes a record beside the schema.
        public void putRecord(MetaKind kind, String name, byte @org.jspecify.annotations.Nullable [] value) {
            records.add(new Change(kind, name, value));
        }

        private static String name(long id) {
            return Long.toString(id);
        }
    }
}
