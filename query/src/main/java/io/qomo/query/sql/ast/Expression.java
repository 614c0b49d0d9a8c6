package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Anything that stands for a value.
public sealed interface Expression permits Expression.Core, Literal, Predicate, SpecialFunction {
    /// Where it stands in the text. Parentheses around it are not included.
    Span span();

    /// References, operators, calls and subqueries.
    sealed interface Core extends Expression {}

    /// A column, or inside a routine a local variable: `[[schema.]table.]column`.
    record ColumnReference(
            Span span, @Nullable String schema, @Nullable String table, String column) implements Core {}

    /// `?`, numbered from 0 in text order.
    record ParameterMarker(Span span, int index) implements Core {}

    /// `@name`.
    record UserVariable(Span span, String name) implements Core {}

    /// `@@[scope.][component.]name`.
    record SystemVariable(
            Span span, VariableScope scope, @Nullable String component, String name) implements Core {}

    /// `@name := value`.
    record Assignment(Span span, String variable, Expression value) implements Core {}

    /// A prefix operator.
    record UnaryOperation(Span span, UnaryOperator operator, Expression operand) implements Core {}

    /// An arithmetic, bit or concatenation operator.
    record BinaryOperation(Span span, BinaryOperator operator, Expression left, Expression right) implements Core {}

    /// AND, OR (two or more operands, `a AND b AND c` is one node) or XOR (exactly two).
    record LogicalOperation(Span span, LogicalOperator operator, List<Expression> operands) implements Core {
        /// Copies the list.
        public LogicalOperation {
            operands = List.copyOf(operands);
        }
    }

    /// `operand COLLATE collation`.
    record CollateExpression(Span span, Expression operand, String collation) implements Core {}

    /// `CASE [operand] WHEN ... END`.
    record CaseExpression(
            Span span,
            @Nullable Expression operand,
            List<WhenClause> whens,
            @Nullable Expression otherwise) implements Core {
        /// Copies the list.
        public CaseExpression {
            whens = List.copyOf(whens);
        }
    }

    /// One `WHEN condition THEN result`.
    record WhenClause(Expression condition, Expression result) {}

    /// `CAST(operand AS type)`, `CONVERT(operand, type)`, `BINARY operand`.
    ///
    /// @param array `CAST(... AS type ARRAY)`, in functional indexes only
    /// @param timeZone of `CAST(operand AT TIME ZONE 'zone' AS DATETIME)`
    record CastExpression(
            Span span,
            Form form,
            Expression operand,
            DataType type,
            boolean array,
            @Nullable String timeZone) implements Core {
        /// How it was written.
        public enum Form {
            CAST,
            CONVERT,
            BINARY
        }
    }

    /// `CONVERT(operand USING charset)`; "default" and "binary" are possible names.
    record ConvertUsing(Span span, Expression operand, String charset) implements Core {}

    /// A built-in or stored function called in the plain way.
    ///
    /// @param schema given only with stored functions
    /// @param name in lower case as written ("current_timestamp", "now" and "localtime" stay distinct)
    record FunctionCall(Span span, @Nullable String schema, String name, List<Expression> arguments) implements Core {
        /// Copies the list.
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }
    }

    /// A loadable function's arguments can be named: `f(a AS x)`. Only arguments of [FunctionCall] are
    /// that.
    record NamedArgument(Span span, Expression value, String name) implements Core {}

    /// An aggregate, or with `over` the same as a window function.
    ///
    /// @param arguments empty means `COUNT(*)`
    /// @param orderBy of GROUP_CONCAT
    /// @param separator of GROUP_CONCAT, null when not given (a comma)
    record AggregateCall(
            Span span,
            AggregateFunction function,
            boolean distinct,
            List<Expression> arguments,
            List<OrderItem> orderBy,
            @Nullable String separator,
            @Nullable WindowReference over)
            implements Core {
        /// Copies the lists.
        public AggregateCall {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// A function that exists only with OVER.
    ///
    /// @param fromLast `NTH_VALUE(...) FROM LAST`
    /// @param ignoreNulls `... IGNORE NULLS`
    record WindowCall(
            Span span,
            WindowFunction function,
            List<Expression> arguments,
            boolean fromLast,
            boolean ignoreNulls,
            WindowReference over)
            implements Core {
        /// Copies the list.
        public WindowCall {
            arguments = List.copyOf(arguments);
        }
    }

    /// `(a, b)` or `ROW(a, b)`: two or more elements (ROW may have one inside VALUES).
    record RowConstructor(Span span, List<Expression> elements) implements Core {
        /// Copies the list.
        public RowConstructor {
            elements = List.copyOf(elements);
        }
    }

    /// A parenthesised query as a scalar or row.
    record SubqueryExpression(Span span, QueryExpression query) implements Core {}

    /// `column->path` or, with `unquote`, `column->>path`.
    record JsonArrow(Span span, ColumnReference column, String path, boolean unquote) implements Core {}

    /// `DEFAULT(column)`.
    record DefaultFunction(Span span, ColumnReference column) implements Core {}

    /// The bare word DEFAULT as a value of INSERT, UPDATE or SET.
    record DefaultValue(Span span) implements Core {}

    /// `VALUES(column)` in ON DUPLICATE KEY UPDATE.
    record ValuesFunction(Span span, ColumnReference column) implements Core {}

    /// `date + INTERVAL ...`, DATE_ADD, DATE_SUB, ADDDATE, SUBDATE, TIMESTAMPADD.
    record IntervalArithmetic(Span span, Expression operand, IntervalExpression interval, boolean subtract)
            implements Core {}

    /// `value unit`; not a value by itself.
    record IntervalExpression(Expression value, IntervalUnit unit) {}

    /// One element of ORDER BY or GROUP BY.
    record OrderItem(Expression expression, boolean descending) {}

    /// Prefix operators. NOT stands for `!` too, which binds tighter.
    enum UnaryOperator {
        PLUS("+"),
        NEGATE("-"),
        BIT_NOT("~"),
        NOT("not");

        private final String text;

        UnaryOperator(String text) {
            this.text = text;
        }

        /// As MySQL prints it.
        public String text() {
            return text;
        }
    }

    /// Operators between two values that give a value.
    enum BinaryOperator {
        PLUS("+"),
        MINUS("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        INTEGER_DIVIDE("DIV"),
        MODULO("%"),
        BIT_OR("|"),
        BIT_AND("&"),
        BIT_XOR("^"),
        SHIFT_LEFT("<<"),
        SHIFT_RIGHT(">>"),
        /// `||` under PIPES_AS_CONCAT.
        CONCAT("||");

        private final String text;

        BinaryOperator(String text) {
            this.text = text;
        }

        /// As MySQL prints it.
        public String text() {
            return text;
        }
    }

    /// Three-valued logic.
    enum LogicalOperator {
        AND("and"),
        OR("or"),
        XOR("xor");

        private final String text;

        LogicalOperator(String text) {
            this.text = text;
        }

        /// As MySQL prints it.
        public String text() {
            return text;
        }
    }

    /// Which value of a system variable is meant.
    enum VariableScope {
        /// No scope written: session where there is one, else global.
        DEFAULT,
        SESSION,
        GLOBAL,
        PERSIST,
        PERSIST_ONLY
    }
}
