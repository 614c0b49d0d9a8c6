package io.qomo.serve.schema;

import io.qomo.base.codec.RowWriter;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.AssignmentConverter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The values existing rows get in a column that is added.
final class ColumnValues {
    private final DdlSession session;
    private final ExecContext context;

    /// @param context to evaluate defaults in
    ColumnValues(DdlSession session, ExecContext context) {
        this.session = session;
        this.context = context;
    }

    /// True if all rows get the same value, so that it need not be written to each.
    boolean isConstant(ColumnDef column, TableDef table) {
        if (column.autoIncrement()) {
            return false;
        }
        String sql = column.defaultSql();
        if (sql == null || !column.defaultIsExpression()) {
            return true;
        }
        Expr bound = session.bind(sql, table);
        return ExprWalker.isRowIndependent(bound)
                && ExprWalker.isDeterministic(bound)
                && !ExprWalker.hasSubquery(bound);
    }

    /// The one value of all rows as a row of the column alone; null for NULL.
    byte @Nullable [] originDefault(ColumnDef column, TableDef table) {
        Vector value = value(column, table, new Batch(new Vector[0], 1));
        return value.isNull(0)
                ? null
                : new RowWriter().begin().set(column.id(), value, 0).toBytes();
    }

    /// The column's values for rows: of its default, converted; a constant vector if they are all the same.
    Vector value(ColumnDef column, TableDef table, Batch rows) {
        String sql = column.defaultSql();
        if (sql == null || sql.equals("NULL")) {
            return column.nullable() ? Vector.constantNull(column.type()) : implicit(column);
        }
        Expr bound = session.bind(sql, table);
        Vector given = Evaluator.compile(bound, context).evaluate(rows);
        int count = given.isConstant() ? 1 : rows.rows();
        Vector converted = Vector.of(column.type(), Math.max(1, count));
        converted.reset();
        new AssignmentConverter(column.name(), column.type(), context).convert(given, 1, count, converted);
        converted.setConstant(given.isConstant());
        return converted;
    }

    /// What NOT NULL columns without a default hold. Zero dates are an error where sql_mode refuses them.
    private Vector implicit(ColumnDef column) {
        SqlType type = column.type();
        if (type.kind().hasDate()
                && session.sqlMode().isStrict()
                && session.sqlMode().has(io.qomo.query.expr.SqlMode.NO_ZERO_DATE)) {
            String zero = type.kind() == TypeKind.DATE ? "0000-00-00" : "0000-00-00 00:00:00";
            String word = type.kind() == TypeKind.DATE ? "date" : "datetime";
            throw new SqlException(ErrorCode.INCORRECT_VALUE_FOR_COLUMN, word, zero, column.name(), 1);
        }
        return switch (type.physical()) {
            case LONG -> LongVector.constant(type, type.kind() == TypeKind.ENUM ? 1 : 0);
            case DOUBLE -> DoubleVector.constant(type, 0);
            case DECIMAL -> DecimalVector.constant(type, BigDecimal.ZERO);
            case BYTES -> {
                if (type.kind() != TypeKind.JSON) {
                    yield BytesVector.constant(type, new byte[0]);
                }
                Vector text = BytesVector.constant(SqlType.varchar(4, Collation.UTF8MB4_BIN), "null");
                Vector json = Vector.of(type, 1);
                new AssignmentConverter(column.name(), type, context).convert(text, 1, 1, json);
                json.setConstant(true);
                yield json;
            }
        };
    }
}
