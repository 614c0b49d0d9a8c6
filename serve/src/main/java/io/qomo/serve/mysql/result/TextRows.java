package io.qomo.serve.mysql.result;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.TemporalFormat;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.mysql.wire.WireBuffer;

/// Rows of the text protocol: each value a length-encoded string, 0xFB for NULL.
final class TextRows implements RowEncoder {
    private static final int NULL = 0xFB;
    private static final int YEAR_DIGITS = 4;

    private final ColumnFormat[] columns;
    private final TimeZoneRule zone;

    TextRows(ColumnFormat[] columns, TimeZoneRule zone) {
        this.columns = columns;
        this.zone = zone;
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
                shortValue(column, vector, row, out.text());
                column.end(start, out);
            }
        }
    }

    private void shortValue(ColumnFormat column, Vector vector, int row, ByteBuilder out) {
        switch (column.code) {
            case INT -> out.putNumber(((LongVector) vector).get(row));
            case UNSIGNED, ZEROFILL -> out.putUnsigned(((LongVector) vector).get(row));
            case YEAR -> out.putPadded(((LongVector) vector).get(row), YEAR_DIGITS);
            case DATE -> TemporalFormat.appendDate(((LongVector) vector).get(row), out);
            case TIME -> TemporalFormat.appendTime(((LongVector) vector).get(row), column.fsp, out);
            case DATETIME -> TemporalFormat.appendDatetime(((LongVector) vector).get(row), column.fsp, out);
            case TIMESTAMP -> TemporalFormat.appendTimestamp(((LongVector) vector).get(row), column.fsp, zone, out);
            case FLOAT -> Doubles.appendFloat(((DoubleVector) vector).get(row), column.type.scale(), out);
            case DOUBLE -> Doubles.append(((DoubleVector) vector).get(row), column.type.scale(), out);
            case NULL, BIT, DECIMAL, BYTES, TEXT, ENUM, SET, JSON ->
                throw new IllegalStateException("not written here: " + column.code);
        }
    }
}
