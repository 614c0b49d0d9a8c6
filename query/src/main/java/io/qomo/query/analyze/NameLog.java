package io.qomo.query.analyze;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import io.qomo.query.sql.ast.QueryBody.SelectItem.ExpressionItem;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.printer.Names;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the names in a syntax tree turned out to mean, by identity of the nodes, so that a view can be kept with every
/// name qualified. Owned by the analysis.
final class NameLog implements Names {
    private static final int MAX_NAME_LENGTH = 64;

    private final Map<ColumnReference, ColumnReference> columns = new IdentityHashMap<>();
    private final Map<TableName, TableName> tables = new IdentityHashMap<>();
    private final Map<SelectItem, List<SelectItem>> items = new IdentityHashMap<>();
    private boolean usesVariables;
    private @Nullable String temporaryTable;

    /// Notes that a column is one of a relation.
    void column(ColumnReference reference, Relation relation, Field field) {
        columns.put(reference, qualified(relation, field));
    }

    private static ColumnReference qualified(Relation relation, Field field) {
        boolean isAliased = relation.table() == null || !relation.table().name().equals(relation.alias());
        String schema = isAliased || relation.database().isEmpty() ? null : relation.database();
        return new ColumnReference(Span.NONE, schema, relation.alias(), field.name());
    }

    /// Notes which table a name is.
    void table(TableName name, TableDef table) {
        tables.put(name, new TableName(Span.NONE, table.database(), table.name()));
        if (table.temporary() && temporaryTable == null) {
            temporaryTable = table.name();
        }
    }

    /// Notes that `*` means a column, besides those noted before.
    void star(SelectItem item, Relation relation, Field field) {
        items.computeIfAbsent(item, x -> new ArrayList<>())
                .add(new ExpressionItem(Span.NONE, qualified(relation, field), field.name()));
    }

    /// Notes the name of a selected expression.
    void named(ExpressionItem item, String name, int index) {
        items.put(item, List.of(new ExpressionItem(item.span(), item.expression(), columnName(name, index))));
    }

    /// The name a view's column gets from its select list.
    static String columnName(String name, int index) {
        return name.codePointCount(0, name.length()) > MAX_NAME_LENGTH || name.endsWith(" ")
                ? "Name_exp_" + (index + 1)
                : name;
    }

    /// Notes a user variable, system variable or parameter.
    void variable() {
        usesVariables = true;
    }

    boolean usesVariables() {
        return usesVariables;
    }

    /// The first temporary table that was named, or null.
    @Nullable String temporaryTable() {
        return temporaryTable;
    }

    @Override
    public ColumnReference column(ColumnReference column) {
        return columns.getOrDefault(column, column);
    }

    @Override
    public TableName table(TableName table) {
        return tables.getOrDefault(table, table);
    }

    @Override
    public List<SelectItem> items(SelectItem item, boolean named) {
        if (item instanceof ExpressionItem e && (!named || e.alias() != null)) {
            return List.of(item);
        }
        List<SelectItem> known = items.getOrDefault(item, List.of(item));
        return named ? known : known.stream().map(NameLog::withoutName).toList();
    }

    private static SelectItem withoutName(SelectItem item) {
        return item instanceof ExpressionItem e ? new ExpressionItem(e.span(), e.expression(), null) : item;
    }
}
