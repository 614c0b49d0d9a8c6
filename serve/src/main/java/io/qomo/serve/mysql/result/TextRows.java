package io.qomo.serve.mysql.result;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.mysql.wire.WireBuffer;
import java.time.ZoneId;

/// Rows of the text protocol: each value a length-encoded string, 0xFB for NULL.
final class TextRows implements RowEncoder {
    private static final int NULL = 0xFB;

    private final ColumnFormat[] columns;
    private final TimestampClock clock;

    TextRows(ColumnFormat[] columns, ZoneId zone) {
        this.columns = columns;
        this.clock = new TimestampClock(zone);
    }

    @Override
    public void encode(Batch batch, int row, WireBuffer out) {
        for (int c = 0; c < columns.length; c++) {
            Vector vector = batch.column(c);
            if (vector.isNull(row)) {
                out.putByte(NULL);
            } else {
                value(columns[c], vector, row, out);
            }
        }
    }

    private void value(ColumnFormat column, Vector vector, int row, WireBuffer out) {
        switch (column.code) {
            case NULL -> out.putByte(NULL);
            case BIT -> column.putBit(((LongVector) vector).get(row), out);
            case ENUM -> column.putEnum(((LongVector) vector).get(row), out);
            case SET -> column.putSet(((LongVector) vector).get(row), out);
            case TEXT -> column.putText((BytesVector) vector, row, out);
            case BYTES -> column.putBytes((BytesVector) vector, row, out);
            case JSON -> column.putJson((BytesVector) vector, row, out);
            case DECIMAL -> column.putDecimal((DecimalVector) vector, row, out);
            case INT, UNSIGNED, ZEROFILL, YEAR, FLOAT, DOUBLE, DATE, TIME, DATETIME, TIMESTAMP -> {
                int start = column.begin(out);
                shortValue(column, vector, row, out);
                column.end(start, out);
            }
        }
    }

    private void shortValue(ColumnFormat column, Vector vector, int row, WireBuffer out) {
        if (column.code == ColumnCode.FLOAT || column.code == ColumnCode.DOUBLE) {
            double value = ((DoubleVector) vector).get(row);
            out.putAscii(NumberText.of(value, column.code == ColumnCode.FLOAT, column.type.scale()));
            return;
        }
        long value = ((LongVector) vector).get(row);
        switch (column.code) {
            case INT -> out.putDigits(value);
            case YEAR -> out.putFixedDigits(value, 4);
            case DATE -> TextFormat.date(value, out);
            case TIME -> TextFormat.time(value, column.fsp, out);
            case DATETIME -> TextFormat.datetime(value, column.fsp, out);
            case TIMESTAMP -> TextFormat.datetime(clock.datetime(value), column.fsp, out);
            case UNSIGNED, ZEROFILL -> out.putUnsignedDigits(value);
            case NULL, BIT, FLOAT, DOUBLE, DECIMAL, BYTES, TEXT, ENUM, SET, JSON ->
                throw new IllegalStateException("not written here: " + column.code);
        }
    }
}
