package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;

/// NOW() and its kin: the time of the statement; SYSDATE(): the time of the call.
final class Clock {
    private Clock() {}

    /// CURDATE and UTC_DATE.
    static Expr date(Binding call, boolean utc) {
        return call.stable().notNull().returns(SqlType.DATE, Coercibility.NUMERIC, row -> {
            TimeZoneRule zone = utc ? TimeZoneRule.UTC : row.zone();
            row.set(Temporal.dateOf(zone.toDatetime(row.context.statementMicros())));
        });
    }

    /// CURTIME and UTC_TIME.
    static Expr time(Binding call, boolean utc) {
        int fsp = precision(call);
        return new Binding(call.name(), call.context(), java.util.List.of())
                .stable()
                .notNull()
                .returns(SqlType.temporal(TypeKind.TIME, fsp), Coercibility.NUMERIC, row -> {
                    TimeZoneRule zone = utc ? TimeZoneRule.UTC : row.zone();
                    long now = zone.toDatetime(row.context.statementMicros());
                    row.set(Temporals.truncateTime(Temporals.time(Temporals.microsOfDay(now)), fsp));
                });
    }

    /// NOW and UTC_TIMESTAMP.
    static Expr datetime(Binding call, boolean utc) {
        int fsp = precision(call);
        return new Binding(call.name(), call.context(), java.util.List.of())
                .stable()
                .notNull()
                .returns(SqlType.temporal(TypeKind.DATETIME, fsp), Coercibility.NUMERIC, row -> {
                    TimeZoneRule zone = utc ? TimeZoneRule.UTC : row.zone();
                    row.set(Temporals.truncateDatetime(zone.toDatetime(row.context.statementMicros()), fsp));
                });
    }

    /// SYSDATE.
    static Expr sysdate(Binding call) {
        int fsp = precision(call);
        return new Binding(call.name(), call.context(), java.util.List.of())
                .volatileResult()
                .notNull()
                .returns(
                        SqlType.temporal(TypeKind.DATETIME, fsp),
                        Coercibility.NUMERIC,
                        row -> row.set(
                                Temporals.truncateDatetime(row.zone().toDatetime(row.context.currentMicros()), fsp)));
    }

    /// The fractional digits of NOW(n): a literal, 0 if there is none.
    private static int precision(Binding call) {
        if (call.size() == 0) {
            return 0;
        }
        Vector value = call.constant(0);
        if (!(value instanceof LongVector digits) || value.isNull(0)) {
            throw call.wrongArguments();
        }
        long fsp = digits.get(0);
        if (fsp < 0 || fsp > 6) {
            throw new SqlException(ErrorCode.TOO_BIG_PRECISION, fsp, call.name(), 6);
        }
        return (int) fsp;
    }
}
