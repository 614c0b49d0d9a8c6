package io.qomo.query.function;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// UNIX_TIMESTAMP, FROM_UNIXTIME, CONVERT_TZ.
///
/// Source: MySQL 8.0 manual, "Date and Time Functions"; the range since 8.0.28 ends on 3001-01-18.
final class UnixTime {
    private static final long MAX_SECONDS = 32_536_771_199L;

    private UnixTime() {}

    static Expr unixTimestamp(Binding call) {
        if (call.size() == 0) {
            return call.stable()
                    .notNull()
                    .returnsLong(row -> row.set(row.context.statementMicros() / Temporals.SECOND));
        }
        int fsp = digits(call);
        SqlType from = call.type(0);
        call.stable().nullable();
        if (fsp == 0) {
            return call.returnsLong(row -> {
                long micros = micros(row, from, 0);
                row.set(micros / Temporals.SECOND);
            });
        }
        return call.returns(
                SqlType.decimal(11 + fsp, fsp),
                Coercibility.NUMERIC,
                row -> row.set(BigDecimal.valueOf(micros(row, from, fsp), 6)));
    }

    /// The moment of a date; 0 outside the range of Unix time.
    private static long micros(Row row, SqlType from, int fsp) {
        if (from.kind() == TypeKind.TIMESTAMP) {
            return row.integer(0);
        }
        long datetime = Times.asDatetime(row, 0, from, fsp);
        if (datetime == Times.NONE || !Temporals.isRealDate(datetime)) {
            return 0;
        }
        long micros = row.zone().toMicros(datetime);
        return micros < Temporals.SECOND || micros / Temporals.SECOND > MAX_SECONDS ? 0 : micros;
    }

    private static int digits(Binding call) {
        SqlType type = call.type(0);
        if (type.kind().isTemporal() || type.kind() == TypeKind.DECIMAL) {
            return Math.clamp(type.scale(), 0, 6);
        }
        if (call.constant(0) instanceof BytesVector v && type.kind().isString() && !v.isNull(0)) {
            TemporalParser parser = new TemporalParser();
            boolean found = parser.datetime(v.base[0], v.offset[0], v.length[0], 6, 0);
            String text = v.getString(0);
            int point = text.lastIndexOf('.');
            return found && point > 0 ? Math.min(6, text.length() - point - 1) : found ? 0 : 6;
        }
        return type.kind().isString() || type.kind().isApproximate() ? 6 : 0;
    }

    /// FROM_UNIXTIME(seconds[, format]).
    static Expr fromUnixTime(Binding call) {
        call.set(0, Casts.toNumber(call.get(0), call.context()));
        SqlType from = call.type(0);
        int fsp = from.kind() == TypeKind.DECIMAL
                ? Math.min(from.scale(), 6)
                : from.kind().isApproximate() ? 6 : 0;
        call.readsSettings().nullable();
        Expr datetime = new Binding("from_unixtime", call.context(), List.of(call.get(0)))
                .readsSettings()
                .nullable()
                .returns(SqlType.temporal(TypeKind.DATETIME, fsp), Coercibility.NUMERIC, row -> {
                    BigDecimal seconds = Numbers.asDecimal(row, 0, from);
                    if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS + 1)) >= 0) {
                        row.setNull();
                        return;
                    }
                    long micros = Temporals.roundMicros(
                            seconds.movePointRight(6)
                                    .setScale(0, java.math.RoundingMode.HALF_UP)
                                    .longValue(),
                            fsp);
                    row.set(micros == 0 ? epoch(row.zone()) : row.zone().toDatetime(micros));
                });
        if (call.size() == 1) {
            return datetime;
        }
        return DateFormat.dateFormat(new Binding(call.name(), call.context(), List.of(datetime, call.get(1))));
    }

    /// The clock at 1970-01-01 00:00:00 UTC (whose 0 stands for the zero date elsewhere).
    private static long epoch(TimeZoneRule zone) {
        return Temporals.ofMicros((long) zone.offsetSeconds(0) * Temporals.SECOND);
    }

    /// CONVERT_TZ(datetime, from, to).
    static Expr convertZone(Binding call) {
        int fsp = call.kind(0).isString() ? DateArithmetic.digits(call, 0) : -1;
        call.datetime(0).text(1, 2);
        fsp = fsp < 0 ? Math.max(call.type(0).scale(), 0) : fsp;
        return call.readsSettings()
                .nullable()
                .returnsFresh(SqlType.temporal(TypeKind.DATETIME, fsp), Coercibility.NUMERIC, () -> {
                    Zones from = new Zones();
                    Zones to = new Zones();
                    return row -> {
                        TimeZoneRule source = from.find(row.text(1));
                        TimeZoneRule target = to.find(row.text(2));
                        long datetime = row.integer(0);
                        if (source == null || target == null || !Temporals.isRealDate(datetime)) {
                            row.setNull();
                            return;
                        }
                        long micros = source.toMicros(datetime);
                        boolean inRange = micros >= Temporals.SECOND && micros / Temporals.SECOND <= MAX_SECONDS;
                        row.set(inRange ? target.toDatetime(micros) : datetime);
                    };
                });
    }

    /// The zone looked up last.
    private static final class Zones {
        private String name = "";
        private @Nullable TimeZoneRule rule;

        @Nullable TimeZoneRule find(String wanted) {
            if (!wanted.equals(name)) {
                name = wanted;
                try {
                    rule = TimeZoneRule.of(wanted, ZoneId.systemDefault());
                } catch (SqlException unknown) {
                    rule = null;
                }
            }
            return rule;
        }
    }
}
