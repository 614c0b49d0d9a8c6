package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Binds SQL's operators.
public final class Operators {
    private Operators() {}

    /// A binary operator by its sign: `+ - * / div % mod & | ^ << >> = <=> <> != < <= > >= xor`.
    public static Expr binary(String sign, Expr left, Expr right, BindContext context) {
        Binding call = new Binding(sign, context, List.of(left, right));
        return switch (sign.toLowerCase(Locale.ROOT)) {
            case "+" -> Arithmetic.bind(Arithmetic.Operator.ADD, call);
            case "-" -> Arithmetic.bind(Arithmetic.Operator.SUBTRACT, call);
            case "*" -> Arithmetic.bind(Arithmetic.Operator.MULTIPLY, call);
            case "/" -> Arithmetic.bind(Arithmetic.Operator.DIVIDE, call);
            case "div" -> Arithmetic.bind(Arithmetic.Operator.INTEGER_DIVIDE, call);
            case "%", "mod" -> Arithmetic.bind(Arithmetic.Operator.MODULO, call);
            case "&" -> BitOperators.binary(BitOperators.Operator.AND, call);
            case "|" -> BitOperators.binary(BitOperators.Operator.OR, call);
            case "^" -> BitOperators.binary(BitOperators.Operator.XOR, call);
            case "<<" -> BitOperators.shift(true, call);
            case ">>" -> BitOperators.shift(false, call);
            case "xor" -> Predicates.xor(left, right, context);
            default -> Comparisons.bind(comparison(sign), left, right, context);
        };
    }

    /// The comparison of a sign: `= <=> <> != < <= > >=`.
    public static Comparison.Operator comparison(String sign) {
        String wanted = sign.equals("!=") ? "<>" : sign;
        for (Comparison.Operator operator : Comparison.Operator.values()) {
            if (operator.sign().equals(wanted)) {
                return operator;
            }
        }
        throw new SqlException(ErrorCode.INTERNAL_ERROR, "no operator " + sign);
    }

    /// A unary operator by its sign: `- + ~ !` (`!` and `not` are the same).
    public static Expr unary(String sign, Expr operand, BindContext context) {
        Binding call = new Binding(sign, context, List.of(operand));
        return switch (sign.toLowerCase(Locale.ROOT)) {
            case "-" -> Arithmetic.negate(call);
            case "+" -> operand;
            case "~" -> BitOperators.invert(call);
            case "!", "not" -> Predicates.not(operand, context);
            default -> throw new SqlException(ErrorCode.INTERNAL_ERROR, "no operator " + sign);
        };
    }

    /// value \[NOT] BETWEEN low AND high.
    public static Expr between(Expr value, Expr low, Expr high, boolean negated, BindContext context) {
        List<Expr> all = List.of(value, low, high);
        JsonAsText.warn(all, "in the BETWEEN operator", context);
        List<Expr> plain =
                all.stream().map(e -> JsonAsText.beside(e, all, context)).toList();
        // JSON that is no number says so each time it is converted
        boolean isOnce = JsonAsText.isJson(value) && plain.getFirst().type().kind() == TypeKind.DOUBLE;
        if (isOnce || !ExprWalker.isDeterministic(value)) {
            return betweenDoubles(plain, negated, context);
        }
        Expr first = Comparisons.bind(
                negated ? Comparison.Operator.LESS : Comparison.Operator.GREATER_OR_EQUAL,
                plain.get(0),
                plain.get(1),
                context);
        Expr second = Comparisons.bind(
                negated ? Comparison.Operator.GREATER : Comparison.Operator.LESS_OR_EQUAL,
                plain.get(0),
                plain.get(2),
                context);
        return new Expr.Logic(!negated, List.of(first, second));
    }

    /// The value is computed once, as a double.
    private static Expr betweenDoubles(List<Expr> operands, boolean negated, BindContext context) {
        List<Expr> all = operands.stream()
                .map(e -> Casts.implicit(e, SqlType.DOUBLE, context))
                .toList();
        RowFunction function = new RowFunction(
                "between",
                row -> row.set((row.real(0) >= row.real(1) && row.real(0) <= row.real(2)) != negated),
                true,
                RowFunction.Volatility.PURE);
        return new Expr.Call(
                function, all, SqlType.BIGINT, all.stream().anyMatch(Expr::nullable), Coercibility.NUMERIC);
    }

    /// value \[NOT] IN (items).
    public static Expr in(Expr value, List<Expr> items, boolean negated, BindContext context) {
        if (ExprWalker.isNullConstant(value)) {
            return new Expr.Constant(Vector.constantNull(SqlType.BIGINT));
        }
        // one JSON document among the items makes all of them be compared as JSON
        boolean isJson = items.stream().anyMatch(JsonAsText::isJson);
        return inAlike(isJson ? Casts.implicit(value, SqlType.JSON, context) : value, items, negated, context);
    }

