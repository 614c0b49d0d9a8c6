package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.List;

/// JSON where MySQL does not compare it as JSON: simple CASE, BETWEEN, FIELD, LEAST, GREATEST, and IN of
/// rows take the text of a document, or a number beside numbers. The comparison operators and IN of
/// single values do compare JSON.
///
/// Source: MySQL 8.0 manual, "Comparison and Ordering of JSON Values".
final class JsonAsText {
    private JsonAsText() {}

    /// `left = right` of simple CASE.
    static Expr equal(Expr left, Expr right, BindContext context) {
        return Comparisons.bind(
                Comparison.Operator.EQUAL,
                beside(left, List.of(right), context),
                beside(right, List.of(left), context),
                context);
    }

    /// A value as it is compared with others: text if it is JSON or one of the others is, a number
    /// beside numbers; unchanged if none is JSON.
    static Expr beside(Expr value, List<Expr> others, BindContext context) {
        if (!isJson(value) && others.stream().noneMatch(JsonAsText::isJson)) {
            return value;
        }
        boolean numbers = isNumber(value) || others.stream().anyMatch(JsonAsText::isNumber);
        return numbers ? Casts.implicit(value, SqlType.DOUBLE, context) : Casts.toText(value, context);
    }

    static boolean isJson(Expr value) {
        return value.type().kind() == TypeKind.JSON;
    }

    private static boolean isNumber(Expr value) {
        return value.type().kind().isNumeric();
    }

    /// Warns, as MySQL does, that JSON is not compared as JSON, if one of the values is JSON.
    static void warn(List<Expr> values, String where, BindContext context) {
        if (values.stream().anyMatch(JsonAsText::isJson)) {
            context.evalContext().warn(ErrorCode.NOT_SUPPORTED_YET, "comparison of JSON " + where);
        }
    }
}
