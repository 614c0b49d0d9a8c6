package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.List;

/// GREATEST, LEAST and INTERVAL(): comparisons of many values.
///
/// Source: MySQL 8.0 manual, "Comparison Functions and Operators".
final class Extremes {
    private Extremes() {}

    /// GREATEST and LEAST; NULL if any argument is.
    static Expr extreme(Binding call, boolean greatest) {
        JsonAsText.warn(call.arguments(), "in the LEAST and GREATEST operators", call.context());
        for (int i = 0; i < call.size(); i++) {
            if (call.kind(i) == TypeKind.JSON) {
                call.set(i, Casts.toText(call.get(i), call.context()));
            }
        }
        TypeMerge merged = TypeMerge.of(call.name(), call.arguments(), call.context());
        if (merged.type().kind() == TypeKind.NULL) {
            return call.get(0);
        }
        SqlType type = DecimalOps.full(merged.type(), call.arguments());
        for (int i = 0; i < call.size(); i++) {
            call.cast(i, type);
        }
        Comparison.Domain domain = switch (type.physical()) {
            case LONG -> Numbers.isUnsigned(type) ? Comparison.Domain.UNSIGNED : Comparison.Domain.SIGNED;
            case DOUBLE -> Comparison.Domain.DOUBLE;
            case DECIMAL -> Comparison.Domain.DECIMAL;
            case BYTES -> type.kind() == TypeKind.JSON ? Comparison.Domain.JSON : Comparison.Domain.TEXT;
        };
        Collation collation = domain == Comparison.Domain.TEXT
                ? CollationMix.forComparison(call.name(), call.arguments()).collation()
                : Collation.BINARY;
        Comparison order =
                new Comparison(greatest ? Comparison.Operator.GREATER : Comparison.Operator.LESS, domain, collation);
        Expr extreme = call.returns(type, merged.coercibility(), row -> {
            int best = 0;
            for (int i = 1; i < row.width(); i++) {
                int c = order.compare(row.vector(i), row.index, row.vector(best), row.index);
                if (order.operator().accepts(c)) {
                    best = i;
                }
            }
            row.setTo(best);
        });
        return DecimalOps.rounded(extreme, merged.type());
    }

    /// INTERVAL(n, n1, …): how many of the sorted values are not greater than n; −1 if n is NULL.
    static Expr interval(Binding call) {
        boolean exact = true;
        for (int i = 0; i < call.size(); i++) {
            exact &= NumericTypes.isExact(call.type(i)) || call.kind(i) == TypeKind.NULL;
        }
        List<Expr> numbers = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            SqlType type = exact
                    ? SqlType.decimal(
                            SqlType.MAX_DECIMAL_PRECISION,
                            NumericTypes.scale(DecimalOps.unrounded(call.get(i)).type()))
                    : SqlType.DOUBLE;
            numbers.add(Casts.implicit(call.get(i), type, call.context()));
        }
        for (int i = 0; i < numbers.size(); i++) {
            call.set(i, numbers.get(i));
        }
        boolean decimals = exact;
        return call.lenient().notNull().returnsLong(row -> {
            if (row.isNull(0)) {
                row.set(-1L);
                return;
            }
            long count = 0;
            for (int i = 1; i < row.width(); i++) {
                boolean passed = row.isNull(i)
                        || (decimals ? row.decimal(0).compareTo(row.decimal(i)) >= 0 : row.real(0) >= row.real(i));
                if (!passed) {
                    break;
                }
                count++;
            }
            row.set(count);
        });
    }
}
