package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Days;
import io.qomo.base.type.Interval;
import io.qomo.base.type.IntervalUnit;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TemporalFormat;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Sums and differences of dates and times.
final class DateArithmetic {
    /// Characters a string needs to be read as a date and a time where a TIME is wanted.
    private static final int TEXT_OF_DATETIME = 12;

    private static final int TEXT_CHARS = 26;

    private DateArithmetic() {}

    /// Arguments: date, amount. DATE_ADD, DATE_SUB and the operators.
    static Expr addInterval(Binding call, IntervalUnit unit, boolean subtract) {
        Amount amount = amount(call, unit, subtract);
        SqlType from = call.type(0);
        call.nullable();
        return switch (from.kind()) {
            case DATE -> {
                if (!unit.hasTime()) {
                    yield call.returns(SqlType.DATE, Coercibility.NUMERIC, row -> addTo(row, amount));
                }
                SqlType type = SqlType.temporal(TypeKind.DATETIME, amount.digits);
                yield call.returns(type, Coercibility.NUMERIC, row -> addTo(row, amount));
            }
            case DATETIME, TIMESTAMP -> {
                call.datetime(0);
                int fsp = Math.max(Math.max(from.scale(), 0), amount.digits);
                SqlType type = SqlType.temporal(TypeKind.DATETIME, fsp);
                yield call.returns(type, Coercibility.NUMERIC, row -> addTo(row, amount));
            }
            case TIME -> addToTime(call, unit, amount);
            default -> addToText(call, unit, amount);
        };
    }

    /// Reads the amount of a row.
    private record Amount(Reader reader, int digits) {
        interface Reader {
            Interval read(Row row);
        }

        Interval read(Row row) {
            return reader.read(row);
        }
    }

    private static Amount amount(Binding call, IntervalUnit unit, boolean subtract) {
        if (unit.fields() > 1) {
            call.text(1);
            return new Amount(
                    row -> {
                        Interval i = Interval.parse(row.base(1), row.offset(1), row.length(1), unit);
                        return subtract ? i.negated() : i;
                    },
                    unit.hasMicroseconds() ? 6 : 0);
        }
        if (unit == IntervalUnit.SECOND) {
            SqlType type = call.type(1);
            int digits = switch (type.kind()) {
                case DECIMAL -> Math.min(type.scale(), 6);
                case FLOAT, DOUBLE -> 6;
                default -> type.kind().isString() ? 6 : 0;
            };
            return new Amount(
                    row -> {
                        BigDecimal value = Numbers.asDecimal(row, 1, type);
                        if (value.precision() - value.scale() > 18) {
                            return Interval.TOO_LARGE;
                        }
                        int micros = value.remainder(BigDecimal.ONE)
                                .movePointRight(6)
                                .setScale(0, RoundingMode.HALF_UP)
                                .intValue();
                        Interval i = Interval.of(unit, value.longValue(), micros);
                        return subtract ? i.negated() : i;
                    },
                    digits);
        }
        call.integer(1);
        boolean unsigned = call.type(1).unsigned();
        return new Amount(
                row -> {
                    long count = row.integer(1);
                    if (unsigned && count < 0) {
                        return Interval.TOO_LARGE;
                    }
                    Interval i = Interval.of(unit, count, 0);
                    return subtract ? i.negated() : i;
                },
                unit == IntervalUnit.MICROSECOND ? 6 : 0);
    }

    private static void addTo(Row row, Amount amount) {
        long date = row.integer(0);
        long sum = Temporals.isRealDate(date) ? amount.read(row).addTo(date) : Times.NONE;
        if (sum == Times.NONE) {
            overflow(row, date);
        } else {
            row.set(sum);
        }
    }

    private static void overflow(Row row, long date) {
        if (Temporals.isRealDate(date)) {
            row.context.warn(ErrorCode.DATETIME_FUNCTION_OVERFLOW, "datetime");
        } else {
            row.context.warn(ErrorCode.INCORRECT_VALUE, "datetime", TemporalFormat.datetime(date, 0));
        }
        row.setNull();
    }

    private static Expr addToTime(Binding call, IntervalUnit unit, Amount amount) {
        SqlType from = call.type(0);
        int fsp = Math.max(Math.max(from.scale(), 0), amount.digits);
        if (!unit.hasTime() || unit.name().startsWith("DAY_")) {
            call.datetime(0);
            SqlType type = SqlType.temporal(TypeKind.DATETIME, fsp);
            return call.returns(type, Coercibility.NUMERIC, row -> addTo(row, amount));
        }
        return call.returns(SqlType.temporal(TypeKind.TIME, fsp), Coercibility.NUMERIC, row -> {
            long sum = amount.read(row).addToTime(row.integer(0));
            if (sum == Times.NONE) {
                row.context.warn(ErrorCode.DATETIME_FUNCTION_OVERFLOW, "time");
                row.setNull();
            } else {
                row.set(sum);
            }
        });
    }

