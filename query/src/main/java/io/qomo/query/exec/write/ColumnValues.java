package io.qomo.query.exec.write;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.function.AssignmentConverter;

/// Values on their way into columns: conversion, NULL where none is allowed.
final class ColumnValues {
    private ColumnValues() {}

    /// Converts values to a column's type: errors in strict mode, else warnings and the nearest value.
    ///
    /// @param table the table's name, for messages
    /// @param firstRow number of the first row, from 1, for messages
    static void assign(
            String table, Vector source, int rows, Vector out, ColumnDef column, long firstRow, ExecContext context) {
        out.reset();
        new AssignmentConverter(table, column.name(), column.type(), context).convert(source, firstRow, rows, out);
    }

    /// Refuses NULL in a NOT NULL column (error 1048), or puts the implicit default in its place with a
    /// warning.
    ///
    /// @param isError whether to refuse
    static void checkNotNull(Vector values, int rows, ColumnDef column, boolean isError, ExecContext context) {
        if (column.nullable() || !values.hasNulls()) {
            return;
        }
        for (int r = 0; r < rows; r++) {
            if (values.isNull(r)) {
                boolean hasDefault = column.type().kind() != TypeKind.JSON;
                if (isError || !hasDefault) {
                    throw new SqlException(ErrorCode.BAD_NULL, column.name());
                }
                context.warn(ErrorCode.BAD_NULL, column.name());
                setImplicitDefault(values, r, column);
            }
        }
    }

    /// The value a NOT NULL column takes without a default: 0, the empty string, the zero date, the first
    /// ENUM member.
    static void setImplicitDefault(Vector values, int row, ColumnDef column) {
        values.clearNull(row);
        switch (values) {
            case LongVector v -> v.set(row, column.type().kind() == TypeKind.ENUM ? 1 : 0);
            case DoubleVector v -> v.set(row, 0);
            case DecimalVector v -> v.setUnscaled(row, 0);
            case BytesVector v -> v.set(row, "");
        }
    }
}
