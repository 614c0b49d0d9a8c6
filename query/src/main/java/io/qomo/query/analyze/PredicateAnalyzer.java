package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.Comparisons;
import io.qomo.query.function.Like;
import io.qomo.query.function.Operators;
import io.qomo.query.function.Predicates;
import io.qomo.query.function.SpecialFunctions;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.RowConstructor;
import io.qomo.query.sql.ast.Expression.SubqueryExpression;
import io.qomo.query.sql.ast.Predicate;
import io.qomo.query.sql.ast.Predicate.ComparisonOperator;
import java.util.ArrayList;
import java.util.List;

/// Binds comparisons and other predicates, those of rows included.
final class PredicateAnalyzer {
    private final ExpressionAnalyzer binder;
    private final Calls calls;
    private final BindContext context;

    PredicateAnalyzer(ExpressionAnalyzer binder) {
        this.binder = binder;
        this.calls = binder.calls();
        this.context = calls.context();
    }

    Expr bind(Predicate p) {
        return switch (p) {
            case Predicate.ComparisonPredicate c -> comparison(c);
            case Predicate.QuantifiedComparison q -> new SubqueryAnalyzer(binder).quantified(q);
            case Predicate.BetweenPredicate b ->
                Operators.between(
                        binder.bind(b.operand()), binder.bind(b.low()), binder.bind(b.high()), b.negated(), context);
            case Predicate.InPredicate in -> in(in);
            case Predicate.InSubqueryPredicate in ->
                negate(new SubqueryAnalyzer(binder).in(in.operand(), in.query()), in.negated());
            case Predicate.LikePredicate l ->
                Like.bind(
                        binder.bind(l.operand()),
                        binder.bind(l.pattern()),
                        l.escape() == null ? null : binder.bind(l.escape()),
                        l.negated(),
                        context);
            case Predicate.RegexpPredicate r ->
                negate(
                        SpecialFunctions.regexp(binder.bind(r.operand()), binder.bind(r.pattern()), context),
                        r.negated());
            case Predicate.SoundsLikePredicate s ->
                calls.binary(
                        "=",
                        calls.function("soundex", binder.bind(s.left())),
                        calls.function("soundex", binder.bind(s.right())));
            case Predicate.IsNullPredicate n -> Predicates.isNull(binder.bind(n.operand()), n.negated());
            case Predicate.IsTruthPredicate t ->
                t.truth()
                        ? Predicates.isTrue(binder.bind(t.operand()), t.negated(), context)
                        : Predicates.isFalse(binder.bind(t.operand()), t.negated(), context);
            case Predicate.ExistsPredicate e -> new SubqueryAnalyzer(binder).exists(e.query());
            case Predicate.MemberOfPredicate m ->
                calls.function("member of", binder.bind(m.value()), binder.bind(m.array()));
            case Predicate.MatchAgainst m -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "MATCH ... AGAINST");
        };
    }

    private Expr negate(Expr e, boolean negated) {
        return negated ? calls.not(e) : e;
    }

    /// The operator of the syntax tree's.
    static Comparison.Operator operator(ComparisonOperator op) {
        return Operators.comparison(op.text());
    }

    private Expr comparison(Predicate.ComparisonPredicate c) {
        boolean leftRow = c.left() instanceof RowConstructor;
        boolean rightRow = c.right() instanceof RowConstructor;
        Comparison.Operator op = operator(c.operator());
        if (leftRow && c.right() instanceof SubqueryExpression s) {
            return new SubqueryAnalyzer(binder).compareRow(elements(c.left()), op, s.query());
        }
        if (rightRow && c.left() instanceof SubqueryExpression s) {
            return new SubqueryAnalyzer(binder).compareRow(elements(c.right()), op.swapped(), s.query());
        }
        if (leftRow || rightRow) {
            return compareRows(c.left(), op, c.right());
        }
        return Comparisons.bind(op, binder.bind(c.left()), binder.bind(c.right()), context);
    }

    /// The elements of a row, or the one expression.
    static List<Expression> elements(Expression e) {
        return e instanceof RowConstructor r ? r.elements() : List.of(e);
    }

    private Expr compareRows(Expression left, Comparison.Operator op, Expression right) {
        List<Expression> l = elements(left);
        List<Expression> r = elements(right);
        if (l.size() != r.size()) {
            throw new SqlException(ErrorCode.OPERAND_COLUMNS, l.size());
        }
        if (l.getFirst() instanceof RowConstructor || r.getFirst() instanceof RowConstructor) {
            return compareNested(l, op, r);
        }
        return Comparisons.bindRows(op, binder.bindAll(l), binder.bindAll(r), context);
    }

    /// Rows of rows: only equality is defined by MySQL.
    private Expr compareNested(List<Expression> l, Comparison.Operator op, List<Expression> r) {
        if (op != Comparison.Operator.EQUAL && op != Comparison.Operator.NULL_SAFE_EQUAL) {
            throw new SqlException(ErrorCode.OPERAND_COLUMNS, 1);
        }
        List<Expr> parts = new ArrayList<>();
        for (int i = 0; i < l.size(); i++) {
            parts.add(compareRows(l.get(i), op, r.get(i)));
        }
        return calls.and(parts);
    }

    private Expr in(Predicate.InPredicate in) {
        if (in.operand() instanceof RowConstructor row) {
            return inRows(row, in);
        }
        return Operators.in(binder.bind(in.operand()), binder.bindAll(in.values()), in.negated(), context);
    }

    private Expr inRows(RowConstructor row, Predicate.InPredicate in) {
        boolean nested = row.elements().stream().anyMatch(RowConstructor.class::isInstance);
        if (nested) {
            List<Expr> parts = new ArrayList<>();
            for (Expression value : in.values()) {
                parts.add(compareRows(row, Comparison.Operator.EQUAL, value));
            }
            return negate(calls.or(parts), in.negated());
        }
        List<List<Expr>> items = new ArrayList<>();
        for (Expression value : in.values()) {
            if (value instanceof SubqueryExpression s) {
                throw new SqlException(
                        ErrorCode.NOT_SUPPORTED_YET, "a row subquery in a list of IN: " + binder.text(s));
            }
            List<Expression> elements = elements(value);
            if (elements.size() != row.elements().size()) {
                throw new SqlException(ErrorCode.OPERAND_COLUMNS, row.elements().size());
            }
            items.add(binder.bindAll(elements));
        }
        return Operators.inRows(binder.bindAll(row.elements()), items, in.negated(), context);
    }
}
