package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.function.AssignmentConverter;
import io.qomo.query.plan.PlanParts.OutputColumn;
import java.util.List;

/// Holds the strings of a recursive query to the length that its first part gives them: longer ones are error 1406
/// (DATA_TOO_LONG), or cut with a warning where sql_mode is not strict. So a query whose strings grow ends before it
/// fills the memory. Source: MySQL 8.0 manual, "WITH (Common Table Expressions)". Owned by the statement's thread.
final class RecursiveWidths {
    private final ExecContext context;
    private final List<OutputColumn> columns;

    RecursiveWidths(ExecContext context, List<OutputColumn> columns) {
        this.context = context;
        this.columns = columns;
    }

    /// The rows, with strings that are not too long.
    Batch held(Batch batch) {
        Batch held = batch;
        for (int c = 0; c < columns.size(); c++) {
            Vector values = batch.column(c);
            if (values instanceof BytesVector strings
                    && isAnyTooLong(strings, columns.get(c).type(), batch.rows())) {
                if (held == batch) {
                    held = new Batch(batch.columns().clone(), batch.rows());
                }
                held.setColumn(c, converted(strings, columns.get(c), batch.rows()));
            }
        }
        return held;
    }

    private static boolean isAnyTooLong(BytesVector strings, SqlType type, int rows) {
        if (!type.kind().isString()) {
            return false;
        }
        for (int r = 0; r < rows; r++) {
            if (!strings.isNull(r) && strings.length[strings.at(r)] > type.length()) {
                return true;
            }
        }
        return false;
    }

    /// Counts characters where there were more bytes than characters are allowed.
    private Vector converted(BytesVector strings, OutputColumn column, int rows) {
        boolean isStrict = context.sqlMode().isStrict();
        AssignmentConverter converter = isStrict
                ? AssignmentConverter.strict(column.name(), column.type(), context)
                : new AssignmentConverter(column.name(), column.type(), context);
        Vector out = Vector.of(column.type(), rows);
        out.reset();
        converter.convert(strings, 1, rows, out);
        return out;
    }
}
