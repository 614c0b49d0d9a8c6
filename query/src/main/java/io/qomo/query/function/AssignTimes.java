package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Days;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.SqlMode;
import java.math.BigDecimal;
import java.util.Locale;

/// Stores values in columns of dates and times.
///
/// A value that is no date is error 1292 in strict mode; else the zero value is stored, with warning 1264 if it was out
/// of range and 1265 if it could not be read.
final class AssignTimes {
    private AssignTimes() {}

    static void datetime(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        int fsp = target.kind() == TypeKind.DATE ? 6 : Math.max(target.scale(), 0);
        if (from.kind() == TypeKind.TIMESTAMP && target.kind() == TypeKind.TIMESTAMP) {
            row.set(Temporals.roundMicros(row.integer(0), fsp));
            return;
        }
        long value;
        if (from.kind().isTemporal()) {
            value = Times.asDatetime(row, 0, from, fsp, roundingFlags(to));
            if (value == Times.NONE) {
                refused(to, row, from, true);
                row.set(0L);
                return;
            }
            if (!isAllowed(to, value)) {
                refused(to, row, from, true);
                row.set(0L);
                return;
            }
        } else {
            value = read(to, row, from, fsp);
        }
        if (target.kind() == TypeKind.DATE) {
            if (Temporal.dateOf(value) != value) {
                to.noteTruncated();
            }
            row.set(Temporal.dateOf(value));
        } else if (target.kind() == TypeKind.TIMESTAMP) {
            row.set(timestamp(to, row, from, value));
        } else {
            row.set(value);
        }
    }

    private static long read(AssignmentConverter to, Row row, SqlType from, int fsp) {
        int flags = flags(to);
        TemporalParser parser = row.temporals();
        boolean found;
        if (isNumber(from)) {
            BigDecimal number = Numbers.asDecimal(row, 0, from);
            found = number.precision() - number.scale() <= 18
                    && parser.datetimeOfNumber(number.longValue(), Times.nanos(number), fsp, flags);
        } else {
            byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
            found = parser.datetime(text, 0, text.length, fsp, flags);
        }
        if (!found) {
            refused(to, row, from, parser.isOutOfRange() || parser.isZeroRefused());
            return 0;
        }
        long value = parser.hasOffset() ? parser.valueIn(row.zone()) : parser.value();
        if (parser.isTruncated()) {
            refused(to, row, from, false);
        }
        return value;
    }

    private static boolean isNumber(SqlType from) {
        return from.kind().isNumeric();
    }

    private static long timestamp(AssignmentConverter to, Row row, SqlType from, long datetime) {
        if (datetime == 0) {
            return 0;
        }
        if (!Temporals.isRealDate(datetime) || !isOfCalendar(datetime)) {
            refused(to, row, from, true);
            return 0;
        }
        if (row.zone().isSkipped(datetime)) {
            refused(to, row, from, true);
        }
        long micros = row.zone().toMicros(datetime);
        if (!Temporals.isTimestamp(micros)) {
            refused(to, row, from, true);
            return 0;
        }
        return micros;
    }

    static void time(AssignmentConverter to, Row row, SqlType from) {
        int fsp = Math.max(to.target().scale(), 0);
        if (from.kind().isTemporal()) {
            if (from.kind() != TypeKind.TIME) {
                to.noteTruncated();
            }
            row.set(Times.asTime(row, 0, from, fsp));
            return;
        }
        int flags = roundingFlags(to);
        TemporalParser parser = row.temporals();
        boolean found;
        if (isNumber(from)) {
            BigDecimal number = Numbers.asDecimal(row, 0, from);
            found = number.precision() - number.scale() <= 18
                    && parser.timeOfNumber(number.longValue(), Times.nanos(number), fsp, flags);
        } else {
            byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
            found = parser.time(text, 0, text.length, fsp, flags);
        }
        if (!found || parser.isTruncated() || parser.isOutOfRange()) {
            long value = found || parser.isOutOfRange() ? parser.value() : 0;
            refused(to, row, from, parser.isOutOfRange());
            row.set(value);
            return;
        }
        row.set(parser.value());
    }

    /// True if sql_mode lets zero parts of a date, and days beyond the end of their month, be stored.
    private static boolean isAllowed(AssignmentConverter to, long value) {
        int flags = flags(to);
        if (Temporal.dateOf(value) == 0) {
            return (flags & TemporalParser.NO_ZERO_DATE) == 0;
        }
        return Temporals.isRealDate(value)
                ? isOfCalendar(value) || (flags & TemporalParser.ALLOW_INVALID_DATES) != 0
                : (flags & TemporalParser.NO_ZERO_IN_DATE) == 0;
    }

    private static boolean isOfCalendar(long date) {
        return Temporal.day(date) <= Days.inMonth(Temporal.year(date), Temporal.month(date));
    }

    private static int roundingFlags(AssignmentConverter to) {
        return to.context().sqlMode().has(SqlMode.TIME_TRUNCATE_FRACTIONAL) ? TemporalParser.TRUNCATE_FRACTIONAL : 0;
    }

    private static int flags(AssignmentConverter to) {
        SqlMode mode = to.context().sqlMode();
        return roundingFlags(to)
                | (mode.has(SqlMode.NO_ZERO_DATE) ? TemporalParser.NO_ZERO_DATE : 0)
                | (mode.has(SqlMode.NO_ZERO_IN_DATE) ? TemporalParser.NO_ZERO_IN_DATE : 0)
                | (mode.has(SqlMode.ALLOW_INVALID_DATES) ? TemporalParser.ALLOW_INVALID_DATES : 0);
    }

    private static void refused(AssignmentConverter to, Row row, SqlType from, boolean outOfRange) {
        if (to.isStrict()) {
            TypeKind kind = to.target().kind();
            String name = kind == TypeKind.TIMESTAMP ? "datetime" : kind.name().toLowerCase(Locale.ROOT);
            throw new SqlException(
                    ErrorCode.INCORRECT_VALUE_FOR_COLUMN, name, Times.text(row, 0, from), to.column(), to.rowNumber());
        }
        if (outOfRange) {
            to.outOfRange();
        } else {
            to.truncated();
        }
    }
}
