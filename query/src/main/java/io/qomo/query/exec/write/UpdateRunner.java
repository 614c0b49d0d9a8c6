package io.qomo.query.exec.write;

import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.plan.PhysicalPlan.Update;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import io.qomo.store.txn.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// UPDATE of one or several tables. All rows are found before the first is changed, so that a change
/// cannot bring a row in front of the scan again. Owned by the statement's thread, used once.
public final class UpdateRunner {
    private final ExecContext context;
    private final Update plan;
    private final WriteScope scope;
    private long matched;
    private long changed;
    private long rowNumber = 1;

    /// A runner for a plan.
    public UpdateRunner(ExecContext context, Update plan) {
        this.context = context;
        this.plan = plan;
        this.scope = new WriteScope(context);
    }

    private record Target(UpdateTarget plan, TableWriter writer, RowChanger changer, TargetRows rows) {}

    /// Runs the statement on its source.
    public WriteResult run(Operator source) {
        List<Target> targets = new ArrayList<>();
        boolean mayRepeat = SourceShape.mayRepeatRows(plan.source());
        for (UpdateTarget target : plan.targets()) {
            TableWriter writer = scope.writer(target.table());
            RowChanger changer = new RowChanger(
                    context,
                    target.table(),
                    target.columns(),
                    target.assignments(),
                    target.checks(),
                    context.isStrictWrite());
            targets.add(new Target(target, writer, changer, new TargetRows(context, target.handle(), mayRepeat)));
        }
        try (SpillableRows found = new SpillableRows(
                plan.source().props().columns().stream().map(OutputColumn::type).toList(),
                context.temp(),
                context.memory())) {
            source.open();
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                found.append(batch);
            }
            source.close();
            for (int c = 0; c < found.chunkCount(); c++) {
                context.checkInterrupted();
                for (Target target : targets) {
                    Batch rows = target.rows.select(found.chunk(c));
                    if (rows != null && targets.size() > 1) {
                        rows = refresh(target, rows);
                    }
                    if (rows != null) {
                        update(target, rows);
                    }
                }
            }
        } finally {
            targets.forEach(t -> t.rows.close());
        }
        return new WriteResult(WriteResult.Kind.UPDATE, changed, matched, matched, 0, 0, 0, 0);
    }

    /// Reads rows again that changes of other targets may have reached through foreign keys; null if none
    /// is left.
    private @Nullable Batch refresh(Target target, Batch rows) {
        BytesVector handles = (BytesVector) rows.column(target.plan.handle());
        Vector[] columns = new Vector[rows.width()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(rows.column(c).type(), rows.rows());
        }
        RowImage image = new RowImage(context, target.writer);
        int kept = 0;
        for (int r = 0; r < rows.rows(); r++) {
            byte[] handle = handles.get(r);
            byte[] value = target.writer.lock(handle);
            if (value == null) {
                continue;
            }
            for (int c = 0; c < columns.length; c++) {
                columns[c].copyFrom(rows.column(c), r, kept);
            }
            Vector[] fresh = image.read(handle, value);
            for (int i = 0; i < fresh.length; i++) {
                columns[target.plan.columns().get(i)].copyFrom(fresh[i], 0, kept);
            }
            kept++;
        }
        return kept == 0 ? null : new Batch(columns, kept);
    }

    private void update(Target target, Batch rows) {
        BytesVector handles = (BytesVector) rows.column(target.plan.handle());
        int count = rows.rows();
        matched += count;
        target.changer.apply(rows, rowNumber);
        for (int r = 0; r < count; r++) {
            if (target.changer.isChanged(r)) {
                updateOrIgnore(target, handles.get(r), r);
            }
        }
        rowNumber += count;
    }

    private void updateOrIgnore(Target target, byte[] handle, int r) {
        if (!plan.ignore()) {
            update(target, handle, r);
            return;
        }
        Savepoint before = context.transaction().savepoint();
        try {
            update(target, handle, r);
        } catch (SqlException e) {
            IgnorableErrors.ignore(e, context);
            context.transaction().rollbackTo(before);
        }
    }

    private void update(Target target, byte[] handle, int r) {
        RowChanger changer = target.changer;
        changer.check(r);
        Cascade cascade = Cascade.start(target.plan.table().table().id());
        Conflict conflict =
                target.writer.update(handle, changer.old(), r, changer.now(), r, changer.changed(), cascade);
        if (conflict != null) {
            throw DuplicateKey.error(target.writer, conflict.index(), changer.now(), r, context);
        }
        changed++;
    }
}
