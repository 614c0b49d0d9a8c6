package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.analyze.Block.WindowUse;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.Frame;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.WindowFunction;
import io.qomo.query.sql.ast.WindowReference;
import io.qomo.query.sql.ast.WindowReference.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Binds window functions.
///
/// Source: MySQL 8.0 manual, "Window Functions".
final class WindowAnalyzer {
    private final Scope scope;
    private final ExpressionAnalyzer binder;
    private final Calls calls;

    WindowAnalyzer(Scope scope, ExpressionAnalyzer binder) {
        this.scope = scope;
        this.binder = binder;
        this.calls = new Calls(scope.block().environment());
    }

    /// An aggregate with OVER.
    Expr bind(Expression.AggregateCall call, WindowReference over) {
        String name = call.function().name().toLowerCase(Locale.ROOT);
        checkPlace(name);
        if (call.distinct()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "<window function>(DISTINCT ..)");
        }
        if (name.equals("group_concat")) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "group_concat as window function");
        }
        AggregateCall bound = new AggregateAnalyzer(scope, binder).call(call, WindowAnalyzer::kept);
        AggregateFunction.Bound b = bound.bound();
        Column column = add(
                over,
                name,
                (frame, order) -> new WindowCall("aggregate", b, b.arguments(), frame, b.type(), b.nullable()));
        return DecimalOps.settled(column, b.shown());
    }

    /// An argument as the temporary table keeps it that windows read.
    private static Expr kept(Expr argument) {
        return DecimalOps.settled(DecimalOps.unrounded(argument), argument.type());
    }

    /// A function that exists only with OVER.
    Expr bind(Expression.WindowCall call) {
        String name = name(call.function());
        checkPlace(name);
        if (call.ignoreNulls()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "IGNORE NULLS");
        }
        if (call.fromLast()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "FROM LAST");
        }
        List<Expr> arguments = arguments(call);
        SqlType type = type(call.function(), arguments);
        boolean nullable = isNullable(call.function(), arguments);
        boolean framed = call.function() == WindowFunction.FIRST_VALUE
                || call.function() == WindowFunction.LAST_VALUE
                || call.function() == WindowFunction.NTH_VALUE;
        return add(
                call.over(),
                name,
                (frame, order) -> new WindowCall(name, null, arguments, framed ? frame : null, type, nullable));
    }

    private void checkPlace(String name) {
        if (!scope.block().clause().allowsWindows() || scope.block().isInAggregate()) {
            throw new SqlException(ErrorCode.INVALID_WINDOW_FUNC_USE, name);
        }
    }

    /// LAG and LEAD get all three arguments, the default in the type of the first.
    private List<Expr> arguments(Expression.WindowCall call) {
        List<Expr> arguments =
                new ArrayList<>(call.arguments().stream().map(binder::bind).toList());
        switch (call.function()) {
            case LAG, LEAD -> {
                if (arguments.size() == 1) {
                    arguments.add(Calls.integer(1));
                }
                Expr value = arguments.get(0);
                Expr otherwise = arguments.size() > 2 ? arguments.get(2) : Calls.nullOf(value.type());
                SqlType type = calls.merge(name(call.function()), List.of(value, otherwise));
                arguments = new ArrayList<>(List.of(
                        calls.cast(value, type),
                        calls.cast(arguments.get(1), SqlType.BIGINT),
                        calls.cast(otherwise, type)));
            }
            case NTILE -> arguments.set(0, calls.cast(arguments.get(0), SqlType.BIGINT));
            case NTH_VALUE -> arguments.set(1, calls.cast(arguments.get(1), SqlType.BIGINT));
            case ROW_NUMBER, RANK, DENSE_RANK, CUME_DIST, PERCENT_RANK, FIRST_VALUE, LAST_VALUE -> {}
        }
        return arguments;
    }

    private static SqlType type(WindowFunction f, List<Expr> arguments) {
        return switch (f) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> SqlType.BIGINT_UNSIGNED;
            case CUME_DIST, PERCENT_RANK -> SqlType.DOUBLE;
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                arguments.getFirst().type();
        };
    }

    private static boolean isNullable(WindowFunction f, List<Expr> arguments) {
        return switch (f) {
            case ROW_NUMBER, RANK, DENSE_RANK, CUME_DIST, PERCENT_RANK -> false;
            case NTILE -> arguments.getFirst().nullable();
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> true;
        };
    }

    private static String name(WindowFunction f) {
        return f.name().toLowerCase(Locale.ROOT);
    }

    private interface CallMaker {
        WindowCall make(@Nullable Frame frame, List<SortKey> order);
    }

    private Column add(WindowReference over, String name, CallMaker maker) {
        Window window = resolve(over);
        Block block = scope.block();
        List<Expr> partition = window.partition.stream()
                .map(e -> key(e, Clause.WINDOW_PARTITION, window))
                .toList();
        List<SortKey> order = new ArrayList<>();
        for (OrderItem item : window.order) {
            order.add(new SortKey(key(item.expression(), Clause.WINDOW_ORDER, window), item.descending()));
        }
        Frame frame = window.frame == null ? null : frame(window, order);
        WindowCall call = maker.make(frame, order);
        Column column = block.environment().analysis().newColumn(call.type(), call.nullable(), name);
        block.addWindow(new WindowUse(column, partition, order, call));
        return column;
    }

    /// What a window is partitioned or ordered by. Error WINDOW_ILLEGAL_ORDER_BY for a position.
    private Expr key(Expression e, Clause clause, Window window) {
        if (e instanceof Literal.IntegerLiteral) {
            throw new SqlException(ErrorCode.WINDOW_ILLEGAL_ORDER_BY, window.name);
        }
        Block block = scope.block();
        Clause around = block.clause();
        block.enter(clause);
        try {
            return binder.bind(e);
        } finally {
            block.enter(around);
        }
    }

    /// A window with what it inherits.
    private record Window(
            String name,
            List<Expression> partition,
            List<OrderItem> order,
            WindowReference.@Nullable WindowFrame frame) {}

    private Window resolve(WindowReference over) {
        return switch (over) {
            case WindowReference.NamedWindow n -> named(n.name(), 0);
            case WindowSpecification s -> specified("<unnamed window>", s, 0);
        };
    }

    private Window named(String name, int depth) {
        for (WindowReference.WindowDefinition d : scope.block().windowDefinitions()) {
            if (d.name().equalsIgnoreCase(name)) {
                if (depth > scope.block().windowDefinitions().size()) {
                    throw new SqlException(ErrorCode.WINDOW_CIRCULARITY);
                }
                return specified(d.name(), d.specification(), depth + 1);
            }
        }
        throw new SqlException(ErrorCode.UNKNOWN_WINDOW, name);
    }

    private Window specified(String name, WindowSpecification s, int depth) {
        if (s.base() == null) {
            return new Window(name, s.partitionBy(), s.orderBy(), s.frame());
        }
        Window base = named(s.base(), depth);
        if (!s.partitionBy().isEmpty()) {
            throw new SqlException(ErrorCode.WINDOW_NO_CHILD_PARTITIONING);
        }
        if (base.frame != null) {
            throw new SqlException(ErrorCode.WINDOW_NO_INHERIT_FRAME, base.name);
        }
        if (!base.order.isEmpty() && !s.orderBy().isEmpty()) {
            throw new SqlException(ErrorCode.WINDOW_NO_REDEFINE_ORDER_BY, name, base.name);
        }
        return new Window(name, base.partition, base.order.isEmpty() ? s.orderBy() : base.order, s.frame());
    }

    private Frame frame(Window window, List<SortKey> order) {
        WindowReference.WindowFrame f = window.frame;
        if (f == null) {
            throw new IllegalStateException("no frame");
        }
        if (f.unit() == WindowReference.WindowFrame.Unit.GROUPS) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "GROUPS");
        }
        if (f.start().kind() == WindowReference.FrameBound.Kind.UNBOUNDED_FOLLOWING) {
            throw new SqlException(ErrorCode.WINDOW_FRAME_START_ILLEGAL, window.name);
        }
        if (f.end().kind() == WindowReference.FrameBound.Kind.UNBOUNDED_PRECEDING) {
            throw new SqlException(ErrorCode.WINDOW_FRAME_END_ILLEGAL, window.name);
        }
        if (f.start().kind().compareTo(f.end().kind()) > 0) {
            throw new SqlException(ErrorCode.WINDOW_FRAME_ILLEGAL, window.name);
        }
        boolean rows = f.unit() == WindowReference.WindowFrame.Unit.ROWS;
        if (!rows && (f.start().offset() != null || f.end().offset() != null)) {
            return rangeFrame(window, f, order);
        }
        return new Frame(rows, rowsBound(window, f.start()), rowsBound(window, f.end()));
    }

    private Frame.Bound rowsBound(Window window, WindowReference.FrameBound b) {
        Frame.Kind kind = Frame.Kind.valueOf(b.kind().name());
        if (b.offset() == null) {
            return new Frame.Bound(kind, null);
        }
        Expr offset = binder.bind(b.offset());
        boolean isCount =
                offset instanceof Expr.Parameter || offset.type().kind().isInteger();
        if (!isCount || b.unit() != null) {
            throw new SqlException(ErrorCode.WINDOW_FRAME_ILLEGAL, window.name);
        }
        return new Frame.Bound(kind, calls.cast(offset, SqlType.BIGINT_UNSIGNED));
    }

    /// RANGE with offsets: the order key is cast to the type the boundaries have, so that both compare.
    private Frame rangeFrame(Window window, WindowReference.WindowFrame f, List<SortKey> order) {
        if (order.size() != 1
                || !(order.getFirst().expression().type().kind().isNumeric()
                        || order.getFirst().expression().type().kind().isTemporal())) {
            throw new SqlException(ErrorCode.WINDOW_RANGE_FRAME_ORDER_TYPE, window.name);
        }
        SortKey key = order.getFirst();
        Expr value = key.expression();
        boolean temporal = value.type().kind().isTemporal();
        Expr start = boundary(window, f.start(), key);
        Expr end = boundary(window, f.end(), key);
        SqlType type = boundaryType(value, start, end, temporal);
        order.set(0, new SortKey(calls.cast(value, type), key.descending()));
        return new Frame(
                false,
                new Frame.Bound(
                        Frame.Kind.valueOf(f.start().kind().name()), start == null ? null : calls.cast(start, type)),
                new Frame.Bound(Frame.Kind.valueOf(f.end().kind().name()), end == null ? null : calls.cast(end, type)));
    }

    private SqlType boundaryType(Expr value, @Nullable Expr start, @Nullable Expr end, boolean temporal) {
        List<Expr> all = new ArrayList<>(List.of(value));
        if (start != null) {
            all.add(start);
        }
        if (end != null) {
            all.add(end);
        }
        if (temporal) {
            return value.type().kind() == TypeKind.TIME
                    ? SqlType.temporal(TypeKind.TIME, 6)
                    : SqlType.temporal(TypeKind.DATETIME, 6);
        }
        return calls.merge("RANGE", all);
    }

    private @Nullable Expr boundary(Window window, WindowReference.FrameBound b, SortKey key) {
        if (b.offset() == null) {
            return null;
        }
        boolean earlier = b.kind() == WindowReference.FrameBound.Kind.PRECEDING;
        boolean subtract = earlier != key.descending();
        Expr value = key.expression();
        Expr offset = binder.bind(b.offset());
        boolean temporal = value.type().kind().isTemporal();
        if (temporal != (b.unit() != null)) {
            throw new SqlException(
                    temporal ? ErrorCode.WINDOW_RANGE_FRAME_TEMPORAL_TYPE : ErrorCode.WINDOW_RANGE_FRAME_NUMERIC_TYPE,
                    window.name);
        }
        if (b.unit() != null) {
            return new SpecialFunctionAnalyzer(binder).addInterval(value, offset, b.unit(), subtract);
        }
        // Unsigned subtraction must not fail below zero.
        Expr wide = value.type().unsigned() ? calls.cast(value, SqlType.decimal(21, 0)) : value;
        return calls.binary(subtract ? "-" : "+", wide, offset);
    }
}
