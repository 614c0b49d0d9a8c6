package io.qomo.query.exec.layout;

import io.qomo.query.catalog.TableDef;

/// The ids of a table's counters in the store ([io.qomo.store.txn.Counters]).
public final class TableCounters {
    private TableCounters() {}

    /// The counter behind the AUTO_INCREMENT column.
    public static long autoIncrement(TableDef table) {
        return table.id() << 1;
    }

    /// The counter behind the hidden row id.
    public static long rowId(TableDef table) {
        return (table.id() << 1) | 1;
    }
}
