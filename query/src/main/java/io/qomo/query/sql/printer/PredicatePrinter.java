package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Predicate;
import io.qomo.query.sql.ast.Predicate.BetweenPredicate;
import io.qomo.query.sql.ast.Predicate.ComparisonPredicate;
import io.qomo.query.sql.ast.Predicate.ExistsPredicate;
import io.qomo.query.sql.ast.Predicate.InPredicate;
import io.qomo.query.sql.ast.Predicate.InSubqueryPredicate;
import io.qomo.query.sql.ast.Predicate.IsNullPredicate;
import io.qomo.query.sql.ast.Predicate.IsTruthPredicate;
import io.qomo.query.sql.ast.Predicate.LikePredicate;
import io.qomo.query.sql.ast.Predicate.MatchAgainst;
import io.qomo.query.sql.ast.Predicate.MemberOfPredicate;
import io.qomo.query.sql.ast.Predicate.QuantifiedComparison;
import io.qomo.query.sql.ast.Predicate.RegexpPredicate;
import io.qomo.query.sql.ast.Predicate.SoundsLikePredicate;

/// Conditions, each in parentheses.
final class PredicatePrinter {
    private final SqlWriter out;
    private final ExpressionPrinter expressions;

    PredicatePrinter(SqlWriter out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
    }

    void print(Predicate predicate) {
        if (predicate instanceof ExistsPredicate exists) {
            out.text("exists");
            expressions.parenthesized(exists.query());
            return;
        }
        out.text("(");
        body(predicate);
        out.text(")");
    }

    private void operand(Expression operand, String text) {
        expressions.print(operand);
        out.text(text);
    }

    private void body(Predicate predicate) {
        switch (predicate) {
            case ComparisonPredicate comparison -> {
                operand(comparison.left(), " " + comparison.operator().text() + " ");
                expressions.print(comparison.right());
            }
            case QuantifiedComparison comparison -> {
                operand(comparison.left(), " " + comparison.operator().text() + (comparison.all() ? " all " : " any "));
                expressions.parenthesized(comparison.query());
            }
            case BetweenPredicate between -> {
                operand(between.operand(), between.negated() ? " not between " : " between ");
                operand(between.low(), " and ");
                expressions.print(between.high());
            }
            case InPredicate in -> {
                operand(in.operand(), in.negated() ? " not in (" : " in (");
                expressions.list(in.values());
                out.text(")");
            }
            case InSubqueryPredicate in -> {
                operand(in.operand(), in.negated() ? " not in " : " in ");
                expressions.parenthesized(in.query());
            }
            case LikePredicate like -> {
                operand(like.operand(), like.negated() ? " not like " : " like ");
                expressions.print(like.pattern());
                if (like.escape() != null) {
                    out.text(" escape ");
                    expressions.print(like.escape());
                }
            }
            case RegexpPredicate regexp -> {
                operand(regexp.operand(), regexp.negated() ? " not regexp " : " regexp ");
                expressions.print(regexp.pattern());
            }
            case SoundsLikePredicate sounds -> {
                operand(sounds.left(), " sounds like ");
                expressions.print(sounds.right());
            }
            case IsNullPredicate test -> operand(test.operand(), test.negated() ? " is not null" : " is null");
            case IsTruthPredicate test -> {
                operand(test.operand(), test.negated() ? " is not " : " is ");
                out.text(test.truth() ? "true" : "false");
            }
            case ExistsPredicate exists -> expressions.parenthesized(exists.query());
            case MemberOfPredicate member -> {
                operand(member.value(), " member of (");
                operand(member.array(), ")");
            }
            case MatchAgainst match -> {
                out.text("match ").list(match.columns(), expressions::print).text(" against (");
                expressions.print(match.against());
                out.text(
                        switch (match.mode()) {
                            case NATURAL_LANGUAGE -> ")";
                            case BOOLEAN -> " in boolean mode)";
                            case NATURAL_LANGUAGE_WITH_QUERY_EXPANSION, WITH_QUERY_EXPANSION ->
                                " with query expansion)";
                        });
            }
        }
    }
}
