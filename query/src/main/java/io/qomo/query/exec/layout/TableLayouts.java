package io.qomo.query.exec.layout;

import io.qomo.query.catalog.TableDef;
import java.util.concurrent.ConcurrentHashMap;

/// Layouts by table, the newest version asked for of each. Thread-safe.
public final class TableLayouts {
    private static final int MAX_TABLES = 10_000;

    private final ConcurrentHashMap<Long, TableLayout> byId = new ConcurrentHashMap<>();

    /// The layout of a definition.
    public TableLayout of(TableDef table) {
        TableLayout known = byId.get(table.id());
        if (known != null && known.table() == table) {
            return known;
        }
        TableLayout made = new TableLayout(table);
        if (byId.size() >= MAX_TABLES) {
            byId.clear();
        }
        byId.put(table.id(), made);
        return made;
    }
}
