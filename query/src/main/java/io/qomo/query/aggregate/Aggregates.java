package io.qomo.query.aggregate;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.AggregateFunction.Bound;
import io.qomo.query.expr.AggregateFunction.Options;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.Arithmetic;
import io.qomo.query.function.Casts;
import io.qomo.query.function.CollationMix;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.function.NumericTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All aggregate functions by name.
///
/// Source: MySQL 8.0 manual, "Aggregate Function Descriptions".
public final class Aggregates {
    /// Digits a sum may have more than its terms.
    private static final int SUM_DIGITS = 22;

    private static final Map<String, AggregateFunction.Definition> BY_NAME = new TreeMap<>();

    static {
        add("count", 0, Integer.MAX_VALUE, Aggregates::count);
        add("sum", 1, 1, Aggregates::sum);
        add("avg", 1, 1, Aggregates::average);
        add("min", 1, 1, (c, a, o) -> extreme("min", true, c, a.getFirst()));
        add("max", 1, 1, (c, a, o) -> extreme("max", false, c, a.getFirst()));
        add("any_value", 1, 1, (c, a, o) -> anyValue(a.getFirst()));
        add("bit_and", 1, 1, (c, a, o) -> bits(BitFold.Operator.AND, c, a.getFirst()));
        add("bit_or", 1, 1, (c, a, o) -> bits(BitFold.Operator.OR, c, a.getFirst()));
        add("bit_xor", 1, 1, (c, a, o) -> bits(BitFold.Operator.XOR, c, a.getFirst()));
        add("std", 1, 1, (c, a, o) -> variance("std", false, true, c, a.getFirst()));
        add("stddev", 1, 1, (c, a, o) -> variance("stddev", false, true, c, a.getFirst()));
        add("stddev_pop", 1, 1, (c, a, o) -> variance("stddev_pop", false, true, c, a.getFirst()));
        add("stddev_samp", 1, 1, (c, a, o) -> variance("stddev_samp", true, true, c, a.getFirst()));
        add("variance", 1, 1, (c, a, o) -> variance("variance", false, false, c, a.getFirst()));
        add("var_pop", 1, 1, (c, a, o) -> variance("var_pop", false, false, c, a.getFirst()));
        add("var_samp", 1, 1, (c, a, o) -> variance("var_samp", true, false, c, a.getFirst()));
        add("json_arrayagg", 1, 1, (c, a, o) -> json("json_arrayagg", c, a));
        add("json_objectagg", 2, 2, (c, a, o) -> json("json_objectagg", c, a));
        add("group_concat", 1, Integer.MAX_VALUE, Aggregates::groupConcat);
    }

    private Aggregates() {}

    /// The definition of an aggregate's name in lower case. `count` without arguments is COUNT(*).
    public static Optional<AggregateFunction.Definition> find(String lowerName) {
        return Optional.ofNullable(BY_NAME.get(lowerName));
    }

    /// The names, sorted.
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    private interface Binder {
        Bound bind(BindContext context, List<Expr> arguments, Options options);
    }

    private record Entry(String name, int least, int most, Binder binder) implements AggregateFunction.Definition {
        @Override
        public Bound bind(BindContext context, List<Expr> arguments, Options options) {
            if (arguments.size() < least || arguments.size() > most) {
                throw new SqlException(ErrorCode.WRONG_PARAMETER_COUNT_TO_FUNCTION, name.toUpperCase(Locale.ROOT));
            }
            return binder.bind(context, arguments, options);
        }
    }

    private static void add(String name, int least, int most, Binder binder) {
        BY_NAME.put(name, new Entry(name, least, most, binder));
    }

    private static Bound count(BindContext context, List<Expr> arguments, Options options) {
        return new Bound(new Kernel("count", c -> new CountAccumulator()), arguments, SqlType.BIGINT, false);
    }

    private static Bound sum(BindContext context, List<Expr> arguments, Options options) {
        Expr shown = Casts.toNumber(arguments.getFirst(), context);
        Expr number = summand(shown, options);
        SqlType type = number.type();
        if (type.kind().isApproximate()) {
            return new Bound(
                    new Kernel("sum", c -> new DoubleSum(false)),
                    List.of(Casts.implicit(number, SqlType.DOUBLE, context)),
                    SqlType.DOUBLE,
                    true);
        }
        int scale = Math.max(shown.type().scale(), 0);
        SqlType declared = SqlType.decimal(NumericTypes.precision(shown) + SUM_DIGITS, scale);
        SqlType result = DecimalOps.widened(declared, Math.max(type.scale(), 0) - scale);
        return new Bound(
                new Kernel("sum", c -> new ExactSum(type, result, false)), List.of(number), result, true, declared);
    }

    /// What SUM and AVG add up: all digits of a number, of distinct ones those that tell them apart.
    private static Expr summand(Expr number, Options options) {
        return options.distinct()
                ? DecimalOps.settled(DecimalOps.unrounded(number), number.type())
                : DecimalOps.unrounded(number);
    }

