package io.qomo.query.logical;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.JsonTableShape;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.query.plan.PlanParts.SetKind;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A relational operator tree.
public sealed interface LogicalPlan {
    /// The columns of the output, in order.
    List<Column> columns();

    /// The operators this one reads.
    List<LogicalPlan> inputs();

    /// This operator over other inputs, as many as before; itself if they are the same.
    LogicalPlan withInputs(List<LogicalPlan> inputs);

    /// A computed output column.
    record Item(Column column, Expr expression) {}

    /// An aggregate and the column it becomes.
    record AggregateItem(Column column, AggregateCall call) {}

    /// A window function and the column it becomes.
    record WindowItem(Column column, WindowCall call) {}

    /// Rows of expressions over nothing.
    record Values(List<Column> columns, List<List<Expr>> rows) implements LogicalPlan {
        public Values {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return this;
        }
    }

    /// The rows JSON_TABLE() makes of a document, an expression over nothing or over the columns of a join's left side.
    record JsonTable(List<Column> columns, JsonTableShape shape, Expr document, String alias) implements LogicalPlan {
        public JsonTable {
            columns = List.copyOf(columns);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return this;
        }
    }

    /// A base or system table. `ordinals` says which column of the table each output column is.
    ///
    /// @param handle the encoded primary key, output after the columns, or null
    /// @param lock rows are locked and read at their latest version, or null for a snapshot read
    record Scan(
            TableUse table,
            List<Column> tableColumns,
            List<Integer> ordinals,
            @Nullable Column handle,
            @Nullable RowLock lock)
            implements LogicalPlan {
        public Scan {
            tableColumns = List.copyOf(tableColumns);
            ordinals = List.copyOf(ordinals);
        }

        @Override
        public List<Column> columns() {
            if (handle == null) {
                return tableColumns;
            }
            List<Column> all = new ArrayList<>(tableColumns);
            all.add(handle);
            return all;
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return this;
        }
    }

    /// Keeps rows for which the condition holds.
    record Filter(LogicalPlan input, Expr condition) implements LogicalPlan {
        @Override
        public List<Column> columns() {
            return input.columns();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Filter(inputs.getFirst(), condition);
        }
    }

    /// Computes columns; an item that is a column of the input under its own id passes it through.
    record Project(LogicalPlan input, List<Item> items) implements LogicalPlan {
        public Project {
            items = List.copyOf(items);
        }

        @Override
        public List<Column> columns() {
            return items.stream().map(Item::column).toList();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Project(inputs.getFirst(), items);
        }
    }

    /// Joins; no condition: all pairs. A right side with free columns of the left one is lateral.
    ///
    /// @param straight the left side must be read first (STRAIGHT_JOIN)
    record Join(
            JoinKind kind,
            LogicalPlan left,
            LogicalPlan right,
            @Nullable Expr condition,
            boolean straight) implements LogicalPlan {
        @Override
        public List<Column> columns() {
            if (kind != JoinKind.INNER && kind != JoinKind.LEFT) {
                return left.columns();
            }
            List<Column> all = new ArrayList<>(left.columns());
            for (Column c : right.columns()) {
                all.add(kind == JoinKind.LEFT ? nullableForm(c) : c);
            }
            return all;
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(left, right);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.get(0) == left && inputs.get(1) == right
                    ? this
                    : new Join(kind, inputs.get(0), inputs.get(1), condition, straight);
        }
    }

