package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import java.util.List;
import java.util.stream.Collectors;

/// Expressions as text, for errors and EXPLAIN: operators in parentheses, names in backticks, implicit casts left out.
public final class ExprText {
    private static final int MAX_DEPTH = 40;

    private ExprText() {}

    /// The text of an expression; deep parts are cut to `…`.
    public static String of(Expr expr) {
        return of(expr, 0);
    }

    private static String of(Expr expr, int depth) {
        if (depth > MAX_DEPTH) {
            return "…";
        }
        return switch (expr) {
            case Expr.Constant c -> constant(c.value());
            case Expr.Column c -> "`" + c.name() + "`";
            case Expr.Parameter p -> "?";
            case Expr.Correlated c -> "`" + c.name() + "`";
            case Expr.Call call -> call(call, depth + 1);
            case Expr.Logic l -> "(" + join(l.conditions(), l.isAnd() ? " and " : " or ", depth + 1) + ")";
            case Expr.Case c -> caseText(c, depth + 1);
            case Expr.Coalesce c -> "coalesce(" + join(c.arguments(), ",", depth + 1) + ")";
            case Expr.Subquery s -> subquery(s, depth + 1);
        };
    }

    /// The text of a binary operation; negation is one that subtracts from 0.
    static String arithmetic(String sign, Expr left, Expr right) {
        return isNegation(sign, left) ? "-(" + of(right) + ")" : "(" + of(left) + " " + sign + " " + of(right) + ")";
    }

    private static boolean isNegation(String sign, Expr left) {
        return sign.equals("-") && left == Arithmetic.ZERO;
    }

    private static String join(List<Expr> list, String separator, int depth) {
        return list.stream().map(e -> of(e, depth)).collect(Collectors.joining(separator));
    }

    private static String call(Expr.Call call, int depth) {
        List<Expr> arguments = call.arguments();
        String name = call.function().name();
        if (call.function() instanceof RoundDecimal) {
            return of(arguments.getFirst(), depth);
        }
        if (call.function() instanceof CastFunction cast) {
            String inner = of(arguments.getFirst(), depth);
            return cast.isExplicit() ? "cast(" + inner + " as " + typeText(cast.to()) + ")" : inner;
        }
        if (arguments.size() == 2 && isNegation(name, arguments.getFirst())) {
            return "-(" + of(arguments.get(1), depth) + ")";
        }
        boolean isSign = !name.isEmpty() && !Character.isLetter(name.charAt(0)) && name.charAt(0) != '_';
        if (arguments.size() == 2 && (isSign || isWordOperator(name))) {
            return "(" + of(arguments.get(0), depth) + " " + name + " " + of(arguments.get(1), depth) + ")";
        }
        if (arguments.size() == 1 && isSign) {
            return name + "(" + of(arguments.getFirst(), depth) + ")";
        }
        if (arguments.size() == 1 && (name.equals("is null") || name.equals("is not null"))) {
            return "(" + of(arguments.getFirst(), depth) + " " + name + ")";
        }
        return name + "(" + join(arguments, ",", depth) + ")";
    }

    private static boolean isWordOperator(String name) {
        return switch (name) {
            case "div", "like", "not like", "xor", "regexp", "not regexp" -> true;
            default -> false;
        };
    }

    private static String typeText(SqlType type) {
        return switch (type.kind()) {
            case BIGINT -> type.unsigned() ? "unsigned" : "signed";
            case DECIMAL -> "decimal(" + type.length() + "," + type.scale() + ")";
            case VARCHAR -> "char(" + type.length() + ")";
            case VARBINARY -> "char(" + type.length() + ") charset binary";
            default -> type.kind().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String caseText(Expr.Case c, int depth) {
        StringBuilder text = new StringBuilder("(case");
        for (int i = 0; i < c.conditions().size(); i++) {
            text.append(" when ").append(of(c.conditions().get(i), depth));
            text.append(" then ").append(of(c.results().get(i), depth));
        }
        return text.append(" else ")
                .append(of(c.otherwise(), depth))
                .append(" end)")
                .toString();
    }

    private static String subquery(Expr.Subquery s, int depth) {
        return switch (s.kind()) {
            case SCALAR -> "(select)";
            case EXISTS -> "exists(select)";
            case ANY -> "(" + join(s.operands(), ",", depth) + ") in (select)";
            case ALL -> "(" + join(s.operands(), ",", depth) + ") all (select)";
        };
    }

    /// A constant as a literal.
    static String constant(Vector value) {
        if (value.isNull(0)) {
            return "NULL";
        }
        SqlType type = value.type();
        return switch (value) {
            case LongVector l -> {
                if (type.kind().isTemporal()) {
                    yield "'" + plain(value) + "'";
                }
                yield TextTypes.integerText(l.get(0), type.unsigned());
            }
            case DoubleVector d -> io.qomo.base.type.Doubles.toString(d.get(0));
            case DecimalVector d -> d.get(0).toPlainString();
            case BytesVector b -> "'" + b.getString(0).replace("'", "\\'") + "'";
        };
    }

    private static String plain(Vector value) {
        io.qomo.base.bytes.ByteBuilder out = new io.qomo.base.bytes.ByteBuilder(32);
        io.qomo.base.type.TemporalFormat.append(
                ((LongVector) value).get(0), value.type(), io.qomo.base.type.TimeZoneRule.UTC, out);
        return out.toString();
    }
}
