package io.qomo.serve.schema;

import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import java.util.OptionalLong;

/// ALTER TABLE … AUTO_INCREMENT = n.
final class AutoIncrementSetter {
    private static final long MAX_UNSIGNED = -1;

    private final DdlSession session;
    private final TableRemover remover;

    AutoIncrementSetter(DdlSession session, TableRemover remover) {
        this.session = session;
        this.remover = remover;
    }

    /// Makes `next` the next value, forwards or back; where values at or above it are there, the one
    /// after the highest.
    void set(TableDef table, long next) {
        ColumnDef column = table.columns().stream()
                .filter(ColumnDef::autoIncrement)
                .findFirst()
                .orElse(null);
        if (column == null) {
            return;
        }
        String at = SqlText.identifier(table.database()) + "." + SqlText.identifier(table.name());
        String counted = SqlText.identifier(column.name());
        // by its order and not by MAX, which does not read the index
        String sql = "SELECT CAST(" + counted + " AS UNSIGNED) FROM " + at + " WHERE " + counted + " >= "
                + Long.toUnsignedString(next) + " ORDER BY " + counted + " DESC LIMIT 1";
        OptionalLong highest = session.number(sql, table);
        if (highest.isEmpty()) {
            remover.resetAutoIncrement(table, Math.max(1, next));
        } else if (highest.getAsLong() != MAX_UNSIGNED) {
            remover.resetAutoIncrement(table, highest.getAsLong() + 1);
        }
    }
}
