package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.serve.session.api.ColumnFlags;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.systemtable.ColumnFacts;
import java.util.ArrayList;
import java.util.List;

/// COM_FIELD_LIST: the columns of a table with their defaults.
final class FieldList {
    private final ServerSession session;

    FieldList(ServerSession session) {
        this.session = session;
    }

    List<ResultColumn> columns(String tableName, String pattern) {
        String database = session.database();
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        TableDef table = session.catalog()
                .table(database, tableName)
                .orElseThrow(() -> new SqlException(ErrorCode.NO_SUCH_TABLE, database, tableName));
        if (!session.access().sees(database, tableName) && !table.temporary()) {
            throw new SqlException(
                    ErrorCode.TABLE_ACCESS_DENIED,
                    "SELECT",
                    session.account().user(),
                    session.account().host(),
                    tableName);
        }
        ShowPattern wanted = new ShowPattern(pattern.isEmpty() ? null : pattern);
        List<ResultColumn> columns = new ArrayList<>();
        for (ColumnDef column : table.columns()) {
            if (column.visibility() == ColumnDef.Visibility.VISIBLE && wanted.takes(column.name())) {
                columns.add(new ResultColumn(
                        table.database(),
                        table.name(),
                        table.name(),
                        column.name(),
                        column.name(),
                        column.type(),
                        flags(table, column),
                        ColumnFacts.defaultText(column)));
            }
        }
        return columns;
    }

    /// The flags of a base column.
    static int flags(TableDef table, ColumnDef column) {
        SqlType type = column.type();
        int flags = column.nullable() ? 0 : ColumnFlags.NOT_NULL;
        flags |= switch (ColumnFacts.key(table, column)) {
            case "PRI" -> ColumnFlags.PRIMARY_KEY;
            case "UNI" -> ColumnFlags.UNIQUE_KEY;
            case "MUL" -> ColumnFlags.MULTIPLE_KEY;
            default -> 0;
        };
        flags |= type.unsigned() ? ColumnFlags.UNSIGNED : 0;
        flags |= type.zerofill() ? ColumnFlags.ZEROFILL : 0;
        flags |= type.isBinaryString() ? ColumnFlags.BINARY : 0;
        flags |= type.kind().isLob() ? ColumnFlags.BLOB : 0;
        flags |= type.kind() == TypeKind.ENUM ? ColumnFlags.ENUM : 0;
        flags |= type.kind() == TypeKind.SET ? ColumnFlags.SET : 0;
        flags |= type.kind() == TypeKind.TIMESTAMP ? ColumnFlags.TIMESTAMP : 0;
        flags |= column.autoIncrement() ? ColumnFlags.AUTO_INCREMENT : 0;
        flags |= column.onUpdateNow() ? ColumnFlags.ON_UPDATE_NOW : 0;
        flags |= type.kind().isNumeric() ? ColumnFlags.NUM : 0;
        boolean hasDefault = column.defaultSql() != null || column.nullable() || column.autoIncrement();
        return flags | (hasDefault ? 0 : ColumnFlags.NO_DEFAULT_VALUE);
    }
}
