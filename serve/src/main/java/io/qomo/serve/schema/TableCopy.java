package io.qomo.serve.schema;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.write.InsertRunner;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.store.txn.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies the rows of a table into its new form, converting and checking as INSERT does, in transactions of a few
/// thousand rows. Nobody writes to the old table meanwhile, nobody knows the new one yet.
final class TableCopy {
    private static final int ROWS_PER_COMMIT = 8 * Vector.BATCH_ROWS;

    private final DdlSession session;
    private final TableDef from;
    private final TableDef to;
    private final List<Integer> ordinals = new ArrayList<>();
    private final int[] sources;

    TableCopy(DdlSession session, TableDef from, TableDef to) {
        this.session = session;
        this.from = from;
        this.to = to;
        this.sources = new int[to.columns().size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = source(to.columns().get(i));
        }
    }

    /// Where a column's values stand in the scan of the old table, or -1 if they are made.
    private int source(ColumnDef column) {
        int ordinal = from.ordinalOfId(column.id());
        if (ordinal < 0 || column.isGenerated() || column.visibility() == Visibility.HIDDEN) {
            return -1;
        }
        ordinals.add(ordinal);
        return ordinals.size() - 1;
    }

    /// Copies all rows; returns how many.
    long run() {
        SqlMode mode = new SqlMode(session.sqlMode().bits() | SqlMode.NO_AUTO_VALUE_ON_ZERO);
        BoundTable target = session.bindTable(to);
        try (Transaction reading = session.begin(true)) {
            reading.startStatement();
            ExecContext readContext = session.context(reading, mode);
            ColumnValues values = new ColumnValues(session, readContext);
            try (Operator scan = readContext.compile(scan())) {
                scan.open();
                Rows rows = new Rows(scan, values);
                while (rows.hasMore()) {
                    write(rows, target, mode);
                }
                return rows.total;
            } finally {
                readContext.close();
            }
        }
    }

    private PhysicalPlan scan() {
        List<OutputColumn> outputs = ordinals.stream()
                .map(o -> from.columns().get(o))
                .map(c -> new OutputColumn(c.name(), c.type(), c.nullable()))
                .toList();
        return new PhysicalPlan.TableScan(
                new Props(outputs, 0, 0),
                from,
                from.name(),
                0,
                ordinals,
                List.of(KeyRange.ALL),
                false,
                null,
                false,
                null,
                false,
                -1,
                AccessEstimate.NONE);
    }

    private void write(Rows rows, BoundTable target, SqlMode mode) {
        try (Transaction writing = session.begin(false)) {
            writing.startStatement();
            ExecContext context = session.context(writing, mode);
            try {
                context.startWrite(false);
                PhysicalPlan.Insert plan = new PhysicalPlan.Insert(
                        new Props(List.of(), 0, 0),
                        target,
                        new PhysicalPlan.Values(new Props(List.of(), 0, 0), List.of()),
                        DuplicateAction.ERROR,
                        List.of(),
                        List.of(),
                        false);
                rows.startChunk();
                new InsertRunner(context, plan).run(rows);
            } finally {
                context.close();
            }
            writing.commit();
        }
    }

    /// The old table's rows as the new table's columns, in chunks: each chunk ends like a source that is exhausted.
    private final class Rows implements Operator {
        private final Operator scan;
        private final ColumnValues values;
        private @Nullable Batch ahead;
        private long left;
        private long total;

        Rows(Operator scan, ColumnValues values) {
            this.scan = scan;
            this.values = values;
            this.ahead = scan.next();
        }

        boolean hasMore() {
            return ahead != null;
        }

        void startChunk() {
            left = ROWS_PER_COMMIT;
        }

        @Override
        public void open() {}

        @Override
        public @Nullable Batch next() {
            session.checkInterrupted();
            Batch batch = ahead != null ? ahead : scan.next();
            ahead = null;
            if (batch == null) {
                return null;
            }
            if (left <= 0) {
                ahead = batch;
                return null;
            }
            left -= batch.rows();
            total += batch.rows();
            return arranged(batch);
        }

        private Batch arranged(Batch batch) {
            Vector[] columns = new Vector[sources.length];
            for (int i = 0; i < sources.length; i++) {
                columns[i] = sources[i] >= 0
                        ? batch.column(sources[i])
                        : Vector.constantNull(to.columns().get(i).type());
            }
            Batch arranged = new Batch(columns, batch.rows());
            for (int i = 0; i < sources.length; i++) {
                ColumnDef column = to.columns().get(i);
                boolean isAdded = sources[i] < 0
                        && !column.isGenerated()
                        && !column.autoIncrement()
                        && column.visibility() != Visibility.HIDDEN;
                if (isAdded) {
                    columns[i] = values.value(column, to, arranged);
                }
            }
            return arranged;
        }

        @Override
        public void close() {}
    }
}
