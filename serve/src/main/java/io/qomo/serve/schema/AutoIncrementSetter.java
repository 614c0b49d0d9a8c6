package io.qomo.serve.schema;

import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;

/// ALTER TABLE … AUTO_INCREMENT = n.
final class AutoIncrementSetter {
    private final DdlSession session;
    private final TableRemover remover;

    AutoIncrementSetter(DdlSession session, TableRemover remover) {
        this.session = session;
        this.remover = remover;
    }

    /// Makes `next` the next value, forwards or back, but never at or below a value that is there.
    void set(TableDef table, long next) {
        ColumnDef column = table.columns().stream()
                .filter(ColumnDef::autoIncrement)
                .findFirst()
                .orElse(null);
        if (column == null) {
            return;
        }
        String at = SqlText.identifier(table.database()) + "." + SqlText.identifier(table.name());
        String sql = "SELECT 1 FROM " + at + " WHERE " + SqlText.identifier(column.name()) + " >= "
                + Long.toUnsignedString(next) + " LIMIT 1";
        boolean isTaken = session.exists(sql, table);
        if (!isTaken) {
            remover.resetAutoIncrement(table, Math.max(1, next));
        }
    }
}
