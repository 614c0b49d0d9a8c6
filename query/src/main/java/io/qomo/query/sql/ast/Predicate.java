package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expressions that are true, false or unknown.
public sealed interface Predicate extends Expression {
    /// `left = right` and its kin.
    record ComparisonPredicate(Span span, ComparisonOperator operator, Expression left, Expression right)
            implements Predicate {}

    /// `left = ANY (query)`, `left > ALL (query)`; SOME is ANY.
    record QuantifiedComparison(
            Span span, ComparisonOperator operator, Expression left, boolean all, QueryExpression query)
            implements Predicate {}

    /// `operand \[NOT] BETWEEN low AND high`.
    record BetweenPredicate(Span span, Expression operand, Expression low, Expression high, boolean negated)
            implements Predicate {}

    /// `operand \[NOT] IN (values)`.
    record InPredicate(Span span, Expression operand, List<Expression> values, boolean negated) implements Predicate {
        /// Copies the list.
        public InPredicate {
            values = List.copyOf(values);
        }
    }

    /// `operand \[NOT] IN (query)`.
    record InSubqueryPredicate(Span span, Expression operand, QueryExpression query, boolean negated)
            implements Predicate {}

    /// `operand \[NOT] LIKE pattern [ESCAPE escape]`.
    record LikePredicate(
            Span span,
            Expression operand,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated) implements Predicate {}

    /// `operand \[NOT] REGEXP pattern`, RLIKE.
    record RegexpPredicate(Span span, Expression operand, Expression pattern, boolean negated) implements Predicate {}

    /// `left SOUNDS LIKE right`.
    record SoundsLikePredicate(Span span, Expression left, Expression right) implements Predicate {}

    /// `operand IS \[NOT] NULL` (and IS UNKNOWN, which MySQL treats as the same).
    record IsNullPredicate(Span span, Expression operand, boolean negated) implements Predicate {}

    /// `operand IS \[NOT] TRUE` or FALSE.
    record IsTruthPredicate(Span span, Expression operand, boolean truth, boolean negated) implements Predicate {}

    /// `EXISTS (query)`.
    record ExistsPredicate(Span span, QueryExpression query) implements Predicate {}

    /// `value MEMBER OF (array)`.
    record MemberOfPredicate(Span span, Expression value, Expression array) implements Predicate {}

    /// `MATCH (columns) AGAINST (against mode)`.
    record MatchAgainst(Span span, List<ColumnReference> columns, Expression against, Mode mode) implements Predicate {
        /// Copies the list.
        public MatchAgainst {
            columns = List.copyOf(columns);
        }

        /// The search modifier.
        public enum Mode {
            NATURAL_LANGUAGE,
            NATURAL_LANGUAGE_WITH_QUERY_EXPANSION,
            BOOLEAN,
            WITH_QUERY_EXPANSION
        }
    }

    /// Comparisons of two values.
    enum ComparisonOperator {
        EQUAL("="),
        NULL_SAFE_EQUAL("<=>"),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String text;

        ComparisonOperator(String text) {
            this.text = text;
        }

        /// As MySQL prints it.
        public String text() {
            return text;
        }
    }
}
