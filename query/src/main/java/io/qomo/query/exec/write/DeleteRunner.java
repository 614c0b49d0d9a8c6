package io.qomo.query.exec.write;

import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.plan.PhysicalPlan.Delete;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import io.qomo.store.txn.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DELETE from one or several tables. A plain scan is followed as it goes; the rows of joins are all
/// found first. Owned by the statement's thread, used once.
public final class DeleteRunner {
    private final ExecContext context;
    private final Delete plan;
    private final WriteScope scope;
    private final List<Target> targets = new ArrayList<>();
    private long deleted;

    /// A runner for a plan.
    public DeleteRunner(ExecContext context, Delete plan) {
        this.context = context;
        this.plan = plan;
        this.scope = new WriteScope(context);
        boolean mayRepeat = SourceShape.mayRepeatRows(plan.source());
        for (UpdateTarget target : plan.targets()) {
            TableWriter writer = scope.writer(target.table());
            boolean mayChange = plan.targets().size() > 1 || writer.isReferenced();
            targets.add(new Target(
                    target,
                    writer,
                    new TargetRows(context, target.handle(), mayRepeat),
                    mayChange ? new RowImage(context, writer) : null));
        }
    }

    /// A target; with a `fresh` image rows are read again before they go, as an earlier one may have
    /// changed them through foreign keys.
    private record Target(
            UpdateTarget plan,
            TableWriter writer,
            TargetRows rows,
            @Nullable RowImage fresh) {}

    /// Runs the statement on its source.
    public WriteResult run(Operator source) {
        try {
            source.open();
            if (SourceShape.mayRepeatRows(plan.source())) {
                deleteKept(source);
            } else {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    delete(batch);
                }
            }
        } finally {
            targets.forEach(t -> t.rows.close());
        }
        return new WriteResult(WriteResult.Kind.DELETE, deleted, deleted, deleted, 0, 0, 0, 0);
    }

    private void deleteKept(Operator source) {
        try (SpillableRows found = new SpillableRows(
                plan.source().props().columns().stream().map(OutputColumn::type).toList(),
                context.temp(),
                context.memory())) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                found.append(batch);
            }
            source.close();
            for (int c = 0; c < found.chunkCount(); c++) {
                delete(found.chunk(c));
            }
        }
    }

    private void delete(Batch batch) {
        for (Target target : targets) {
            context.checkInterrupted();
            Batch rows = target.rows.select(batch);
            if (rows == null) {
                continue;
            }
            BytesVector handles = (BytesVector) rows.column(target.plan.handle());
            Vector[] columns = new Vector[target.plan.columns().size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = rows.column(target.plan.columns().get(i));
            }
            for (int r = 0; r < rows.rows(); r++) {
                deleteOrIgnore(target, handles.get(r), columns, r);
            }
        }
    }

    private void deleteOrIgnore(Target target, byte[] handle, Vector[] columns, int r) {
        Vector[] row = columns;
        int at = r;
        if (target.fresh != null) {
            byte[] value = target.writer.lock(handle);
            if (value == null) {
                return;
            }
            row = target.fresh.read(handle, value);
            at = 0;
        }
        if (!plan.ignore()) {
            target.writer.delete(handle, row, at, 0);
            deleted++;
            return;
        }
        Savepoint before = context.transaction().savepoint();
        try {
            target.writer.delete(handle, row, at, 0);
            deleted++;
        } catch (SqlException e) {
            IgnorableErrors.ignore(e, context);
            context.transaction().rollbackTo(before);
        }
    }
}