    private static Expr inAlike(Expr value, List<Expr> items, boolean negated, BindContext context) {
        List<Expr> arguments = new ArrayList<>();
        Comparison.Domain domain = null;
        Collation collation = Collation.BINARY;
        boolean uniform = true;
        for (Expr item : items) {
            if (ExprWalker.isNullConstant(item)) {
                continue;
            }
            Comparisons.Coerced c = Comparisons.coerce(Comparison.Operator.EQUAL, value, item, context);
            Comparison.Domain plain = isLong(c.domain()) ? Comparison.Domain.SIGNED : c.domain();
            if (domain == null) {
                domain = plain;
                collation = c.collation();
                arguments.add(c.left());
            }
            uniform &= domain == plain
                    && collation == c.collation()
                    && c.left() == arguments.getFirst()
                    && ExprWalker.isRowIndependent(c.right());
            arguments.add(c.right());
        }
        if (domain == null || !uniform) {
            return alternatives(value, items, negated, context);
        }
        boolean hasNull = arguments.size() - 1 < items.size();
        if (hasNull) {
            arguments.add(
                    new Expr.Constant(Vector.constantNull(arguments.getFirst().type())));
        }
        return new Expr.Call(
                new InList(domain, collation, negated),
                arguments,
                SqlType.BIGINT,
                hasNull || arguments.stream().anyMatch(Expr::nullable),
                Coercibility.NUMERIC);
    }

    private static boolean isLong(Comparison.Domain domain) {
        return switch (domain) {
            case SIGNED, UNSIGNED, SIGNED_UNSIGNED, UNSIGNED_SIGNED, LONG_DECIMAL, DECIMAL_LONG -> true;
            case DOUBLE, DECIMAL, TEXT, JSON -> false;
        };
    }

    private static Expr alternatives(Expr value, List<Expr> items, boolean negated, BindContext context) {
        List<Expr> parts = new ArrayList<>();
        for (Expr item : items) {
            parts.add(Comparisons.bind(
                    negated ? Comparison.Operator.NOT_EQUAL : Comparison.Operator.EQUAL, value, item, context));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expr.Logic(negated, parts);
    }

    /// (a, b, …) \[NOT] IN ((…), (…)).
    public static Expr inRows(List<Expr> row, List<List<Expr>> items, boolean negated, BindContext context) {
        List<Expr> parts = new ArrayList<>();
        List<Expr> all = new ArrayList<>(row);
        items.forEach(all::addAll);
        JsonAsText.warn(all, "within a ROW in the IN operator", context);
        for (List<Expr> item : items) {
            parts.add(Comparisons.bindRows(
                    negated ? Comparison.Operator.NOT_EQUAL : Comparison.Operator.EQUAL,
                    besides(row, item, context),
                    besides(item, row, context),
                    context));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expr.Logic(negated, parts);
    }

    private static List<Expr> besides(List<Expr> row, List<Expr> others, BindContext context) {
        if (row.size() != others.size()) {
            return row;
        }
        List<Expr> out = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            out.add(JsonAsText.beside(row.get(i), List.of(others.get(i)), context));
        }
        return out;
    }

    /// CASE operand WHEN value: their equality.
    public static Expr caseEquals(Expr operand, Expr value, BindContext context) {
        return JsonAsText.equal(operand, value, context);
    }

    /// CASE WHEN condition THEN result … ELSE otherwise END; the results are brought to one type.
    public static Expr caseWhen(List<Expr> conditions, List<Expr> results, Expr otherwise, BindContext context) {
        List<Expr> all = new ArrayList<>(results);
        all.add(otherwise);
        TypeMerge merged = TypeMerge.of("case", all, context);
        SqlType full = DecimalOps.full(merged.type(), all);
        List<Expr> typed =
                all.stream().map(e -> Casts.implicit(e, full, context)).toList();
        Expr choice = new Expr.Case(
                conditions.stream().map(e -> Casts.condition(e, context)).toList(),
                typed.subList(0, typed.size() - 1),
                typed.getLast(),
                full,
                merged.coercibility());
        return DecimalOps.rounded(choice, merged.type());
    }

    /// COALESCE and IFNULL.
    public static Expr coalesce(List<Expr> arguments, BindContext context) {
        TypeMerge merged = TypeMerge.of("coalesce", arguments, context);
        SqlType full = DecimalOps.full(merged.type(), arguments);
        List<Expr> typed =
                arguments.stream().map(e -> Casts.implicit(e, full, context)).toList();
        return DecimalOps.rounded(new Expr.Coalesce(typed, full, merged.coercibility()), merged.type());
    }
}
