package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import io.qomo.query.sql.ast.TableName;
import java.util.List;

/// How a query's names are printed.
public interface Names {
    /// As they are written.
    Names AS_WRITTEN = new Names() {};

    /// A column.
    default ColumnReference column(ColumnReference column) {
        return column;
    }

    /// A table.
    default TableName table(TableName table) {
        return table;
    }

    /// What an element of the select list is spelled out as.
    ///
    /// @param named every element gets a name: not in subqueries of expressions
    default List<SelectItem> items(SelectItem item, boolean named) {
        return List.of(item);
    }

    /// Names without a schema where it is the given one.
    static Names without(String schema) {
        return new Names() {
            @Override
            public ColumnReference column(ColumnReference column) {
                return schema.equals(column.schema())
                        ? new ColumnReference(column.span(), null, column.table(), column.column())
                        : column;
            }

            @Override
            public TableName table(TableName table) {
                return schema.equals(table.schema()) ? new TableName(table.span(), null, table.name()) : table;
            }
        };
    }
}
