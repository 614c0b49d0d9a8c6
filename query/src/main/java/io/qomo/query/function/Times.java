package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.SqlMode;
import java.math.BigDecimal;

/// Reads any value as a date or a time. What is no date gives a warning and [#NONE].
final class Times {
    /// No value: the result is NULL.
    static final long NONE = Temporals.OVERFLOW;

    private Times() {}

    /// The flags under which functions read strings: what sql_mode says of zero and invalid dates. Zero months and days
    /// are accepted; functions that need a real date refuse them themselves.
    static int flags(EvalContext context) {
        SqlMode mode = context.sqlMode();
        return (mode.has(SqlMode.NO_ZERO_DATE) ? TemporalParser.NO_ZERO_DATE : 0)
                | (mode.has(SqlMode.ALLOW_INVALID_DATES) ? TemporalParser.ALLOW_INVALID_DATES : 0)
                | (mode.has(SqlMode.TIME_TRUNCATE_FRACTIONAL) ? TemporalParser.TRUNCATE_FRACTIONAL : 0);
    }

    /// The value as a packed DATETIME, rounded to `fsp` digits.
    static long asDatetime(Row row, int arg, SqlType from, int fsp) {
        return asDatetime(row, arg, from, fsp, flags(row.context));
    }

    /// As [#asDatetime(Row, int, SqlType, int)], with flags of [TemporalParser].
    static long asDatetime(Row row, int arg, SqlType from, int fsp, int flags) {
        return switch (from.kind()) {
            case DATE -> row.integer(arg);
            case DATETIME -> round(row, row.integer(arg), fsp, flags);
            case TIMESTAMP -> round(row, row.zone().toDatetime(row.integer(arg)), fsp, flags);
            case TIME -> round(row, onToday(row, row.integer(arg)), fsp, flags);
            case YEAR -> Temporal.date((int) row.integer(arg), 0, 0);
            default -> {
                TemporalParser parser = row.temporals();
                boolean found;
                if (isText(from)) {
                    byte[] text = textOf(row, arg, from);
                    found = parser.datetime(text, 0, text.length, fsp, flags);
                } else {
                    BigDecimal number = Numbers.asDecimal(row, arg, from);
                    found = isSane(number) && parser.datetimeOfNumber(number.longValue(), nanos(number), fsp, flags);
                }
                if (!found) {
                    warn(row, "datetime", arg, from);
                    yield NONE;
                }
                if (parser.isTruncated()) {
                    row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "datetime", text(row, arg, from));
                }
                yield parser.hasOffset() ? parser.valueIn(row.zone()) : parser.value();
            }
        };
    }

    /// The value as a packed DATE; a time of day is dropped.
    static long asDate(Row row, int arg, SqlType from) {
        if (from.kind() == TypeKind.TIME) {
            return Temporal.dateOf(onToday(row, row.integer(arg)));
        }
        int flags = flags(row.context) | TemporalParser.TRUNCATE_FRACTIONAL;
        long value = asDatetime(row, arg, from, 6, flags);
        return value == NONE ? NONE : Temporal.dateOf(value);
    }

    /// The value as a packed TIME, rounded to `fsp` digits; of a DATETIME its time of day.
    static long asTime(Row row, int arg, SqlType from, int fsp) {
        int flags = flags(row.context);
        boolean truncates = (flags & TemporalParser.TRUNCATE_FRACTIONAL) != 0;
        return switch (from.kind()) {
            case DATE -> 0;
            case TIME -> {
                long value = row.integer(arg);
                yield truncates ? Temporals.truncateTime(value, fsp) : Temporals.roundTime(value, fsp);
            }
            case DATETIME, TIMESTAMP -> {
                long value = row.integer(arg);
                if (from.kind() == TypeKind.TIMESTAMP) {
                    value = row.zone().toDatetime(value);
                }
                long time = Temporals.time(Temporals.microsOfDay(value));
                yield truncates ? Temporals.truncateTime(time, fsp) : Temporals.roundTime(time, fsp);
            }
            default -> {
                TemporalParser parser = row.temporals();
                boolean found;
                if (isText(from)) {
                    byte[] text = textOf(row, arg, from);
                    found = parser.time(text, 0, text.length, fsp, flags);
                } else {
                    BigDecimal number = Numbers.asDecimal(row, arg, from);
                    found = isSane(number) && parser.timeOfNumber(number.longValue(), nanos(number), fsp, flags);
                }
                if (!found) {
                    row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "time", text(row, arg, from));
                    yield NONE;
                }
                if (parser.isTruncated() || parser.isOutOfRange()) {
                    row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "time", text(row, arg, from));
                }
                yield parser.value();
            }
        };
    }

    /// The DATETIME of a TIME counted from today's midnight.
    static long onToday(Row row, long time) {
        long today = Temporal.dateOf(row.zone().toDatetime(row.context.statementMicros()));
        return Temporals.ofMicros(Temporals.toMicros(today) + Temporals.timeMicros(time));
    }

    static int nanos(BigDecimal number) {
        return number.remainder(BigDecimal.ONE).movePointRight(9).intValue();
    }

    private static boolean isSane(BigDecimal number) {
        return number.precision() - number.scale() <= 18;
    }

    private static long round(Row row, long packed, int fsp, int flags) {
        if ((flags & TemporalParser.TRUNCATE_FRACTIONAL) != 0) {
            return Temporals.truncateDatetime(packed, fsp);
        }
        long rounded = Temporals.roundDatetime(packed, fsp);
        if (rounded == Temporals.OVERFLOW) {
            row.context.warn(ErrorCode.DATETIME_FUNCTION_OVERFLOW, "datetime");
        }
        return rounded;
    }

    private static boolean isText(SqlType from) {
        return from.kind().isString()
                || from.kind() == TypeKind.ENUM
                || from.kind() == TypeKind.SET
                || from.kind() == TypeKind.JSON;
    }

    private static byte[] textOf(Row row, int arg, SqlType from) {
        return from.kind().isString() ? row.bytes(arg) : TextTypes.ascii(text(row, arg, from));
    }

    /// The value's text, for warnings.
    static String text(Row row, int arg, SqlType from) {
        return Texts.append(row, arg, from, row.buffer()).toString();
    }

    /// "Incorrect datetime value".
    static void warn(Row row, String type, int arg, SqlType from) {
        row.context.warn(ErrorCode.INCORRECT_VALUE, type, text(row, arg, from));
    }
}
