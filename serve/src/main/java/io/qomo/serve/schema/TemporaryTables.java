package io.qomo.serve.schema;

import io.qomo.query.catalog.TableDef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The temporary tables of one session. Owned by its thread.
public final class TemporaryTables {
    private final Map<String, TableDef> byName = new LinkedHashMap<>();
    private long version;

    /// A table by name.
    public Optional<TableDef> find(String database, String name) {
        return byName.isEmpty() ? Optional.empty() : Optional.ofNullable(byName.get(key(database, name)));
    }

    /// A table by id.
    public Optional<TableDef> find(long id) {
        return byName.values().stream().filter(t -> t.id() == id).findFirst();
    }

    /// Adds a table, or changes the one of its name.
    public void put(TableDef table) {
        byName.put(key(table.database(), table.name()), table);
        version++;
    }

    /// Removes a table.
    public void remove(TableDef table) {
        byName.remove(key(table.database(), table.name()));
        version++;
    }

    /// All of them, in order of creation.
    public Collection<TableDef> all() {
        return List.copyOf(byName.values());
    }

    /// True if there is none.
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /// Raised by every change.
    public long version() {
        return version;
    }

    private static String key(String database, String name) {
        return database.toLowerCase(Locale.ROOT) + '\0' + name.toLowerCase(Locale.ROOT);
    }
}
