package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import java.math.BigDecimal;

/// What columns get when no value is given.
///
/// Source: MySQL 8.0 manual, "Data Type Default Values".
record DefaultValues(Environment environment) {
    /// DEFAULT(column). Errors BAD_FIELD, NO_DEFAULT_FOR_FIELD, and
    /// DEFAULT_AS_VAL_GENERATED in expressions kept with tables.
    Expr ofColumn(Scope scope, ColumnReference reference) {
        if (scope.block().clause() == Clause.EXPRESSION) {
            throw new SqlException(ErrorCode.DEFAULT_AS_VAL_GENERATED);
        }
        for (Relation r : scope.relations()) {
            Field f = reference.table() == null || r.isNamed(reference.schema(), reference.table())
                    ? r.field(reference.column())
                    : null;
            TableDef table = r.table();
            int ordinal =
                    f == null || table == null ? -1 : table.ordinalOf(f.origin().column());
            if (f == null || table == null || ordinal < 0) {
                continue;
            }
            environment.analysis().reference(scope.block(), r, f);
            ColumnDef column = table.columns().get(ordinal);
            Expr value = environment.analysis().boundTable(table).defaults().get(ordinal);
            if (value != null) {
                return new Calls(environment).cast(value, column.type());
            }
            if (!column.nullable()) {
                throw new SqlException(ErrorCode.NO_DEFAULT_FOR_FIELD, column.name());
            }
            return Calls.nullOf(column.type());
        }
        throw new SqlException(
                ErrorCode.BAD_FIELD,
                Scope.text(reference),
                scope.block().clause().text());
    }

    /// What a column gets that is not named, or is given DEFAULT: over the ordinals of the table. NULL asks the writer
    /// for a value where the column counts up or is computed. Error NO_DEFAULT_FOR_FIELD in strict mode.
    Expr forInsert(BoundTable table, int ordinal, boolean ignore) {
        ColumnDef column = table.table().columns().get(ordinal);
        Expr value = table.defaults().get(ordinal);
        if (value != null) {
            return value;
        }
        boolean filled =
                column.isGenerated() || column.autoIncrement() || column.visibility() == ColumnDef.Visibility.HIDDEN;
        if (filled || column.nullable()) {
            return Calls.nullOf(column.type());
        }
        boolean isEnum = column.type().kind() == TypeKind.ENUM;
        if (!isEnum) {
            boolean strict = environment.analysis().context().bind().sqlMode().isStrict();
            if (strict && !ignore) {
                throw new SqlException(ErrorCode.NO_DEFAULT_FOR_FIELD, column.name());
            }
            EvalContext context = environment.analysis().context().bind().evalContext();
            context.warn(ErrorCode.NO_DEFAULT_FOR_FIELD, column.name());
        }
        return implicit(column.type());
    }

    /// The default of a type: zero, the empty string, the first member of an ENUM.
    static Expr implicit(SqlType type) {
        return new Expr.Constant(
                switch (type.physical()) {
                    case LONG -> LongVector.constant(type, type.kind() == TypeKind.ENUM ? 1 : 0);
                    case DOUBLE -> DoubleVector.constant(type, 0);
                    case DECIMAL -> DecimalVector.constant(type, BigDecimal.ZERO);
                    case BYTES -> emptyBytes(type);
                });
    }

    private static BytesVector emptyBytes(SqlType type) {
        return type.kind() == TypeKind.JSON
                ? BytesVector.constant(SqlType.varchar(4, io.qomo.base.type.Collation.UTF8MB4_BIN), "null")
                : BytesVector.constant(type, new byte[0]);
    }
}
