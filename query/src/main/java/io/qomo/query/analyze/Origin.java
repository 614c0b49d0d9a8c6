package io.qomo.query.analyze;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;

/// Which base column a value is, for result metadata.
///
/// @param schema of the base table, or empty
/// @param tableAlias as in FROM, or empty
/// @param table the base table, or empty
/// @param column the base column, or empty
/// @param keyFlags the flags that only a base column has (keys, AUTO_INCREMENT, defaults)
record Origin(String schema, String tableAlias, String table, String column, int keyFlags) {
    static final Origin NONE = new Origin("", "", "", "", 0);

    private static final int NOT_NULL = 1;
    private static final int PRIMARY_KEY = 2;
    private static final int UNIQUE_KEY = 4;
    private static final int MULTIPLE_KEY = 8;
    private static final int BLOB = 16;
    private static final int UNSIGNED = 32;
    private static final int ZEROFILL = 64;
    private static final int BINARY = 128;
    private static final int ENUM = 256;
    private static final int AUTO_INCREMENT = 512;
    private static final int TIMESTAMP = 1024;
    private static final int SET = 2048;
    private static final int NO_DEFAULT_VALUE = 4096;
    private static final int ON_UPDATE_NOW = 8192;

    /// The origin of a column of a base table.
    static Origin of(TableDef table, String alias, ColumnDef column) {
        int flags = keyFlags(table, column);
        if (column.autoIncrement()) {
            flags |= AUTO_INCREMENT;
        }
        if (!column.nullable() && column.defaultSql() == null && !column.autoIncrement() && !column.isGenerated()) {
            flags |= NO_DEFAULT_VALUE;
        }
        if (column.onUpdateNow()) {
            flags |= ON_UPDATE_NOW;
        }
        if (column.type().kind() == TypeKind.TIMESTAMP && column.onUpdateNow()) {
            flags |= TIMESTAMP;
        }
        return new Origin(table.database(), alias, table.name(), column.name(), flags);
    }

    private static int keyFlags(TableDef table, ColumnDef column) {
        int flags = 0;
        for (IndexDef index : table.indexes()) {
            for (int i = 0; i < index.parts().size(); i++) {
                if (index.parts().get(i).columnId() != column.id()) {
                    continue;
                }
                if (index.isPrimary()) {
                    flags |= PRIMARY_KEY;
                } else if (i == 0 && index.unique() && index.parts().size() == 1) {
                    flags |= UNIQUE_KEY;
                } else if (i == 0) {
                    flags |= MULTIPLE_KEY;
                }
            }
        }
        return (flags & PRIMARY_KEY) != 0 ? flags & ~MULTIPLE_KEY : flags;
    }

    /// The same column seen through another alias.
    Origin under(String alias) {
        return this == NONE ? new Origin("", alias, "", "", 0) : new Origin(schema, alias, table, column, keyFlags);
    }

    /// MySQL's column flags of a result column.
    int flags(SqlType type, boolean nullable) {
        int flags = keyFlags | typeFlags(type);
        if (!nullable) {
            flags |= NOT_NULL;
        }
        return flags;
    }

    private int typeFlags(SqlType type) {
        int flags = 0;
        if (type.unsigned() || type.kind() == TypeKind.BIT || type.kind() == TypeKind.YEAR) {
            flags |= UNSIGNED;
        }
        if (type.zerofill() || type.kind() == TypeKind.YEAR) {
            flags |= ZEROFILL;
        }
        if (type.kind().isLob() || type.kind() == TypeKind.JSON) {
            flags |= BLOB;
        }
        if (type.kind() == TypeKind.ENUM) {
            flags |= ENUM;
        }
        if (type.kind() == TypeKind.SET) {
            flags |= SET;
        }
        boolean isBinary = type.kind().isString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET
                ? type.collation() == Collation.BINARY
                        || type.collation().sqlName().endsWith("_bin")
                : type.kind().isTemporal() || type.kind() == TypeKind.JSON || column.isEmpty();
        return isBinary ? flags | BINARY : flags;
    }
}
