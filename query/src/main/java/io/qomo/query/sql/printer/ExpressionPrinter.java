package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.AggregateCall;
import io.qomo.query.sql.ast.Expression.Assignment;
import io.qomo.query.sql.ast.Expression.BinaryOperation;
import io.qomo.query.sql.ast.Expression.BinaryOperator;
import io.qomo.query.sql.ast.Expression.CaseExpression;
import io.qomo.query.sql.ast.Expression.CastExpression;
import io.qomo.query.sql.ast.Expression.CollateExpression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.ConvertUsing;
import io.qomo.query.sql.ast.Expression.DefaultFunction;
import io.qomo.query.sql.ast.Expression.DefaultValue;
import io.qomo.query.sql.ast.Expression.FunctionCall;
import io.qomo.query.sql.ast.Expression.IntervalArithmetic;
import io.qomo.query.sql.ast.Expression.JsonArrow;
import io.qomo.query.sql.ast.Expression.LogicalOperation;
import io.qomo.query.sql.ast.Expression.NamedArgument;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Expression.ParameterMarker;
import io.qomo.query.sql.ast.Expression.RowConstructor;
import io.qomo.query.sql.ast.Expression.SubqueryExpression;
import io.qomo.query.sql.ast.Expression.SystemVariable;
import io.qomo.query.sql.ast.Expression.UnaryOperation;
import io.qomo.query.sql.ast.Expression.UnaryOperator;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.query.sql.ast.Expression.ValuesFunction;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.Expression.WhenClause;
import io.qomo.query.sql.ast.Expression.WindowCall;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Predicate;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.SpecialFunction;
import io.qomo.query.sql.ast.WindowReference;
import io.qomo.query.sql.ast.WindowReference.FrameBound;
import io.qomo.query.sql.ast.WindowReference.NamedWindow;
import io.qomo.query.sql.ast.WindowReference.WindowFrame;
import io.qomo.query.sql.ast.WindowReference.WindowSpecification;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Expressions. Every operator is in parentheses, so precedence never matters.
final class ExpressionPrinter {
    private final SqlWriter out;
    private final PredicatePrinter predicates;
    private final FunctionPrinter functions;
    private final QueryPrinter queries;
    private final Names names;

    ExpressionPrinter(SqlWriter out) {
        this(out, Names.AS_WRITTEN);
    }

    ExpressionPrinter(SqlWriter out, Names names) {
        this.out = out;
        this.names = names;
        this.queries = new QueryPrinter(out, this);
        this.predicates = new PredicatePrinter(out, this);
        this.functions = new FunctionPrinter(out, this);
    }

    Names names() {
        return names;
    }

    FunctionPrinter functions() {
        return functions;
    }

    QueryPrinter queries() {
        return queries;
    }

    void print(Expression expression) {
        switch (expression) {
            case Literal literal -> print(literal);
            case Predicate predicate -> predicates.print(predicate);
            case SpecialFunction function -> functions.print(function);
            case Expression.Core core -> print(core);
        }
    }

    void list(List<Expression> expressions) {
        out.list(expressions, this::print);
    }

    void parenthesized(QueryExpression query) {
        out.text("(");
        queries.printUnnamed(query);
        out.text(")");
    }

    void orderItems(List<OrderItem> items) {
        out.list(items, item -> {
            print(item.expression());
            out.text(item.descending() ? " desc" : "");
        });
    }

    private void print(Literal literal) {
        switch (literal) {
            case Literal.NullLiteral _ -> out.text("NULL");
            case Literal.BooleanLiteral value -> out.text(value.value() ? "true" : "false");
            case Literal.IntegerLiteral value ->
                out.text(value.unsigned() ? Long.toUnsignedString(value.value()) : Long.toString(value.value()));
            case Literal.DecimalLiteral value -> out.text(value.text());
            case Literal.DoubleLiteral value -> out.text(value.text());
            case Literal.StringLiteral value -> {
                introducer(value.introducer());
                out.string(value.value());
            }
            case Literal.HexLiteral value -> {
                introducer(value.introducer());
                out.text(value.introducer() == null ? "x'" : " x'")
                        .text(value.digits())
                        .text("'");
            }
            case Literal.BitLiteral value -> {
                introducer(value.introducer());
                out.text(value.introducer() == null ? "b'" : " b'")
                        .text(value.bits())
                        .text("'");
            }
            case Literal.TemporalLiteral value -> out.text(value.kind().name()).string(value.text());
        }
    }

    private void column(ColumnReference written) {
        ColumnReference column = names.column(written);
        out.qualifier(column.schema()).qualifier(column.table()).name(column.column());
    }

    private void introducer(@Nullable String charset) {
        if (charset != null) {
            out.text("_").text(charset);
        }
    }

