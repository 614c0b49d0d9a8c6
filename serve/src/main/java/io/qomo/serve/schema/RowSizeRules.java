package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.ColumnDef;

/// MySQL's limits on the number of columns and on the declared size of a row.
///
/// Source: MySQL 8.0 manual, "Limits on Table Column Count and Row Size".
final class RowSizeRules {
    private static final int MAX_COLUMNS = 1017;
    private static final int MAX_ROW_BYTES = 65_535;

    private final TableDraft draft;

    RowSizeRules(TableDraft draft) {
        this.draft = draft;
    }

    /// Errors 1117 and 1118.
    void check() {
        // The row id of a table without a primary key is not the user's; what functional indexes compute counts.
        long counted = draft.columns().stream()
                .filter(c -> c.visibility() != ColumnDef.Visibility.HIDDEN || c.generatedSql() != null)
                .count();
        if (counted > MAX_COLUMNS) {
            throw new SqlException(ErrorCode.TOO_MANY_FIELDS);
        }
        long bytes = 0;
        int nullable = 0;
        for (ColumnDef column : draft.columns()) {
            if (column.visibility() != ColumnDef.Visibility.HIDDEN && !column.isVirtual()) {
                bytes += bytes(column.type());
                nullable += column.nullable() ? 1 : 0;
            }
        }
        if (bytes + (nullable + 7) / 8 > MAX_ROW_BYTES) {
            throw new SqlException(ErrorCode.TOO_BIG_ROW_SIZE, MAX_ROW_BYTES);
        }
    }

    private static long bytes(SqlType type) {
        return switch (type.kind()) {
            case TINYINT, YEAR -> 1;
            case SMALLINT -> 2;
            case MEDIUMINT, DATE -> 3;
            case INT, FLOAT -> 4;
            case BIGINT, DOUBLE, SET, BIT -> 8;
            case DECIMAL -> 4L + type.length() * 4L / 9;
            case TIME -> 3 + (type.scale() + 1) / 2;
            case TIMESTAMP -> 4 + (type.scale() + 1) / 2;
            case DATETIME -> 5 + (type.scale() + 1) / 2;
            case ENUM -> 2;
            case CHAR, BINARY ->
                (long) type.length() * type.collation().charset().maxBytesPerChar();
            case VARCHAR, VARBINARY -> {
                long bytes = (long) type.length() * type.collation().charset().maxBytesPerChar();
                yield bytes + (bytes > 255 ? 2 : 1);
            }
            case TINYTEXT, TINYBLOB -> 9;
            case TEXT, BLOB -> 10;
            case MEDIUMTEXT, MEDIUMBLOB -> 11;
            case LONGTEXT, LONGBLOB, JSON -> 12;
            case NULL -> 0;
        };
    }
}
