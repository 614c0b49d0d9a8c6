package io.qomo.serve.account;

import java.util.Map;
import java.util.TreeMap;

/// What was granted to one account or role directly. Immutable.
///
/// @param global mask of static privileges
/// @param dynamic dynamic privileges, each with its own grant option
/// @param databases mask by database pattern as written (`%` and `_` match, `\_` does not)
/// @param tables by table
/// @param roles granted roles, each with its admin option
public record Grants(
        long global,
        Map<String, Boolean> dynamic,
        Map<String, Long> databases,
        Map<TableKey, TableGrant> tables,
        Map<AccountId, Boolean> roles) {
    /// Nothing.
    public static final Grants NONE = new Grants(0, Map.of(), Map.of(), Map.of(), Map.of());

    /// Copies the maps, in key order.
    public Grants {
        dynamic = sorted(dynamic);
        databases = sorted(databases);
        tables = sorted(tables);
        roles = sorted(roles);
    }

    private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return java.util.Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /// A table by database and name, as written when it was granted; compared without case by [Access].
    public record TableKey(String database, String table) implements Comparable<TableKey> {
        @Override
        public int compareTo(TableKey other) {
            int byDatabase = database.compareToIgnoreCase(other.database);
            return byDatabase != 0 ? byDatabase : table.compareToIgnoreCase(other.table);
        }
    }

    /// What was granted on a table.
    ///
    /// @param mask on all of it
    /// @param columns mask by column
    public record TableGrant(long mask, Map<String, Long> columns) {
        /// Copies the map.
        public TableGrant {
            columns = sorted(columns);
        }
    }

    /// With another global mask.
    public Grants withGlobal(long mask) {
        return new Grants(mask, dynamic, databases, tables, roles);
    }

    /// With a dynamic privilege; null takes it away.
    public Grants withDynamic(String name, @org.jspecify.annotations.Nullable Boolean grantable) {
        return new Grants(global, with(dynamic, name, grantable), databases, tables, roles);
    }

    /// With another mask for a database pattern; 0 takes it away.
    public Grants withDatabase(String pattern, long mask) {
        return new Grants(global, dynamic, with(databases, pattern, mask == 0 ? null : mask), tables, roles);
    }

    /// With another grant for a table; an empty one takes it away.
    public Grants withTable(TableKey key, TableGrant grant) {
        boolean isEmpty = grant.mask() == 0 && grant.columns().isEmpty();
        return new Grants(global, dynamic, databases, with(tables, key, isEmpty ? null : grant), roles);
    }

    /// With a role; null takes it away.
    public Grants withRole(AccountId role, @org.jspecify.annotations.Nullable Boolean adminOption) {
        return new Grants(global, dynamic, databases, tables, with(roles, role, adminOption));
    }

    private static <K extends Comparable<K>, V> Map<K, V> with(
            Map<K, V> map, K key, @org.jspecify.annotations.Nullable V value) {
        TreeMap<K, V> changed = new TreeMap<>(map);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }
}