    /// A string plus an interval is a string: a date if there was no time of day and the unit has none.
    private static Expr addToText(Binding call, IntervalUnit unit, Amount amount) {
        SqlType from = call.type(0);
        return call.returnsText(TEXT_CHARS, row -> {
            TemporalParser parser = row.temporals();
            boolean found;
            if (from.kind().isNumeric()) {
                BigDecimal number = Numbers.asDecimal(row, 0, from);
                found = parser.datetimeOfNumber(number.longValue(), Times.nanos(number), 6, Times.flags(row.context));
            } else {
                byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
                found = parser.datetime(text, 0, text.length, 6, Times.flags(row.context));
            }
            if (!found || !Temporals.isRealDate(parser.value())) {
                row.context.warn(ErrorCode.INCORRECT_VALUE, "datetime", Times.text(row, 0, from));
                row.setNull();
                return;
            }
            if (parser.isTruncated()) {
                row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "datetime", Times.text(row, 0, from));
            }
            boolean isDate = parser.isDateOnly() && !unit.hasTime();
            long date = parser.hasOffset() ? parser.valueIn(row.zone()) : parser.value();
            long sum = amount.read(row).addTo(date);
            if (sum == Times.NONE) {
                overflow(row, date);
            } else {
                row.set(isDate ? TemporalFormat.date(sum) : text(sum));
            }
        });
    }

    /// A DATETIME with microseconds if it has any.
    private static String text(long datetime) {
        return TemporalFormat.datetime(datetime, Temporal.micros(datetime) == 0 ? 0 : 6);
    }

    static Expr dateDiff(Binding call) {
        call.datetime(0, 1);
        return call.nullable().returnsLong(row -> {
            long a = row.integer(0);
            long b = row.integer(1);
            if (Temporals.isRealDate(a) && Temporals.isRealDate(b)) {
                row.set((long) Days.number(a) - Days.number(b));
            } else {
                row.setNull();
            }
        });
    }

    /// TIMESTAMPDIFF(unit, from, to).
    static Expr timestampDiff(IntervalUnit unit, Binding call) {
        call.datetime(0, 1);
        return call.nullable().returnsLong(row -> {
            long from = row.integer(0);
            long to = row.integer(1);
            if (!Temporals.isRealDate(from) || !Temporals.isRealDate(to)) {
                row.setNull();
                return;
            }
            long micros = Temporals.difference(to, from);
            row.set(
                    switch (unit) {
                        case MICROSECOND -> micros;
                        case SECOND -> micros / Temporals.SECOND;
                        case MINUTE -> micros / (60 * Temporals.SECOND);
                        case HOUR -> micros / (3600 * Temporals.SECOND);
                        case DAY -> micros / Temporals.DAY;
                        case WEEK -> micros / (7 * Temporals.DAY);
                        case MONTH -> months(from, to);
                        case QUARTER -> months(from, to) / 3;
                        case YEAR -> months(from, to) / 12;
                        default -> throw new IllegalArgumentException(unit + " has several fields");
                    });
        });
    }

    /// Whole months from one DATETIME to another.
    private static long months(long from, long to) {
        if (to < from) {
            return -months(to, from);
        }
        long months = (Temporal.year(to) - Temporal.year(from)) * 12L + Temporal.month(to) - Temporal.month(from);
        long dayFrom = Temporal.day(from) * Temporals.DAY + Temporals.microsOfDay(from);
        long dayTo = Temporal.day(to) * Temporals.DAY + Temporals.microsOfDay(to);
        return dayTo < dayFrom ? months - 1 : months;
    }

    /// ADDTIME and SUBTIME.
    static Expr addTime(Binding call, boolean subtract) {
        SqlType from = call.type(0);
        int added = call.kind(1).isTemporal() ? Math.max(call.type(1).scale(), 0) : 6;
        if (!call.kind(1).isTemporal() && call.kind(1).isNumeric()) {
            added = NumericTypes.scale(call.type(1));
        }
        call.time(1).nullable();
        int fsp = Math.min(6, Math.max(Math.max(from.scale(), 0), added));
        if (from.kind() == TypeKind.TIME) {
            return call.returns(SqlType.temporal(TypeKind.TIME, fsp), Coercibility.NUMERIC, row -> {
                long sum = Temporals.timeMicros(row.integer(0)) + moved(row, subtract);
                if (Temporals.isTimeOutOfRange(sum)) {
                    row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "time", "");
                }
                row.set(Temporals.time(sum));
            });
        }
        if (from.kind().hasDate()) {
            call.datetime(0);
            return call.returns(SqlType.temporal(TypeKind.DATETIME, fsp), Coercibility.NUMERIC, row -> {
                long sum = Temporals.isRealDate(row.integer(0))
                        ? Temporals.ofMicros(Temporals.toMicros(row.integer(0)) + moved(row, subtract))
                        : Times.NONE;
                if (sum == Times.NONE) {
                    row.setNull();
                } else {
                    row.set(sum);
                }
            });
        }
        return call.returnsText(TEXT_CHARS, row -> {
            if (isDatetimeText(row, 0, from)) {
                long date = Times.asDatetime(row, 0, from, 6);
                long sum = date == Times.NONE || !Temporals.isRealDate(date)
                        ? Times.NONE
                        : Temporals.ofMicros(Temporals.toMicros(date) + moved(row, subtract));
                if (sum == Times.NONE) {
                    row.setNull();
                } else {
                    row.set(text(sum));
                }
                return;
            }
            long time = Times.asTime(row, 0, from, 6);
            if (time == Times.NONE) {
                row.setNull();
                return;
            }
            long sum = Temporals.time(Temporals.timeMicros(time) + moved(row, subtract));
            row.set(TemporalFormat.time(sum, Temporals.microsOf(sum) == 0 ? 0 : 6));
        });
    }

    private static long moved(Row row, boolean subtract) {
        long micros = Temporals.timeMicros(row.integer(1));
        return subtract ? -micros : micros;
    }

    /// True if a string or number is a DATETIME and not a TIME: it has a date's delimiter, or too many digits.
    static boolean isDatetimeText(Row row, int arg, SqlType from) {
        String text = Times.text(row, arg, from).strip();
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        return digits >= 12 || (digits > 0 && digits < text.length() && "-/".indexOf(text.charAt(digits)) >= 0);
    }

    static Expr timeDiff(Binding call) {
        SqlType a = call.type(0);
        SqlType b = call.type(1);
        int fsp = Math.max(digits(call, 0), digits(call, 1));
        return call.nullable().returns(SqlType.temporal(TypeKind.TIME, fsp), Coercibility.NUMERIC, row -> {
            boolean ofDates = a.kind().hasDate() || b.kind().hasDate();
            boolean aDate = ofDates ? isDatetime(row, 0, a) : isLongDatetime(row, 0, a);
            boolean bDate = ofDates ? isDatetime(row, 1, b) : isLongDatetime(row, 1, b);
            if (aDate != bDate) {
                row.setNull();
                return;
            }
            long micros;
            if (aDate) {
                long x = Times.asDatetime(row, 0, a, 6);
                long y = Times.asDatetime(row, 1, b, 6);
                if (x == Times.NONE || y == Times.NONE || !Temporals.isRealDate(x) || !Temporals.isRealDate(y)) {
                    row.setNull();
                    return;
                }
                micros = Temporals.difference(x, y);
            } else {
                long x = Times.asTime(row, 0, a, 6);
                long y = Times.asTime(row, 1, b, 6);
                if (x == Times.NONE || y == Times.NONE) {
                    row.setNull();
                    return;
                }
                micros = Temporals.timeMicros(x) - Temporals.timeMicros(y);
            }
            long time = Temporals.time(micros);
            if (Temporals.isTimeOutOfRange(micros)) {
                row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "time", TemporalFormat.time(time, 0));
            }
            row.set(time);
        });
    }

    /// True of a string that is read as a date and a time where a TIME is wanted: a date alone is not.
    private static boolean isLongDatetime(Row row, int arg, SqlType type) {
        return isDatetime(row, arg, type) && Times.text(row, arg, type).strip().length() >= TEXT_OF_DATETIME;
    }

    private static boolean isDatetime(Row row, int arg, SqlType type) {
        return type.kind().hasDate() || (!type.kind().isTemporal() && isDatetimeText(row, arg, type));
    }

    /// The fractional digits an argument may have; of a constant string those it has.
    static int digits(Binding call, int argument) {
        SqlType type = call.type(argument);
        if (type.kind().isString() && call.constant(argument) instanceof BytesVector v && !v.isNull(0)) {
            String text = v.getString(0);
            int point = text.lastIndexOf('.');
            int digits = 0;
            while (point >= 0
                    && point + 1 + digits < text.length()
                    && Character.isDigit(text.charAt(point + 1 + digits))) {
                digits++;
            }
            return Math.min(digits, 6);
        }
        if (type.kind().isTemporal() || type.kind() == TypeKind.DECIMAL) {
            return Math.clamp(type.scale(), 0, 6);
        }
        return type.kind().isString() || type.kind().isApproximate() ? 6 : 0;
    }
}
