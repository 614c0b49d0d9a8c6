package io.qomo.query.analyze;

import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.Casts;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.BoundTable.BoundCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Binds the expressions stored with tables. Results are kept by id and version; safe for use by many threads.
public final class TableBinder {
    private static final int MAX_TABLES = 4096;

    private final Map<Key, BoundTable> bound = new ConcurrentHashMap<>();

    private record Key(long id, long version) {}

    /// The table with its defaults, generated columns and checks as expressions over its ordinals.
    public BoundTable bind(TableDef table, BindContext context) {
        Key key = new Key(table.id(), table.version());
        BoundTable known = bound.get(key);
        if (known != null && known.table() == table) {
            return known;
        }
        BoundTable made = make(table, context);
        if (bound.size() >= MAX_TABLES) {
            bound.clear();
        }
        bound.put(key, made);
        return made;
    }

    private static BoundTable make(TableDef table, BindContext context) {
        ExpressionBinder binder = new ExpressionBinder(context);
        List<@Nullable Expr> defaults = new ArrayList<>();
        List<@Nullable Expr> generated = new ArrayList<>();
        for (ColumnDef column : table.columns()) {
            defaults.add(value(column.defaultSql(), column, table, binder));
            generated.add(value(column.generatedSql(), column, table, binder));
        }
        List<BoundCheck> checks = new ArrayList<>();
        for (CheckDef check : table.checks()) {
            if (check.enforced()) {
                checks.add(new BoundCheck(check.name(), binder.storedCondition(check.sql(), table)));
            }
        }
        return new BoundTable(
                table, Collections.unmodifiableList(defaults), Collections.unmodifiableList(generated), checks);
    }

    private static @Nullable Expr value(
            @Nullable String sql, ColumnDef column, TableDef table, ExpressionBinder binder) {
        return sql == null ? null : Casts.assigned(binder.stored(sql, table), column.type());
    }
}
