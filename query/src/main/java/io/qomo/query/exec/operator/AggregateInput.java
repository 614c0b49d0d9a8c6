package io.qomo.query.exec.operator;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.DistinctRows;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.exec.rows.RowSorter;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One aggregate with what comes before its accumulator: arguments, DISTINCT, ORDER BY.
///
/// Rows of DISTINCT or ordered calls travel as (group, arguments…, order keys…): first past the filter of
/// duplicates of (group, arguments), then, if ordered, through a sorter by (group, order keys).
final class AggregateInput {
    private final ExecContext context;
    private final AggregateFunction.Accumulator accumulator;
    private final Programs arguments;
    private final Programs orderKeys;
    private final boolean[] descending;
    private final int argumentCount;
    private final @Nullable DistinctRows distinct;
    private final @Nullable RowSorter sorter;
    private final @Nullable Batch tuple;
    private final RowKeys key = new RowKeys();
    private final Vector[] argumentsOfTuple;
    private int[] ids = new int[64];

    private AggregateInput(ExecContext context, AggregateCall call) {
        this.context = context;
        AggregateFunction.Bound bound = call.bound();
        this.accumulator = bound.function().newAccumulator(context);
        this.arguments = Programs.of(bound.arguments(), context);
        List<Expr> order = call.order().stream().map(SortKey::expression).toList();
        this.orderKeys = Programs.of(order, context);
        this.descending = SortOperator.descendingOf(call.order());
        this.argumentCount = bound.arguments().size();
        this.argumentsOfTuple = new Vector[argumentCount];
        boolean isTuple = call.distinct() || !order.isEmpty();
        if (!isTuple) {
            this.tuple = null;
            this.distinct = null;
            this.sorter = null;
            return;
        }
        List<SqlType> types = new ArrayList<>();
        types.add(SqlType.BIGINT);
        bound.arguments().forEach(a -> types.add(a.type()));
        order.forEach(o -> types.add(o.type()));
        this.tuple = new Batch(new Vector[types.size()], 0);
        tuple.setColumn(0, new LongVector(SqlType.BIGINT, 64));
        this.distinct =
                call.distinct() ? new DistinctRows(types, 1 + argumentCount, context.temp(), context.memory()) : null;
        this.sorter = order.isEmpty()
                ? null
                : new RowSorter(types, context.temp(), context.memory(), context::checkInterrupted);
    }

    static AggregateInput of(ExecContext context, AggregateCall call) {
        return new AggregateInput(context, call);
    }

    void ensureGroups(int groups) {
        accumulator.ensureGroups(groups);
    }

    void add(int @Nullable [] groupIds, Batch input) {
        Batch rows = tuple;
        if (rows == null) {
            accumulator.add(groupIds, arguments.evaluate(input), input.rows());
            return;
        }
        LongVector groups = (LongVector) rows.column(0);
        groups.ensure(input.rows());
        for (int r = 0; r < input.rows(); r++) {
            groups.values[r] = groupIds == null ? 0 : groupIds[r];
        }
        Vector[] values = arguments.evaluate(input);
        for (int i = 0; i < values.length; i++) {
            rows.setColumn(1 + i, values[i]);
        }
        Vector[] order = orderKeys.evaluate(input);
        for (int i = 0; i < order.length; i++) {
            rows.setColumn(1 + argumentCount + i, order[i]);
        }
        rows.setRows(input.rows());
        Batch kept = distinct == null ? rows : distinct.add(rows);
        if (kept != null) {
            passOn(kept);
        }
    }

    private void passOn(Batch rows) {
        RowSorter target = sorter;
        if (target == null) {
            accumulate(rows);
            return;
        }
        for (int r = 0; r < rows.rows(); r++) {
            KeyWriter writer = key.start();
            writer.writeLong(((LongVector) rows.column(0)).get(r), false);
            for (int k = 0; k < descending.length; k++) {
                RowKeys.write(writer, rows.column(1 + argumentCount + k), r, descending[k]);
            }
            target.add(rows, r, key.array(), key.length());
        }
    }

    private void accumulate(Batch rows) {
        if (ids.length < rows.rows()) {
            ids = new int[rows.rows()];
        }
        LongVector groups = (LongVector) rows.column(0);
        for (int r = 0; r < rows.rows(); r++) {
            ids[r] = (int) groups.get(r);
        }
        for (int i = 0; i < argumentCount; i++) {
            argumentsOfTuple[i] = rows.column(1 + i);
        }
        accumulator.add(ids, argumentsOfTuple, rows.rows());
    }

    void finish() {
        if (distinct != null) {
            for (Batch rows = distinct.drain(); rows != null; rows = distinct.drain()) {
                context.checkInterrupted();
                passOn(rows);
            }
            distinct.clear();
        }
        if (sorter != null) {
            sorter.sort();
            for (Batch rows = sorter.next(Vector.BATCH_ROWS); rows != null; rows = sorter.next(Vector.BATCH_ROWS)) {
                accumulate(rows);
            }
            sorter.clear();
        }
    }

    void results(int from, int count, Vector out) {
        accumulator.results(from, count, out);
    }

    long sizeBytes() {
        return accumulator.sizeBytes();
    }

    void reset() {
        accumulator.reset();
        if (distinct != null) {
            distinct.clear();
        }
        if (sorter != null) {
            sorter.clear();
        }
    }

    void close() {
        reset();
        arguments.reset();
        orderKeys.reset();
    }
}
