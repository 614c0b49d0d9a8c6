package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions whose arguments are not just a list of expressions.
public sealed interface SpecialFunction extends Expression {
    /// `EXTRACT(unit FROM operand)`.
    record ExtractFunction(Span span, IntervalUnit unit, Expression operand) implements SpecialFunction {}

    /// `TRIM([BOTH|LEADING|TRAILING] \[remove] FROM operand)`; `TRIM(operand)` has BOTH and null.
    record TrimFunction(Span span, Side side, @Nullable Expression remove, Expression operand)
            implements SpecialFunction {
        /// Which end is trimmed.
        public enum Side {
            BOTH,
            LEADING,
            TRAILING
        }
    }

    /// `CHAR(codes [USING charset])`; without a charset the result is binary.
    record CharFunction(
            Span span, List<Expression> codes, @Nullable String charset) implements SpecialFunction {
        /// Copies the list.
        public CharFunction {
            codes = List.copyOf(codes);
        }
    }

    /// `TIMESTAMPDIFF(unit, from, to)`.
    record TimestampDiffFunction(Span span, IntervalUnit unit, Expression from, Expression to)
            implements SpecialFunction {}

    /// `GET_FORMAT(type, standard)`; DATETIME and TIMESTAMP are the same.
    record GetFormatFunction(Span span, Type type, Expression standard) implements SpecialFunction {
        /// The type whose format is asked for.
        public enum Type {
            DATE,
            TIME,
            DATETIME
        }
    }

    /// `WEIGHT_STRING(operand [AS CHAR(n) | AS BINARY(n)])`.
    ///
    /// @param length characters or bytes, -1 when not given
    record WeightStringFunction(Span span, Expression operand, boolean binary, int length) implements SpecialFunction {}

    /// `JSON_VALUE(document, path [RETURNING type] [on empty] [on error])`.
    record JsonValueFunction(
            Span span,
            Expression document,
            Expression path,
            @Nullable DataType returning,
            @Nullable JsonResponse onEmpty,
            @Nullable JsonResponse onError)
            implements SpecialFunction {}

    /// What a JSON path gives when nothing is found or the value does not fit.
    record JsonResponse(Kind kind, @Nullable Expression defaultValue) {
        /// ERROR, NULL, or DEFAULT with a value.
        public enum Kind {
            ERROR,
            NULL,
            DEFAULT
        }
    }
}
