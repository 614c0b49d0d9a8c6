package io.qomo.query.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The schema at one version, without temporary tables. Immutable: a change makes a new one from a [Draft], which
/// shares with the old one what did not change.
public final class CatalogSnapshot implements Catalog {
    private final long version;
    private final CatalogSources sources;
    /// By name in lower case, in name order.
    private final Map<String, Schema> schemas;

    private final Map<Long, TableDef> byId;
    /// By `database.table` of the parent in lower case.
    private final Map<String, List<Reference>> references;

    private CatalogSnapshot(
            long version,
            CatalogSources sources,
            Map<String, Schema> schemas,
            Map<Long, TableDef> byId,
            Map<String, List<Reference>> references) {
        this.version = version;
        this.sources = sources;
        this.schemas = schemas;
        this.byId = byId;
        this.references = references;
    }

    /// A schema without databases, version 0.
    public static CatalogSnapshot empty(CatalogSources sources) {
        return new CatalogSnapshot(0, sources, Map.of(), Map.of(), Map.of());
    }

    /// Starts a change.
    public Draft draft() {
        return new Draft(this);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public List<DatabaseDef> databases() {
        return schemas.values().stream().map(Schema::database).toList();
    }

    @Override
    public Optional<DatabaseDef> database(String name) {
        return Optional.ofNullable(schemas.get(lower(name))).map(Schema::database);
    }

    @Override
    public List<TableDef> tables(String database) {
        Schema schema = schemas.get(lower(database));
        return schema == null ? List.of() : List.copyOf(schema.tables.values());
    }

    @Override
    public Optional<TableDef> table(String database, String name) {
        Schema schema = schemas.get(lower(database));
        return schema == null ? Optional.empty() : Optional.ofNullable(schema.tables.get(lower(name)));
    }

    @Override
    public Optional<TableDef> table(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Reference> referencing(String database, String table) {
        return references.getOrDefault(referenceKey(database, table), List.of());
    }

    @Override
    public SystemTable systemTable(TableDef table) {
        return sources.systemTable(table);
    }

    @Override
    public TableStatistics statistics(TableDef table) {
        return sources.statistics(table);
    }

    private static String lower(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z' || c >= 0x80) {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }

    private static String referenceKey(String database, String table) {
        return lower(database) + '\0' + lower(table);
    }

    private record Schema(DatabaseDef database, TreeMap<String, TableDef> tables) {}

    /// A change in the making. Owned by one thread; used once.
    public static final class Draft {
        private final CatalogSnapshot base;
        private final TreeMap<String, Schema> schemas;
        private final Map<Long, TableDef> byId;
        private final Map<String, Boolean> copied = new HashMap<>();
        private boolean hasReferenceChange;

        private Draft(CatalogSnapshot base) {
            this.base = base;
            this.schemas = new TreeMap<>(base.schemas);
            this.byId = new HashMap<>(base.byId);
        }

        /// Adds a database, or changes one of its name.
        public Draft putDatabase(DatabaseDef database) {
            String key = lower(database.name());
            Schema old = schemas.get(key);
            schemas.put(key, new Schema(database, old == null ? new TreeMap<>() : old.tables));
            return this;
        }

        /// Removes a database with all its tables.
        public Draft dropDatabase(String name) {
            Schema old = schemas.remove(lower(name));
            if (old != null) {
                for (TableDef table : old.tables.values()) {
                    byId.remove(table.id());
                    hasReferenceChange |= !table.foreignKeys().isEmpty();
                }
            }
            return this;
        }

        /// Adds a table, or takes the place of the one of its name.
        public Draft putTable(TableDef table) {
            TableDef old = ownTables(table.database()).put(lower(table.name()), table);
            if (old != null) {
                byId.remove(old.id());
                hasReferenceChange |= !old.foreignKeys().isEmpty();
            }
            byId.put(table.id(), table);
            hasReferenceChange |= !table.foreignKeys().isEmpty();
            return this;
        }

        /// Removes a table if it is there.
        public Draft dropTable(String database, String name) {
            TableDef old = ownTables(database).remove(lower(name));
            if (old != null) {
                byId.remove(old.id());
                hasReferenceChange |= !old.foreignKeys().isEmpty();
            }
            return this;
        }

        /// The tables of the schema as changed so far.
        public Optional<TableDef> table(String database, String name) {
            Schema schema = schemas.get(lower(database));
            return schema == null ? Optional.empty() : Optional.ofNullable(schema.tables.get(lower(name)));
        }

        /// The tables of a database as changed so far.
        public List<TableDef> tables(String database) {
            Schema schema = schemas.get(lower(database));
            return schema == null ? List.of() : List.copyOf(schema.tables.values());
        }

        /// The changed schema at a version.
        public CatalogSnapshot build(long version) {
            return new CatalogSnapshot(
                    version, base.sources, schemas, byId, hasReferenceChange ? references() : base.references);
        }

        private TreeMap<String, TableDef> ownTables(String database) {
            String key = lower(database);
            Schema schema = schemas.get(key);
            if (schema == null) {
                throw new IllegalArgumentException("no database " + database);
            }
            if (copied.putIfAbsent(key, true) == null) {
                schema = new Schema(schema.database, new TreeMap<>(schema.tables));
                schemas.put(key, schema);
            }
            return schema.tables;
        }

        private Map<String, List<Reference>> references() {
            Map<String, List<Reference>> found = new HashMap<>();
            for (TableDef table : byId.values()) {
                for (ForeignKeyDef key : table.foreignKeys()) {
                    found.computeIfAbsent(referenceKey(key.parentDatabase(), key.parentTable()), _ -> new ArrayList<>())
                            .add(new Reference(table, key));
                }
            }
            found.replaceAll((_, list) -> List.copyOf(list));
            return found;
        }
    }
}