    private void print(Expression.Core core) {
        switch (core) {
            case ColumnReference column -> column(column);
            case ParameterMarker _ -> out.text("?");
            case UserVariable variable -> out.text("@").name(variable.name());
            case SystemVariable variable -> print(variable);
            case Assignment assignment -> {
                out.text("(@").name(assignment.variable()).text(":=");
                print(assignment.value());
                out.text(")");
            }
            case UnaryOperation operation -> print(operation);
            case BinaryOperation operation -> print(operation);
            case LogicalOperation operation -> print(operation);
            case CollateExpression collate -> {
                out.text("(");
                print(collate.operand());
                out.text(" collate ").text(collate.collation()).text(")");
            }
            case CaseExpression expression -> print(expression);
            case CastExpression cast -> print(cast);
            case ConvertUsing convert -> {
                out.text("convert(");
                print(convert.operand());
                out.text(" using ").text(convert.charset()).text(")");
            }
            case FunctionCall call -> functions.print(call);
            case NamedArgument argument -> {
                print(argument.value());
                out.text(" AS ").name(argument.name());
            }
            case AggregateCall call -> functions.print(call);
            case WindowCall call -> functions.print(call);
            case RowConstructor row -> {
                out.text(row.elements().size() == 1 ? "row(" : "(");
                list(row.elements());
                out.text(")");
            }
            case SubqueryExpression subquery -> parenthesized(subquery.query());
            case JsonArrow arrow -> {
                column(arrow.column());
                out.text(arrow.unquote() ? "->>" : "->").string(arrow.path());
            }
            case DefaultFunction function -> {
                out.text("default(");
                print(function.column());
                out.text(")");
            }
            case DefaultValue _ -> out.text("default");
            case ValuesFunction function -> {
                out.text("values(");
                print(function.column());
                out.text(")");
            }
            case IntervalArithmetic arithmetic -> {
                out.text("(");
                print(arithmetic.operand());
                out.text(arithmetic.subtract() ? " - interval " : " + interval ");
                print(arithmetic.interval().value());
                out.text(" ")
                        .text(arithmetic.interval().unit().name().toLowerCase(Locale.ROOT))
                        .text(")");
            }
        }
    }

    private void print(SystemVariable variable) {
        out.text("@@");
        if (variable.scope() != VariableScope.DEFAULT) {
            out.text(variable.scope().name().toLowerCase(Locale.ROOT)).text(".");
        }
        out.qualifier(variable.component()).name(variable.name());
    }

    private void print(UnaryOperation operation) {
        if (operation.operator() == UnaryOperator.NOT) {
            out.text("(not(");
            print(operation.operand());
            out.text("))");
            return;
        }
        boolean bare = operation.operand() instanceof Literal.IntegerLiteral number && number.value() >= 0
                || operation.operand() instanceof Literal.DecimalLiteral decimal
                        && !decimal.text().startsWith("-");
        out.text(operation.operator().text()).text(bare ? "" : "(");
        print(operation.operand());
        out.text(bare ? "" : ")");
    }

    private void print(BinaryOperation operation) {
        if (operation.operator() == BinaryOperator.CONCAT) {
            // The operator exists only under PIPES_AS_CONCAT; the function means the same everywhere.
            out.text("concat(");
            print(operation.left());
            out.text(",");
            print(operation.right());
            out.text(")");
            return;
        }
        out.text("(");
        print(operation.left());
        out.text(" ").text(operation.operator().text()).text(" ");
        print(operation.right());
        out.text(")");
    }

    private void print(LogicalOperation operation) {
        String separator = " " + operation.operator().text() + " ";
        out.text("(");
        print(operation.operands().getFirst());
        for (int i = 1; i < operation.operands().size(); i++) {
            out.text(separator);
            print(operation.operands().get(i));
        }
        out.text(")");
    }

    private void print(CaseExpression expression) {
        out.text("(case ");
        if (expression.operand() != null) {
            print(expression.operand());
            out.text(" ");
        }
        for (WhenClause when : expression.whens()) {
            out.text("when ");
            print(when.condition());
            out.text(" then ");
            print(when.result());
            out.text(" ");
        }
        if (expression.otherwise() != null) {
            out.text("else ");
            print(expression.otherwise());
            out.text(" ");
        }
        out.text("end)");
    }

    private void print(CastExpression cast) {
        switch (cast.form()) {
            case BINARY -> {
                out.text("(binary ");
                print(cast.operand());
                out.text(")");
            }
            case CONVERT -> {
                out.text("convert(");
                print(cast.operand());
                out.text(",");
                TypePrinter.printCast(out, cast.type());
                out.text(")");
            }
            case CAST -> {
                out.text("cast(");
                print(cast.operand());
                if (cast.timeZone() != null) {
                    out.text(" at time zone ").string(cast.timeZone());
                }
                out.text(" as ");
                TypePrinter.printCast(out, cast.type());
                out.text(cast.array() ? " array)" : ")");
            }
        }
    }

    void over(@Nullable WindowReference over) {
        switch (over) {
            case null -> {}
            case NamedWindow window -> out.text(" OVER ").name(window.name());
            case WindowSpecification specification -> {
                out.text(" OVER ");
                window(specification);
            }
        }
    }

    void window(WindowSpecification window) {
        out.text("(");
        String separator = "";
        if (window.base() != null) {
            out.name(window.base());
            separator = " ";
        }
        if (!window.partitionBy().isEmpty()) {
            out.text(separator).text("PARTITION BY ");
            list(window.partitionBy());
            separator = " ";
        }
        if (!window.orderBy().isEmpty()) {
            out.text(separator).text("ORDER BY ");
            orderItems(window.orderBy());
            separator = " ";
        }
        if (window.frame() != null) {
            WindowFrame frame = window.frame();
            out.text(separator).text(frame.unit().name()).text(" BETWEEN ");
            bound(frame.start());
            out.text(" AND ");
            bound(frame.end());
        }
        out.text(")");
    }

    private void bound(FrameBound bound) {
        if (bound.offset() != null) {
            out.text(bound.unit() == null ? "" : "INTERVAL ");
            print(bound.offset());
            out.text(" ");
            if (bound.unit() != null) {
                out.text(bound.unit().name()).text(" ");
            }
        }
        out.text(bound.kind().name().replace('_', ' '));
    }
}
