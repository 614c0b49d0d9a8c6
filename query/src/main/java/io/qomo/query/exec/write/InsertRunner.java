package io.qomo.query.exec.write;

import io.qomo.base.error.Check;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.WarningSink;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PhysicalPlan.Insert;
import io.qomo.store.txn.Savepoint;
import org.jspecify.annotations.Nullable;

/// INSERT, REPLACE and INSERT … ON DUPLICATE KEY UPDATE. Owned by the statement's thread, used once.
public final class InsertRunner {
    private final ExecContext context;
    private final Insert plan;
    private final TableWriter writer;
    private final RowPreparer preparer;
    private final @Nullable AutoIncrement autoIncrement;
    private final @Nullable DuplicateUpdater updater;
    private long affected;
    private long found;
    private long records;
    private long duplicates;

    /// A runner for a plan.
    public InsertRunner(ExecContext context, Insert plan) {
        this.context = context;
        this.plan = plan;
        WriteScope scope = new WriteScope(context);
        this.writer = scope.writer(plan.table());
        boolean isSingleRow = plan.source() instanceof PhysicalPlan.Values values
                && values.rows().size() == 1;
        this.preparer = new RowPreparer(
                context, plan.table(), plan.checks(), context.isStrictWrite() || (isSingleRow && !plan.ignore()));
        this.autoIncrement = AutoIncrement.of(plan.table().table(), context);
        this.updater = switch (plan.onDuplicate()) {
            case ERROR, REPLACE -> null;
            case UPDATE -> new DuplicateUpdater(context, writer, plan.updates(), plan.checks());
        };
    }

    /// Runs the statement on its source.
    public WriteResult run(Operator source) {
        source.open();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            context.checkInterrupted();
            Batch rows = prepareAll(batch);
            for (int r = 0; r < batch.rows(); r++) {
                if (rows != null) {
                    insertOrIgnore(batch, rows.columns(), r, batch.rows() - r);
                } else {
                    Batch one = slice(batch, r);
                    insertOrIgnore(one, preparer.prepare(one, number()).columns(), 0, batch.rows() - r);
                }
                context.progress().done(number());
                records++;
            }
        }
        return new WriteResult(
                WriteResult.Kind.INSERT,
                affected,
                found,
                records,
                records,
                duplicates,
                autoIncrement == null ? 0 : autoIncrement.firstGenerated(),
                autoIncrement == null ? 0 : autoIncrement.lastWritten());
    }

    /// The number of the row that is written, for messages.
    private long number() {
        return context.progress().before() + records + 1;
    }

    /// The rows of a batch, converted column by column; null, and nothing said, if that is not possible
    /// without errors or warnings: then they go one by one, so that what is wrong is said, and what
    /// comes first fails, in their order.
    private @Nullable Batch prepareAll(Batch batch) {
        if (batch.rows() == 1) {
            return preparer.prepare(batch, number());
        }
        WarningSink.Mark before = context.warnings().mark();
        try {
            Batch rows = preparer.prepare(batch, number());
            if (context.warnings().count() == before.total()) {
                return rows;
            }
        } catch (SqlException e) {
            // met again at its row, or an earlier one fails before
        }
        context.warnings().backTo(before);
        return null;
    }

    private static Batch slice(Batch batch, int row) {
        Vector[] columns = new Vector[batch.width()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(batch.column(c).type(), 1);
            columns[c].copyFrom(batch.column(c), row, 0);
        }
        return new Batch(columns, 1);
    }

    private void insertOrIgnore(Batch source, Vector[] rows, int r, int rest) {
        if (!plan.ignore()) {
            insert(source, rows, r, rest);
            return;
        }
        Savepoint before = context.transaction().savepoint();
        try {
            insert(source, rows, r, rest);
        } catch (SqlException e) {
            IgnorableErrors.ignore(e, context);
            context.transaction().rollbackTo(before);
            takeBack();
            duplicates++;
        }
    }

    private void takeBack() {
        if (autoIncrement != null) {
            autoIncrement.takeBack();
        }
    }

    private void insert(Batch source, Vector[] rows, int r, int rest) {
        AutoIncrement auto = autoIncrement;
        boolean isGenerated = false;
        if (auto != null && auto.asks(rows[auto.ordinal()], r)) {
            auto.give(rows[auto.ordinal()], r, rest);
            isGenerated = true;
        }
        preparer.check(r);
        Conflict conflict = writer.insert(rows, r);
        if (conflict != null) {
            switch (plan.onDuplicate()) {
                case ERROR -> throw DuplicateKey.error(writer, conflict.index(), rows, r, context);
                case REPLACE -> replace(conflict, rows, r);
                case UPDATE -> {
                    update(conflict, source, rows, r);
                    return;
                }
            }
        } else {
            affected++;
            found++;
        }
        if (auto != null) {
            auto.inserted(rows[auto.ordinal()], r, isGenerated);
        }
    }

    /// Removes rows in the way until the new one fits.
    private void replace(Conflict first, Vector[] rows, int r) {
        duplicates++;
        RowImage image = new RowImage(context, writer);
        Conflict conflict = first;
        while (conflict != null) {
            byte[] value = writer.lock(conflict.handle());
            Check.that(value != null, "a unique entry stands for a row");
            Vector[] old = image.read(conflict.handle(), value == null ? new byte[0] : value);
            if (isLastUnique(conflict.index()) && !writer.isReferenced() && isSame(old, rows, r)) {
                affected++;
                found++;
                return;
            }
            writer.delete(conflict.handle(), old, 0, 0);
            affected++;
            found++;
            conflict = writer.insert(rows, r);
        }
        affected++;
        found++;
    }

    /// True if no unique index that could also be in the way comes later; then MySQL rewrites the row in
    /// place.
    private boolean isLastUnique(IndexLayout index) {
        boolean isLater = index.index().isPrimary();
        for (IndexLayout other : writer.layout().secondary()) {
            if (isLater && other.index().unique()) {
                return false;
            }
            isLater |= other == index;
        }
        return true;
    }

    private static boolean isSame(Vector[] old, Vector[] rows, int r) {
        for (int i = 0; i < old.length; i++) {
            if (!RowValues.same(old[i], 0, rows[i], r)) {
                return false;
            }
        }
        return true;
    }

    private void update(Conflict conflict, Batch source, Vector[] rows, int r) {
        duplicates++;
        DuplicateUpdater updates = updater;
        if (updates == null) {
            throw new IllegalStateException("no updates");
        }
        takeBack();
        boolean isChanged = updates.update(conflict, source, rows, r, number());
        Vector[] now = updates.now();
        if (autoIncrement != null && now != null) {
            autoIncrement.updated(now[autoIncrement.ordinal()], 0, isChanged);
        }
        affected += isChanged ? 2 : 0;
        found += isChanged ? 2 : 1;
    }
}
