package io.qomo.serve.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Names for completion, asked of the server when they are first needed and kept until [#forget].
final class SchemaNames implements Completions.Names {
    private final LiveConnection connection;
    private final Set<String> databases = new TreeSet<>();
    private final Map<String, Map<String, Set<String>>> schemas = new HashMap<>();

    SchemaNames(LiveConnection connection) {
        this.connection = connection;
    }

    /// The schema, or the current database, may have changed.
    void forget() {
        databases.clear();
        schemas.clear();
    }

    @Override
    public Set<String> databases() {
        if (databases.isEmpty()) {
            connection.quietly(
                    "SELECT schema_name FROM information_schema.schemata", values -> databases.add(values[0]));
        }
        return databases;
    }

    @Override
    public Set<String> tables(String database) {
        return schema(database).keySet();
    }

    @Override
    public Set<String> columns(String database, String table) {
        return schema(database).getOrDefault(table, Set.of());
    }

    private Map<String, Set<String>> schema(String database) {
        return schemas.computeIfAbsent(database.toLowerCase(Locale.ROOT), name -> {
            String which = name.isEmpty()
                    ? "DATABASE()"
                    : "'" + name.replace("\\", "\\\\").replace("'", "''") + "'";
            Map<String, Set<String>> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            connection.quietly(
                    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = " + which,
                    values -> tables.computeIfAbsent(values[0], _ -> new TreeSet<>())
                            .add(values[1]));
            return tables;
        });
    }
}