    private static Bound average(BindContext context, List<Expr> arguments, Options options) {
        Expr shown = Casts.toNumber(arguments.getFirst(), context);
        Expr number = summand(shown, options);
        SqlType type = number.type();
        if (type.kind().isApproximate()) {
            return new Bound(
                    new Kernel("avg", c -> new DoubleSum(true)),
                    List.of(Casts.implicit(number, SqlType.DOUBLE, context)),
                    SqlType.DOUBLE,
                    true);
        }
        int increment = context.divPrecisionIncrement();
        int scale = Math.min(Math.max(shown.type().scale(), 0) + increment, SqlType.MAX_DECIMAL_SCALE);
        SqlType declared = SqlType.decimal(NumericTypes.precision(shown) + increment, scale);
        int full = Math.max(scale, Arithmetic.divisionScale(Math.max(type.scale(), 0), 0, increment));
        SqlType result = DecimalOps.widened(declared, full - scale);
        return new Bound(
                new Kernel("avg", c -> new ExactSum(type, result, true)), List.of(number), result, true, declared);
    }

    /// AVG of exact numbers whose sum and count are divided as doubles.
    public static Bound doubleAverage(Bound average) {
        SqlType argument = average.arguments().getFirst().type();
        return new Bound(
                new Kernel("avg", c -> new ExactSum(argument, SqlType.DOUBLE, true)),
                average.arguments(),
                SqlType.DOUBLE,
                true);
    }

    private static Bound extreme(String name, boolean least, BindContext context, Expr argument) {
        TypeKind kind = argument.type().kind();
        Expr value = switch (kind) {
            case ENUM, SET -> Casts.toText(argument, context);
            case BIT -> Casts.toNumber(argument, context);
            default -> DecimalOps.unrounded(argument);
        };
        SqlType type = value.type();
        SqlType declared = kind == TypeKind.DECIMAL ? argument.type() : type;
        Comparison order = new Comparison(
                least ? Comparison.Operator.LESS : Comparison.Operator.GREATER,
                domain(type),
                type.kind().isString()
                        ? CollationMix.forComparison(name, List.of(value)).collation()
                        : Collation.BINARY);
        return new Bound(
                new Kernel(name, c -> new ExtremeAccumulator(type, order)), List.of(value), type, true, declared);
    }

    private static Comparison.Domain domain(SqlType type) {
        return switch (type.physical()) {
            case LONG -> NumericTypes.isUnsigned(type) ? Comparison.Domain.UNSIGNED : Comparison.Domain.SIGNED;
            case DOUBLE -> Comparison.Domain.DOUBLE;
            case DECIMAL -> Comparison.Domain.DECIMAL;
            case BYTES -> type.kind() == TypeKind.JSON ? Comparison.Domain.JSON : Comparison.Domain.TEXT;
        };
    }

    private static Bound anyValue(Expr argument) {
        SqlType type = argument.type();
        return new Bound(new Kernel("any_value", c -> new FirstAccumulator(type)), List.of(argument), type, true);
    }

    private static Bound bits(BitFold.Operator operator, BindContext context, Expr argument) {
        if (argument.type().isBinaryString() && !Expr.Constant.isHexLiteral(argument)) {
            SqlType type = argument.type();
            return new Bound(
                    new Kernel(operator.sqlName(), c -> new BinaryFold(operator, type)),
                    List.of(argument),
                    type,
                    operator != BitFold.Operator.AND);
        }
        Expr value = Casts.toInteger(argument, context);
        return new Bound(
                new Kernel(operator.sqlName(), c -> new BitFold(operator)),
                List.of(value),
                SqlType.BIGINT_UNSIGNED,
                false);
    }

    private static Bound variance(String name, boolean sample, boolean root, BindContext context, Expr argument) {
        return new Bound(
                new Kernel(name, c -> new VarianceAccumulator(sample, root)),
                List.of(Casts.implicit(argument, SqlType.DOUBLE, context)),
                SqlType.DOUBLE,
                true);
    }

    private static Bound json(String name, BindContext context, List<Expr> arguments) {
        boolean isObject = arguments.size() == 2;
        List<Expr> values = new ArrayList<>();
        if (isObject) {
            values.add(Casts.toText(arguments.getFirst(), context));
        }
        values.add(Casts.implicit(arguments.getLast(), SqlType.JSON, context));
        return new Bound(new Kernel(name, c -> new JsonAccumulator(isObject)), values, SqlType.JSON, true);
    }

    private static Bound groupConcat(BindContext context, List<Expr> arguments, Options options) {
        List<Expr> texts = new ArrayList<>();
        arguments.forEach(a -> texts.add(Casts.toText(a, context)));
        Collation collation = CollationMix.forResult("group_concat", texts).collation();
        String separator = options.separator() == null ? "," : options.separator();
        boolean binary = collation == Collation.BINARY;
        SqlType type = SqlType.string(binary ? TypeKind.BLOB : TypeKind.TEXT, -1, collation);
        return new Bound(
                new Kernel(
                        "group_concat",
                        c -> new ConcatAccumulator(
                                separator, c, c.session().numericVariable("group_concat_max_len"), !binary)),
                texts,
                type,
                true);
    }
}
