package io.qomo.serve.schema;

import io.qomo.base.codec.KeyWriter;
import io.qomo.query.catalog.CatalogSnapshot;
import io.qomo.query.catalog.CatalogSources;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.serve.meta.ChangeListener;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.meta.MetaStore.Change;
import io.qomo.serve.meta.MetaStore.KeyRange;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The schema on disk and the snapshot of it that statements use. Any thread.
///
/// - \[I1\] A snapshot is published only after its records are durable.
/// - \[I2\] Changes are made one after the other, also those of several nodes; each raises the version.
/// - \[I3\] When [#change] returns, all nodes know the change.
public final class CatalogStore {
    private static final String VERSION_NAME = "schema";
    private static final int RECORD_VERSION = 1;
    private static final long FIRST_VERSION = 1;

    private static final Set<MetaKind> STORED = EnumSet.of(MetaKind.DATABASE, MetaKind.TABLE, MetaKind.COUNTER);

    private final MetaStore meta;
    private final LongSupplier ids;
    private final ChangeListener listener;
    private final String owner;
    private final CatalogSnapshot system;
    private volatile CatalogSnapshot current;
    private final Map<Long, Long> dataSince = new ConcurrentHashMap<>();
    /// The tables as they were last read, so that unchanged ones need no decoding; guarded by this.
    private Map<String, Stored> stored = Map.of();

    private record Stored(byte[] record, TableDef table) {}

    /// Loads the stored schema on top of the system databases, which are not stored.
    ///
    /// @param ids gives a new id at each call, never one it gave before
    /// @param listener learns of changes of the schema
    /// @param owner    names this server among those that change the same schema
    public CatalogStore(
            MetaStore meta,
            LongSupplier ids,
            CatalogSources sources,
            List<DatabaseDef> systemDatabases,
            List<TableDef> systemTables,
            ChangeListener listener,
            String owner) {
        this.meta = meta;
        this.owner = owner;
        this.ids = ids;
        this.listener = listener;
        CatalogSnapshot.Draft draft = CatalogSnapshot.empty(sources).draft();
        systemDatabases.forEach(draft::putDatabase);
        systemTables.forEach(draft::putTable);
        system = draft.build(0);
        current = read(meta.loadAll(STORED));
    }

    private static long version(MetaStore.Loaded loaded) {
        byte[] version = loaded.of(MetaKind.COUNTER).get(VERSION_NAME);
        return version == null ? FIRST_VERSION : new RecordReader(version, RECORD_VERSION).number();
    }

    private static byte[] versionRecord(long version) {
        return new RecordWriter(RECORD_VERSION).number(version).toBytes();
    }

    private CatalogSnapshot read(MetaStore.Loaded loaded) {
        CatalogSnapshot.Draft draft = system.draft();
        for (byte[] record : loaded.of(MetaKind.DATABASE).values()) {
            draft.putDatabase(TableCodec.decodeDatabase(record));
        }
        Map<String, Stored> read = new HashMap<>();
        loaded.of(MetaKind.TABLE).forEach((name, record) -> {
            Stored before = stored.get(name);
            Stored now = before != null && Arrays.equals(before.record, record)
                    ? before
                    : new Stored(record, TableCodec.decodeTable(record));
            read.put(name, now);
            draft.putTable(now.table);
        });
        stored = read;
        return draft.build(version(loaded));
    }

    /// Reads the schema anew if it is newer than what is known here.
    public synchronized void refresh() {
        MetaStore.Loaded loaded = meta.loadAll(STORED);
        if (version(loaded) <= current.version()) {
            return;
        }
        CatalogSnapshot before = current;
        CatalogSnapshot after = read(loaded);
        for (DatabaseDef database : after.databases()) {
            for (TableDef table : after.tables(database.name())) {
                if (before.table(table.id()).isEmpty()) {
                    dataSince.put(table.id(), loaded.timestamp());
                }
            }
        }
        dataSince.keySet().removeIf(id -> after.table(id).isEmpty());
        current = after;
    }

    /// The schema as of now.
    public CatalogSnapshot current() {
        return current;
    }

    /// Names this server among those that change the same schema: what it leaves unfinished has this owner.
    public String owner() {
        return owner;
    }

    /// An id for a database or table, never given before.
    public long nextId() {
        return ids.getAsLong();
    }

    /// Makes a change durable and publishes it; returns the schema after it. What `body` throws leaves the schema as it
    /// was; it is run again when another node was faster.
    public CatalogSnapshot change(Consumer<SchemaChange> body) {
        CatalogSnapshot before = current;
        CatalogSnapshot after = changeHere(body);
        if (after.version() > before.version()) {
            // not under the monitor: other nodes may be telling this one
            listener.changed(ChangeListener.Subject.SCHEMA);
        }
        return after;
    }

    private synchronized CatalogSnapshot changeHere(Consumer<SchemaChange> body) {
        while (true) {
            CatalogSnapshot after = tryChange(body);
            if (after != null) {
                return after;
            }
            refresh();
        }
    }

    /// Null if another node has changed the schema.
    private @Nullable CatalogSnapshot tryChange(Consumer<SchemaChange> body) {
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
        records.add(new Change(MetaKind.COUNTER, VERSION_NAME, versionRecord(version)));
        byte[] expected = before.version() == FIRST_VERSION ? null : versionRecord(before.version());
        long timestamp = meta.writeIf(VERSION_NAME, expected, records, change.dropped);
        if (timestamp == MetaStore.CONFLICT) {
            return null;
        }
        change.newTables.forEach(id -> dataSince.put(id, timestamp));
        change.goneTables.forEach(dataSince::remove);
        CatalogSnapshot after = change.draft.build(version);
        current = after;
        return after;
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
        public void putRecord(MetaKind kind, String name, byte @Nullable [] value) {
            records.add(new Change(kind, name, value));
        }

        private static String name(long id) {
            return Long.toString(id);
        }
    }
}
