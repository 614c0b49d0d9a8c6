package io.qomo.serve.schema;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.store.txn.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Reads all rows of a table with all columns, virtual ones too, by ordinal, and after them the handle.
final class TableReader {
    private final DdlSession session;
    private final TableDef table;

    TableReader(DdlSession session, TableDef table) {
        this.session = session;
        this.table = table;
    }

    /// Takes some rows.
    interface Visitor {
        void visit(Batch batch, ExecContext context);
    }

    /// Hands the rows of a transaction's snapshot to a visitor.
    void read(Transaction transaction, Visitor visitor) {
        ExecContext context = session.context(transaction, session.sqlMode());
        try (Operator operator = context.compile(plan())) {
            operator.open();
            for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
                session.checkInterrupted();
                visitor.visit(batch, context);
            }
        } finally {
            context.close();
        }
    }

    private PhysicalPlan plan() {
        List<OutputColumn> outputs = new ArrayList<>();
        table.columns().forEach(c -> outputs.add(new OutputColumn(c.name(), c.type(), c.nullable())));
        outputs.add(new OutputColumn("handle", SqlType.varbinary(65_535), true));
        return new PhysicalPlan.TableScan(
                new Props(outputs, 0, 0),
                table,
                table.name(),
                IndexDef.PRIMARY_ID,
                IntStream.range(0, table.columns().size()).boxed().toList(),
                List.of(KeyRange.ALL),
                false,
                null,
                false,
                null,
                true,
                -1,
                AccessEstimate.NONE);
    }
}
