package io.qomo.serve.mysql.result;

import io.qomo.base.type.Temporal;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.mysql.wire.WireBuffer;

/// Rows of the binary protocol: a zero byte, a bit map of NULLs shifted by two, and the other values by type.
final class BinaryRows implements RowEncoder {
    private static final int NULL_BITS_SHIFT = 2;

    private final ColumnFormat[] columns;
    private final TimeZoneRule zone;

    BinaryRows(ColumnFormat[] columns, TimeZoneRule zone) {
        this.columns = columns;
        this.zone = zone;
    }

    @Override
    public void encode(Batch batch, int row, WireBuffer out) {
        out.putByte(0);
        int nulls = out.size();
        out.putZeros((columns.length + 7 + NULL_BITS_SHIFT) >> 3);
        for (int c = 0; c < columns.length; c++) {
            Vector vector = batch.column(c);
            if (vector.isNull(row) || columns[c].code == ColumnCode.NULL) {
                int bit = c + NULL_BITS_SHIFT;
                out.array()[nulls + (bit >> 3)] |= (byte) (1 << (bit & 7));
            } else {
                value(columns[c], vector, row, out);
            }
        }
    }

    private void value(ColumnFormat column, Vector vector, int row, WireBuffer out) {
        switch (column.code) {
            case INT, UNSIGNED, ZEROFILL -> integer(column, ((LongVector) vector).get(row), out);
            case YEAR -> out.putShort((int) ((LongVector) vector).get(row));
            case FLOAT -> out.putInt(Float.floatToRawIntBits((float) ((DoubleVector) vector).get(row)));
            case DOUBLE -> out.putLong(Double.doubleToRawLongBits(((DoubleVector) vector).get(row)));
            case DECIMAL -> column.putDecimal((DecimalVector) vector, row, out);
            case DATE, DATETIME -> datetime(((LongVector) vector).get(row), out);
            case TIMESTAMP -> datetime(zone.toDatetime(((LongVector) vector).get(row)), out);
            case TIME -> time(((LongVector) vector).get(row), out);
            case BIT -> column.putBit(((LongVector) vector).get(row), out);
            case ENUM -> column.putEnum(((LongVector) vector).get(row), out);
            case SET -> column.putSet(((LongVector) vector).get(row), out);
            case TEXT -> column.putText((BytesVector) vector, row, out);
            case BYTES -> column.putBytes((BytesVector) vector, row, out);
            case JSON -> column.putJson((BytesVector) vector, row, out);
            case NULL -> throw new IllegalStateException("NULL has no value");
        }
    }

    private static void integer(ColumnFormat column, long value, WireBuffer out) {
        switch (column.type.kind()) {
            case TINYINT -> out.putByte((int) value);
            case SMALLINT -> out.putShort((int) value);
            case MEDIUMINT, INT -> out.putInt((int) value);
            default -> out.putLong(value);
        }
    }

    /// 0, 4, 7 or 11 bytes, as many as hold what is not zero.
    private static void datetime(long packed, WireBuffer out) {
        int micros = Temporal.micros(packed);
        boolean hasTime = packed != Temporal.dateOf(packed);
        int length = packed == 0 ? 0 : micros != 0 ? 11 : hasTime ? 7 : 4;
        out.putByte(length);
        if (length == 0) {
            return;
        }
        out.putShort(Temporal.year(packed));
        out.putByte(Temporal.month(packed));
        out.putByte(Temporal.day(packed));
        if (length > 4) {
            out.putByte(Temporal.hour(packed));
            out.putByte(Temporal.minute(packed));
            out.putByte(Temporal.second(packed));
        }
        if (length > 7) {
            out.putInt(micros);
        }
    }

    /// 0, 8 or 12 bytes.
    private static void time(long packed, WireBuffer out) {
        if (packed == 0) {
            out.putByte(0);
            return;
        }
        long magnitude = Math.abs(packed);
        int micros = Temporal.micros(magnitude);
        int hours = Temporal.timeHours(packed);
        out.putByte(micros != 0 ? 12 : 8);
        out.putByte(packed < 0 ? 1 : 0);
        out.putInt(hours / 24);
        out.putByte(hours % 24);
        out.putByte(Temporal.minute(magnitude));
        out.putByte(Temporal.second(magnitude));
        if (micros != 0) {
            out.putInt(micros);
        }
    }
}
