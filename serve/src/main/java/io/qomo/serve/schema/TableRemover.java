package io.qomo.serve.schema;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.layout.TableCounters;
import io.qomo.store.txn.Counters;

/// What goes with a table besides its rows: the counters behind AUTO_INCREMENT and hidden row ids. Any thread.
final class TableRemover {
    private final Counters counters;

    TableRemover(Counters counters) {
        this.counters = counters;
    }

    /// Forgets the counters of a table that is gone.
    void forgetCounters(TableDef table) {
        if (table.kind() == TableDef.Kind.BASE) {
            counters.remove(TableCounters.autoIncrement(table));
            counters.remove(TableCounters.rowId(table));
        }
    }

    /// Makes the next AUTO_INCREMENT value of a table at least `next`.
    void startAutoIncrement(TableDef table, long next) {
        counters.raise(TableCounters.autoIncrement(table), next - 1);
    }

    /// Makes a table count on where another stopped.
    void inheritAutoIncrement(TableDef from, TableDef to) {
        startAutoIncrement(to, counters.peek(TableCounters.autoIncrement(from)));
    }

    /// Makes row ids of a table that took over the rows of another start where that one stopped.
    void inheritRowIds(TableDef from, TableDef to) {
        if (from.hasHiddenRowId() && to.hasHiddenRowId()) {
            counters.raise(TableCounters.rowId(to), counters.peek(TableCounters.rowId(from)));
        }
    }

    /// The next AUTO_INCREMENT value.
    long nextAutoIncrement(TableDef table) {
        return counters.peek(TableCounters.autoIncrement(table));
    }

    /// Sets the next AUTO_INCREMENT value, also backwards.
    void resetAutoIncrement(TableDef table, long next) {
        counters.reset(TableCounters.autoIncrement(table), next);
    }
}
