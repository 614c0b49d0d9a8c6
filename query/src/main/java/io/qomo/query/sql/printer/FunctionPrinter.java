package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.AggregateFunction;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.AggregateCall;
import io.qomo.query.sql.ast.Expression.FunctionCall;
import io.qomo.query.sql.ast.Expression.WindowCall;
import io.qomo.query.sql.ast.SpecialFunction;
import io.qomo.query.sql.ast.SpecialFunction.CharFunction;
import io.qomo.query.sql.ast.SpecialFunction.ExtractFunction;
import io.qomo.query.sql.ast.SpecialFunction.GetFormatFunction;
import io.qomo.query.sql.ast.SpecialFunction.JsonResponse;
import io.qomo.query.sql.ast.SpecialFunction.JsonValueFunction;
import io.qomo.query.sql.ast.SpecialFunction.TimestampDiffFunction;
import io.qomo.query.sql.ast.SpecialFunction.TrimFunction;
import io.qomo.query.sql.ast.SpecialFunction.WeightStringFunction;
import io.qomo.query.sql.parser.SqlParser;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls.
final class FunctionPrinter {
    /// What MySQL calls functions that have names of the standard too.
    private static final Map<String, String> CANONICAL = Map.of(
            "current_date",
            "curdate",
            "current_time",
            "curtime",
            "current_timestamp",
            "now",
            "localtime",
            "now",
            "localtimestamp",
            "now");

    private final SqlWriter out;
    private final ExpressionPrinter expressions;

    FunctionPrinter(SqlWriter out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
    }

    void print(FunctionCall call) {
        if (call.schema() != null) {
            out.name(call.schema()).text(".").name(call.name());
        } else {
            String name = CANONICAL.getOrDefault(call.name(), call.name());
            if (SqlParser.isPlainFunctionName(name)) {
                out.text(name);
            } else {
                out.name(name);
            }
        }
        out.text("(");
        expressions.list(call.arguments());
        out.text(")");
    }

    void print(AggregateCall call) {
        out.text(call.function().name().toLowerCase(Locale.ROOT)).text("(");
        out.text(call.distinct() ? "distinct " : "");
        if (call.arguments().isEmpty() && call.function() == AggregateFunction.COUNT) {
            out.text("*");
        }
        expressions.list(call.arguments());
        if (!call.orderBy().isEmpty()) {
            out.text(" order by ");
            expressions.orderItems(call.orderBy());
        }
        if (call.separator() != null) {
            out.text(" separator ").string(call.separator());
        }
        out.text(")");
        expressions.over(call.over());
    }

    void print(WindowCall call) {
        out.text(call.function().name().toLowerCase(Locale.ROOT)).text("(");
        expressions.list(call.arguments());
        out.text(")");
        out.text(call.fromLast() ? " from last" : "");
        out.text(call.ignoreNulls() ? " ignore nulls" : "");
        expressions.over(call.over());
    }

    void print(SpecialFunction function) {
        switch (function) {
            case ExtractFunction extract -> {
                out.text("extract(").text(lower(extract.unit())).text(" from ");
                close(extract.operand());
            }
            case TrimFunction trim -> print(trim);
            case CharFunction call -> {
                out.text("char(");
                expressions.list(call.codes());
                out.text(call.charset() == null ? ")" : " using " + call.charset() + ")");
            }
            case TimestampDiffFunction diff -> {
                out.text("timestampdiff(").text(diff.unit().name()).text(",");
                expressions.print(diff.from());
                out.text(",");
                close(diff.to());
            }
            case GetFormatFunction format -> {
                out.text("get_format(").text(format.type().name()).text(",");
                close(format.standard());
            }
            case WeightStringFunction weight -> {
                out.text("weight_string(");
                expressions.print(weight.operand());
                if (weight.length() >= 0) {
                    out.text(weight.binary() ? " as binary(" : " as char(");
                    out.number(weight.length()).text(")");
                }
                out.text(")");
            }
            case JsonValueFunction value -> print(value);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void close(Expression last) {
        expressions.print(last);
        out.text(")");
    }

    private void print(TrimFunction trim) {
        out.text("trim(");
        if (trim.side() != TrimFunction.Side.BOTH || trim.remove() != null) {
            out.text(lower(trim.side())).text(" ");
            if (trim.remove() != null) {
                expressions.print(trim.remove());
                out.text(" ");
            }
            out.text("from ");
        }
        close(trim.operand());
    }

    private void print(JsonValueFunction value) {
        out.text("json_value(");
        expressions.print(value.document());
        out.text(", ");
        expressions.print(value.path());
        if (value.returning() != null) {
            out.text(" returning ");
            TypePrinter.printCast(out, value.returning());
        }
        response(value.onEmpty(), " on empty");
        response(value.onError(), " on error");
        out.text(")");
    }

    /// `null on empty` and the like.
    void response(@Nullable JsonResponse response, String event) {
        if (response == null) {
            return;
        }
        out.text(" ").text(lower(response.kind()));
        if (response.defaultValue() != null) {
            out.text(" ");
            expressions.print(response.defaultValue());
        }
        out.text(event);
    }
}
