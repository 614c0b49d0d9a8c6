package io.qomo.query.exec.write;

import io.qomo.base.error.Check;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.RowEncoder;
import io.qomo.query.plan.BoundTable;
import org.jspecify.annotations.Nullable;

/// Writes the copy of a table in a new form: converts and checks rows as INSERT does, and takes rows out again
/// that came of a row which has changed since. Foreign keys are not followed: the rows are in the database already.
///
/// Rows are given as batches with the columns of the copy by ordinal, in the types of the old table. Owned by the
/// statement's thread, used in one transaction.
public final class CopyWriter {
    private final ExecContext context;
    private final TableWriter writer;
    private final RowPreparer preparer;
    private final RowEncoder encoder;
    private final RowImage image;
    private final @Nullable AutoIncrement autoIncrement;

    /// A writer.
    ///
    /// @param keepsRowIds rows bring their hidden row id with them
    public CopyWriter(ExecContext context, BoundTable table, boolean keepsRowIds) {
        this.context = context;
        this.writer = WriteScope.withoutForeignKeys(context).writer(table);
        this.preparer = RowPreparer.forCopy(context, table, context.isStrictWrite(), keepsRowIds);
        this.encoder = new RowEncoder(writer.layout());
        this.image = new RowImage(context, writer);
        this.autoIncrement = AutoIncrement.of(table.table(), context);
    }

    /// Adds rows. Error 1062 where a unique key is taken, 3819 where a CHECK is broken, and those of conversions.
    ///
    /// @param firstRow the number of the first one, from 1
    public void insert(Batch source, long firstRow) {
        Batch rows = preparer.prepare(source, firstRow);
        AutoIncrement auto = autoIncrement;
        for (int r = 0; r < rows.rows(); r++) {
            boolean isGenerated = false;
            if (auto != null && auto.asks(rows.column(auto.ordinal()), r)) {
                auto.give(rows.column(auto.ordinal()), r, rows.rows() - r);
                isGenerated = true;
            }
            preparer.check(r);
            Conflict conflict = writer.insert(rows.columns(), r);
            if (conflict != null) {
                throw DuplicateKey.error(writer, conflict.index(), rows.columns(), r, context);
            }
            if (auto != null) {
                auto.inserted(rows.column(auto.ordinal()), r, isGenerated);
            }
        }
    }

    /// Removes the rows that [#insert] made of these. The primary key must follow from them alone.
    public void remove(Batch source) {
        Batch rows = preparer.prepare(source, 1);
        for (int r = 0; r < rows.rows(); r++) {
            byte[] handle = encoder.handle(rows.columns(), r);
            byte[] value = writer.lock(handle);
            Check.that(value != null, "a row that is gone from a table was in its copy");
            if (value != null) {
                Vector[] row = image.read(handle, value);
                writer.delete(handle, row, 0, 0);
            }
        }
    }
}
