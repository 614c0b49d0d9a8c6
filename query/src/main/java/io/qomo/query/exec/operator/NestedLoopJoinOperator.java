package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.NestedLoopJoin;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the right side anew for each left row, whose values are bound to slots of the frame (LATERAL,
/// right sides that are more than a look-up).
final class NestedLoopJoinOperator implements Operator {
    private final ExecContext context;
    private final Operator left;
    private final Operator right;
    private final List<Expr.Subquery.Binding> bindings;
    private final Programs values;
    private final JoinOutput output;
    private int[] pairLeft = new int[64];
    private @Nullable Batch batch;
    private Vector[] bound = {};
    private int row;
    private boolean isRightOpen;
    private boolean isDone;

    NestedLoopJoinOperator(ExecContext context, Operator left, Operator right, NestedLoopJoin plan) {
        this.context = context;
        this.left = left;
        this.right = right;
        this.bindings = plan.bindings();
        this.values =
                Programs.of(bindings.stream().map(Expr.Subquery.Binding::value).toList(), context);
        List<SqlType> leftTypes = Rows.types(plan.left());
        boolean nullRulesOut = plan.kind() == JoinKind.ANTI_NULL_AWARE && plan.condition() != null;
        this.output = new JoinOutput(
                context, plan.kind(), leftTypes, Rows.types(plan.right()), 0, plan.condition(), nullRulesOut);
    }

    @Override
    public void open() {
        close();
        isDone = false;
        left.open();
    }

    @Override
    public @Nullable Batch next() {
        output.clearTaken();
        while (!output.isFull()) {
            Batch rows = batch;
            if (rows == null) {
                if (isDone) {
                    break;
                }
                context.checkInterrupted();
                rows = left.next();
                if (rows == null) {
                    isDone = true;
                    break;
                }
                batch = rows;
                bound = values.evaluate(rows).clone();
                row = 0;
                output.start(rows);
            }
            if (row >= rows.rows()) {
                batch = null;
                continue;
            }
            step();
        }
        return output.take();
    }

    /// Pairs the present left row with the next right batch.
    private void step() {
        if (!isRightOpen) {
            for (int i = 0; i < bound.length; i++) {
                context.setCorrelated(bindings.get(i).slot(), constant(bound[i], row));
            }
            right.open();
            isRightOpen = true;
        }
        Batch found = output.isDecided(row) ? null : right.next();
        if (found == null) {
            isRightOpen = false;
            row++;
            output.complete(row);
            return;
        }
        if (pairLeft.length < found.rows()) {
            pairLeft = new int[found.rows()];
        }
        Arrays.fill(pairLeft, 0, found.rows(), row);
        output.add(pairLeft, found.rows(), found.columns());
    }

    private static Vector constant(Vector source, int row) {
        if (source.isConstant()) {
            return source;
        }
        Vector one = Vector.of(source.type(), 1);
        one.copyFrom(source, row, 0);
        one.setConstant(true);
        return one;
    }

    @Override
    public void close() {
        isDone = true;
        batch = null;
        isRightOpen = false;
        left.close();
        right.close();
        values.reset();
        output.reset();
    }
}
