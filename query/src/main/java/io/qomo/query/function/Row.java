package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A row of arguments and the place for its result: what a row-wise kernel sees. One instance goes through all rows.
final class Row {
    private static final byte[] EMPTY = {};
    /// The least value max_allowed_packet can have.
    private static final int CHECKED_BYTES = 1024;

    final EvalContext context;
    private final Vector[] arguments;
    private final Vector out;
    private @Nullable NumberParser numbers;
    private @Nullable TemporalParser temporals;
    private boolean isBufferLimited;
    private @Nullable ByteBuilder buffer;
    int index;

    Row(EvalContext context, Vector[] arguments, Vector out) {
        this.context = context;
        this.arguments = arguments;
        this.out = out;
    }

    /// This row with a constant in the place of its arguments.
    Row over(Vector constant) {
        Row row = new Row(context, new Vector[] {constant}, out);
        row.index = index;
        return row;
    }

    /// For reading numbers in strings.
    NumberParser numbers() {
        NumberParser parser = numbers;
        if (parser == null) {
            parser = new NumberParser();
            numbers = parser;
        }
        return parser;
    }

    /// For reading dates and times in strings.
    TemporalParser temporals() {
        TemporalParser parser = temporals;
        if (parser == null) {
            parser = new TemporalParser();
            temporals = parser;
        }
        return parser;
    }

    /// From now on a buffer that outgrows max_allowed_packet throws `LengthExceededException`.
    void limitBuffer() {
        isBufferLimited = true;
    }

    /// An empty buffer, the same at each call. It cannot grow longer than max_allowed_packet after [#limitBuffer].
    ByteBuilder buffer() {
        ByteBuilder builder = buffer;
        if (builder == null) {
            builder = new ByteBuilder(64);
            if (isBufferLimited) {
                builder.limit((int) context.session().numericVariable("max_allowed_packet"));
            }
            buffer = builder;
        }
        return builder.clear();
    }

    /// The session's time zone.
    TimeZoneRule zone() {
        return context.timeZone();
    }

    int width() {
        return arguments.length;
    }

    boolean isNull(int argument) {
        return arguments[argument].isNull(index);
    }

    Vector vector(int argument) {
        return arguments[argument];
    }

    SqlType typeOf(int argument) {
        return arguments[argument].type();
    }

    SqlType resultType() {
        return out.type();
    }

    long integer(int argument) {
        return ((LongVector) arguments[argument]).get(index);
    }

    /// As [#integer(int)], brought into the range of int.
    int smallInteger(int argument) {
        return Math.clamp(integer(argument), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    double real(int argument) {
        return ((DoubleVector) arguments[argument]).get(index);
    }

    BigDecimal decimal(int argument) {
        return ((DecimalVector) arguments[argument]).get(index);
    }

    byte[] bytes(int argument) {
        return ((BytesVector) arguments[argument]).get(index);
    }

    String text(int argument) {
        return ((BytesVector) arguments[argument]).getString(index);
    }

    /// The array the argument's bytes are in, with [#offset] and [#length].
    byte[] base(int argument) {
        BytesVector v = (BytesVector) arguments[argument];
        return v.base[v.at(index)];
    }

    int offset(int argument) {
        BytesVector v = (BytesVector) arguments[argument];
        return v.offset[v.at(index)];
    }

    int length(int argument) {
        BytesVector v = (BytesVector) arguments[argument];
        return v.length[v.at(index)];
    }

    /// True, with a warning and a NULL result, if so many bytes are beyond max_allowed_packet.
    boolean isTooLong(long bytes, String function) {
        if (bytes <= CHECKED_BYTES) {
            return false;
        }
        long most = context.session().numericVariable("max_allowed_packet");
        if (bytes <= most) {
            return false;
        }
        context.warn(ErrorCode.WARN_ALLOWED_PACKET_OVERFLOWED, function, most);
        setNull();
        return true;
    }

    void setNull() {
        out.setNull(index);
    }

    void set(long value) {
        ((LongVector) out).values[index] = value;
    }

    void set(boolean value) {
        ((LongVector) out).values[index] = value ? 1 : 0;
    }

    void set(double value) {
        ((DoubleVector) out).values[index] = value;
    }

    void set(byte[] value) {
        ((BytesVector) out).set(index, value);
    }

    void set(byte[] array, int offset, int length) {
        ((BytesVector) out).set(index, array, offset, length);
    }

    void set(String value) {
        ((BytesVector) out).set(index, value);
    }

    void setEmpty() {
        ((BytesVector) out).set(index, EMPTY);
    }

    /// Sets a copy of a buffer's bytes.
    void set(ByteBuilder bytes) {
        ((BytesVector) out).set(index, bytes.toBytes());
    }

    /// Sets a decimal, rounded half up to the result's scale.
    void set(BigDecimal value) {
        DecimalVector v = (DecimalVector) out;
        v.set(index, value.setScale(v.scale(), RoundingMode.HALF_UP));
    }

    /// Sets the result to a constant vector's value, NULL or not.
    void setFrom(Vector constant) {
        out.copyFrom(constant, 0, index);
    }

    /// Sets the result to an argument of the same type.
    void setTo(int argument) {
        out.copyFrom(arguments[argument], index, index);
    }
}
