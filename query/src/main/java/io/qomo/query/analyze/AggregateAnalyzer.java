package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Literal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Binds aggregates and decides which query block they belong to: the innermost one whose columns they read.
///
/// Source: SQL:2016 part 2, 10.9 (aggregation query), and MySQL, which falls back to a block further in where the
/// outer one stands in a clause without aggregates.
final class AggregateAnalyzer {
    private final Scope scope;
    private final ExpressionAnalyzer binder;
    private final Analysis analysis;

    AggregateAnalyzer(Scope scope, ExpressionAnalyzer binder) {
        this.scope = scope;
        this.binder = binder;
        this.analysis = scope.block().environment().analysis();
    }

    /// The column the aggregate becomes in its block. Error INVALID_GROUP_FUNC_USE.
    Expr bind(Expression.AggregateCall call) {
        Block here = scope.block();
        Set<Block> named = new HashSet<>();
        boolean nested = here.isInAggregate();
        analysis.beginLog(named);
        here.setInAggregate(true);
        AggregateCall bound;
        try {
            bound = call(call, UnaryOperator.identity());
        } finally {
            here.setInAggregate(nested);
            analysis.endLog();
        }
        Block owner = owner(named);
        if (owner.isInAggregate()) {
            throw new SqlException(ErrorCode.INVALID_GROUP_FUNC_USE);
        }
        analysis.reference(owner);
        Expr column = owner.aggregate(bound, call.function().name().toLowerCase(Locale.ROOT));
        return DecimalOps.rounded(column, bound.bound().shown());
    }

    /// The aggregate over bound arguments, for grouping and for windows alike.
    ///
    /// @param input what becomes of an argument before the aggregate sees it
    AggregateCall call(Expression.AggregateCall call, UnaryOperator<Expr> input) {
        List<Expr> arguments = new ArrayList<>(
                call.arguments().stream().map(binder::bind).map(input).toList());
        String name = call.function().name().toLowerCase(Locale.ROOT);
        List<SortKey> order = new ArrayList<>();
        for (OrderItem item : call.orderBy()) {
            Expr key = item.expression() instanceof Literal.IntegerLiteral n
                    ? arguments.get(QueryAnalyzer.position(n, arguments.size(), Clause.ORDER_BY))
                    : binder.bind(item.expression());
            order.add(new SortKey(key, item.descending()));
        }
        boolean distinct = call.distinct() && !name.equals("min") && !name.equals("max");
        AggregateFunction.Bound bound = new Calls(scope.block().environment())
                .aggregate(name, arguments, new AggregateFunction.Options(distinct, call.separator()));
        return new AggregateCall(bound, distinct, order);
    }

    private Block owner(Set<Block> named) {
        List<Block> chain = new ArrayList<>();
        for (Scope s = scope; s != null; s = s.outer()) {
            if (!chain.contains(s.block())) {
                chain.add(s.block());
            }
        }
        int from = 0;
        while (from < chain.size() - 1 && !named.contains(chain.get(from))) {
            from++;
        }
        if (!named.contains(chain.get(from))) {
            from = 0;
        }
        for (int i = from; i >= 0; i--) {
            if (chain.get(i).clause().allowsAggregates()) {
                return chain.get(i);
            }
        }
        throw new SqlException(ErrorCode.INVALID_GROUP_FUNC_USE);
    }
}
