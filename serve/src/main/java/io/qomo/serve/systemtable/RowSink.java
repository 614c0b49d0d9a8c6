package io.qomo.serve.systemtable;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes rows value by value and hands them out in batches. Owned by one thread.
public final class RowSink {
    private final Vector[] columns;
    private final Consumer<Batch> out;
    private int row;
    private int column;

    /// Rows of columns of the given types.
    public RowSink(List<SqlType> types, Consumer<Batch> out) {
        this.columns = types.stream().map(t -> Vector.of(t, Vector.BATCH_ROWS)).toArray(Vector[]::new);
        this.out = out;
    }

    /// The next value of the row: a string, or NULL.
    public RowSink text(@Nullable String value) {
        Vector vector = columns[column];
        if (value == null) {
            vector.setNull(row);
        } else if (vector instanceof BytesVector bytes) {
            bytes.set(row, value);
        } else {
            throw new IllegalStateException("column " + column + " is no string");
        }
        column++;
        return this;
    }

    /// The next value: a string made of bytes.
    public RowSink bytes(byte[] value) {
        ((BytesVector) columns[column]).set(row, value);
        column++;
        return this;
    }

    /// The next value: a number.
    public RowSink number(long value) {
        switch (columns[column]) {
            case LongVector v -> v.set(row, value);
            case DoubleVector v -> v.set(row, value);
            case DecimalVector v -> v.set(row, BigDecimal.valueOf(value).setScale(v.scale(), RoundingMode.HALF_UP));
            case BytesVector v -> v.set(row, Long.toString(value));
        }
        column++;
        return this;
    }

    /// The next value: a number, or NULL.
    public RowSink optional(@Nullable Long value) {
        return value == null ? nothing() : number(value);
    }

    /// The next value: a number, or NULL if it is negative.
    public RowSink notNegative(long value) {
        return value < 0 ? nothing() : number(value);
    }

    /// The next value: a DATETIME in UTC from microseconds since 1970.
    public RowSink datetime(long micros) {
        LocalDateTime t = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
        return number(Temporal.datetime(
                t.getYear(), t.getMonthValue(), t.getDayOfMonth(), t.getHour(), t.getMinute(), t.getSecond(), 0));
    }

    /// The next value: a DOUBLE, or NULL.
    public RowSink real(@Nullable Double value) {
        if (value == null) {
            return nothing();
        }
        ((DoubleVector) columns[column]).set(row, value);
        column++;
        return this;
    }

    /// The next value: that of a row of a vector of the same class.
    public RowSink copy(Vector source, int sourceRow) {
        columns[column].copyFrom(source, sourceRow, row);
        column++;
        return this;
    }

    /// The next value: YES or NO.
    public RowSink yesNo(boolean value) {
        return text(value ? "YES" : "NO");
    }

    /// The next value: NULL.
    public RowSink nothing() {
        columns[column].setNull(row);
        column++;
        return this;
    }

    /// The row is complete.
    public void end() {
        if (column != columns.length) {
            throw new IllegalStateException("a row of " + column + " values for " + columns.length + " columns");
        }
        column = 0;
        row++;
        if (row == Vector.BATCH_ROWS) {
            flush();
        }
    }

    /// Hands out what is left.
    public void flush() {
        if (row > 0) {
            out.accept(new Batch(columns, row));
            for (Vector vector : columns) {
                vector.reset();
            }
            row = 0;
        }
    }
}