    /// Groups. No groups: exactly one row.
    ///
    /// @param grouping for WITH ROLLUP the BIGINT whose bit (n−1−i) says that group i is rolled up; else null
    record Aggregate(
            LogicalPlan input,
            List<Item> groups,
            List<AggregateItem> aggregates,
            @Nullable Column grouping) implements LogicalPlan {
        public Aggregate {
            groups = List.copyOf(groups);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<Column> columns() {
            List<Column> all = new ArrayList<>();
            groups.forEach(g -> all.add(g.column()));
            aggregates.forEach(a -> all.add(a.column()));
            if (grouping != null) {
                all.add(grouping);
            }
            return all;
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Aggregate(inputs.getFirst(), groups, aggregates, grouping);
        }
    }

    /// Window functions of one partitioning and order; output: the input's columns, then the calls.
    record Window(LogicalPlan input, List<Expr> partition, List<SortKey> order, List<WindowItem> calls)
            implements LogicalPlan {
        public Window {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            calls = List.copyOf(calls);
        }

        @Override
        public List<Column> columns() {
            List<Column> all = new ArrayList<>(input.columns());
            calls.forEach(c -> all.add(c.column()));
            return all;
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Window(inputs.getFirst(), partition, order, calls);
        }
    }

    /// Removes duplicate rows.
    record Distinct(LogicalPlan input) implements LogicalPlan {
        @Override
        public List<Column> columns() {
            return input.columns();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Distinct(inputs.getFirst());
        }
    }

    /// Sorts.
    record Sort(LogicalPlan input, List<SortKey> keys) implements LogicalPlan {
        public Sort {
            keys = List.copyOf(keys);
        }

        @Override
        public List<Column> columns() {
            return input.columns();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Sort(inputs.getFirst(), keys);
        }
    }

    /// Skips `offset` rows and passes `count`; each an expression over nothing.
    record Limit(
            LogicalPlan input,
            @Nullable Expr offset,
            @Nullable Expr count) implements LogicalPlan {
        @Override
        public List<Column> columns() {
            return input.columns();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.getFirst() == input ? this : new Limit(inputs.getFirst(), offset, count);
        }
    }

    /// Concatenates inputs of equal column types; column i of the output is column i of each input.
    record UnionAll(List<Column> columns, List<LogicalPlan> inputs) implements LogicalPlan {
        public UnionAll {
            columns = List.copyOf(columns);
            inputs = List.copyOf(inputs);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> other) {
            for (int i = 0; i < inputs.size(); i++) {
                if (inputs.get(i) != other.get(i)) {
                    return new UnionAll(columns, other);
                }
            }
            return this;
        }
    }

    /// INTERSECT and EXCEPT; columns as [UnionAll].
    record SetDifference(List<Column> columns, SetKind kind, boolean all, LogicalPlan left, LogicalPlan right)
            implements LogicalPlan {
        public SetDifference {
            columns = List.copyOf(columns);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(left, right);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.get(0) == left && inputs.get(1) == right
                    ? this
                    : new SetDifference(columns, kind, all, inputs.get(0), inputs.get(1));
        }
    }

    /// Names a definition for the [CteScan]s of its id in the body and in the subplans of the body's expressions.
    record WithCte(int id, String name, LogicalPlan definition, LogicalPlan body) implements LogicalPlan {
        @Override
        public List<Column> columns() {
            return body.columns();
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(definition, body);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.get(0) == definition && inputs.get(1) == body
                    ? this
                    : new WithCte(id, name, inputs.get(0), inputs.get(1));
        }
    }

    /// `seed` once, then `step`, whose [CteScan]s of the id read the rows of the round before, until it gives none.
    record RecursiveCte(List<Column> columns, int id, LogicalPlan seed, LogicalPlan step, boolean distinct)
            implements LogicalPlan {
        public RecursiveCte {
            columns = List.copyOf(columns);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of(seed, step);
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return inputs.get(0) == seed && inputs.get(1) == step
                    ? this
                    : new RecursiveCte(columns, id, inputs.get(0), inputs.get(1), distinct);
        }
    }

    /// Reads the rows kept under an id: column i is column i of the definition.
    record CteScan(List<Column> columns, int id, String name) implements LogicalPlan {
        public CteScan {
            columns = List.copyOf(columns);
        }

        @Override
        public List<LogicalPlan> inputs() {
            return List.of();
        }

        @Override
        public LogicalPlan withInputs(List<LogicalPlan> inputs) {
            return this;
        }
    }

    /// The column as it looks from above an outer join.
    static Column nullableForm(Column c) {
        return c.nullable() ? c : new Column(c.index(), c.type(), true, c.name());
    }
}
