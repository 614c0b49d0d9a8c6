package io.qomo.query.exec.operator;

import io.qomo.base.json.JsonValue;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.function.JsonTableShape;
import io.qomo.query.plan.PhysicalPlan.JsonTable;
import io.qomo.query.plan.PlanParts.OutputColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a document: all are made at the first pull, and handed out in batches.
final class JsonTableOperator implements Operator {
    private static final int BATCH_ROWS = 1024;

    private final ExecContext context;
    private final List<SqlType> types;
    private final Programs document;
    private final JsonTableShape.Maker maker;
    private final MemoryBudget budget;
    private final Batch noInput = new Batch(new Vector[0], 1);
    private final Deque<Batch> made = new ArrayDeque<>();
    private boolean isMade;

    JsonTableOperator(ExecContext context, JsonTable plan) {
        this.context = context;
        this.types = plan.props().columns().stream().map(OutputColumn::type).toList();
        this.document = Programs.of(List.of(plan.document()), context);
        this.maker = plan.shape().maker(types, context);
        this.budget = new MemoryBudget(context.memory());
    }

    @Override
    public void open() {
        forget();
        document.reset();
        isMade = false;
    }

    private void forget() {
        made.clear();
        budget.close();
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        if (!isMade) {
            isMade = true;
            BytesVector value = (BytesVector) document.evaluate(0, noInput);
            if (!value.isNull(0)) {
                int i = value.at(0);
                maker.make(JsonValue.of(value.base[i], value.offset[i], value.length[i]), this::add);
            }
        }
        return made.poll();
    }

    private void add(Vector[] row) {
        Batch last = made.peekLast();
        if (last == null || last.rows() == BATCH_ROWS) {
            context.checkInterrupted();
            last = begin();
        }
        int at = last.rows();
        for (int c = 0; c < row.length; c++) {
            Vector column = last.column(c);
            column.ensure(at + 1);
            column.copyFrom(row[c], 0, at);
        }
        last.setRows(at + 1);
    }

    private Batch begin() {
        Batch full = made.peekLast();
        if (full != null) {
            long bytes = 0;
            for (int c = 0; c < types.size(); c++) {
                bytes += full.column(c).sizeBytes(full.rows());
            }
            budget.hold(budget.heldBytes() + bytes);
        }
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(types.get(c), 16);
        }
        Batch batch = new Batch(columns, 0);
        made.add(batch);
        return batch;
    }

    @Override
    public void close() {
        forget();
        isMade = true;
        document.reset();
    }
}
