package io.qomo.query.eval;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.List;

/// Computes what is known before execution.
///
/// Only pure functions of constants are computed, so the result may be kept in a cached plan. What would throw or warn
/// stays as it is and does so when (and if) it is executed.
public final class Folding {
    private Folding() {}

    /// The folded expression; the same instance if there is nothing to fold.
    public static Expr fold(Expr expr, EvalContext context) {
        return ExprRewriter.rewrite(expr, e -> foldNode(e, context));
    }

    private static Expr foldNode(Expr expr, EvalContext context) {
        return switch (expr) {
            case Expr.Call call -> foldCall(call, context);
            case Expr.Logic logic -> foldLogic(logic);
            case Expr.Case c -> foldCase(c);
            case Expr.Coalesce c -> foldCoalesce(c);
            case Expr.Constant c -> c;
            case Expr.Column c -> c;
            case Expr.Parameter p -> p;
            case Expr.Correlated c -> c;
            case Expr.Subquery s -> s;
        };
    }

    private static Expr foldCall(Expr.Call call, EvalContext context) {
        if (!call.function().isPure()) {
            return call;
        }
        for (Expr argument : call.arguments()) {
            if (!(argument instanceof Expr.Constant)) {
                return call;
            }
        }
        try {
            return new Expr.Constant(Constants.copyOf(Evaluator.evaluateConstant(call, new QuietContext(context)), 0));
        } catch (SqlException | QuietContext.Warned e) {
            return call;
        }
    }

    private static Expr foldLogic(Expr.Logic logic) {
        List<Expr> kept = new ArrayList<>();
        for (Expr condition : logic.conditions()) {
            if (condition instanceof Expr.Constant c && !c.value().isNull(0)) {
                if (Truth.isNonZero(c.value(), 0) == logic.isAnd()) {
                    continue;
                }
                if (kept.isEmpty() || kept.stream().allMatch(ExprWalker::isDeterministic)) {
                    return truth(!logic.isAnd());
                }
            }
            kept.add(condition);
        }
        if (kept.isEmpty()) {
            return truth(logic.isAnd());
        }
        if (kept.size() == 1 && isTruthValue(kept.getFirst())) {
            return kept.getFirst();
        }
        if (kept.size() == logic.conditions().size()) {
            return logic;
        }
        if (kept.size() == 1) {
            kept.add(truth(logic.isAnd()));
            return kept.size() == logic.conditions().size() ? logic : new Expr.Logic(logic.isAnd(), kept);
        }
        return new Expr.Logic(logic.isAnd(), kept);
    }

    /// True of expressions whose value is 0, 1 or NULL for certain.
    private static boolean isTruthValue(Expr expr) {
        return switch (expr) {
            case Expr.Logic l -> true;
            case Expr.Subquery s -> s.kind() != Expr.Subquery.Kind.SCALAR;
            case Expr.Call call -> call.function().isPredicate();
            case Expr.Constant c -> c.value().isNull(0);
            case Expr.Column c -> false;
            case Expr.Parameter p -> false;
            case Expr.Correlated c -> false;
            case Expr.Case c -> false;
            case Expr.Coalesce c -> false;
        };
    }

    private static Expr foldCase(Expr.Case c) {
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        Expr otherwise = c.otherwise();
        for (int i = 0; i < c.conditions().size(); i++) {
            if (c.conditions().get(i) instanceof Expr.Constant condition) {
                if (Truth.holds(condition.value(), 0)) {
                    otherwise = c.results().get(i);
                    break;
                }
                continue;
            }
            conditions.add(c.conditions().get(i));
            results.add(c.results().get(i));
        }
        if (conditions.size() == c.conditions().size()) {
            return c;
        }
        if (conditions.isEmpty() && otherwise.type().equals(c.type())) {
            return otherwise;
        }
        return new Expr.Case(conditions, results, otherwise, c.type(), c.coercibility());
    }

    private static Expr foldCoalesce(Expr.Coalesce c) {
        List<Expr> kept = new ArrayList<>();
        for (Expr argument : c.arguments()) {
            if (ExprWalker.isNullConstant(argument)) {
                continue;
            }
            kept.add(argument);
            if (!argument.nullable()) {
                break;
            }
        }
        if (kept.isEmpty()) {
            return new Expr.Constant(Vector.constantNull(c.type()));
        }
        if (kept.size() == c.arguments().size()) {
            return c;
        }
        if (kept.size() == 1 && kept.getFirst().type().equals(c.type())) {
            return kept.getFirst();
        }
        return new Expr.Coalesce(kept, c.type(), c.coercibility());
    }

    private static Expr truth(boolean value) {
        return new Expr.Constant(LongVector.constant(SqlType.BIGINT, value ? 1 : 0));
    }
}
