package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.function.Operators;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ParameterMarker;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Predicate;
import io.qomo.query.sql.ast.SpecialFunction;
import java.util.ArrayList;
import java.util.List;

/// Binds expressions in a scope.
final class ExpressionAnalyzer {
    private final Scope scope;
    private final Environment environment;
    private final Calls calls;

    ExpressionAnalyzer(Scope scope) {
        this.scope = scope;
        this.environment = scope.block().environment();
        this.calls = new Calls(environment);
    }

    Scope scope() {
        return scope;
    }

    Calls calls() {
        return calls;
    }

    /// The expression as written.
    String text(Expression e) {
        return e.span().of(environment.sql());
    }

    /// One value. Error OPERAND_COLUMNS for rows.
    Expr bind(Expression e) {
        Expr known = scope.block().recall(e, scope);
        if (known != null) {
            noteNames(e);
            return known;
        }
        return bindAfresh(e);
    }

    /// Finds out what the names in an expression mean that is not bound because equal syntax was.
    void noteNames(Expression e) {
        if (environment.analysis().names() != null) {
            bindAfresh(e);
        }
    }

    private Expr bindAfresh(Expression e) {
        return switch (e) {
            case Expression.Core c -> core(c);
            case Literal l -> new LiteralAnalyzer(calls).bind(l);
            case Predicate p -> new PredicateAnalyzer(this).bind(p);
            case SpecialFunction f -> specials().bind(f);
        };
    }

    /// A condition: a number, true if not 0.
    Expr bindCondition(Expression e) {
        return calls.condition(bind(e));
    }

    List<Expr> bindAll(List<Expression> expressions) {
        List<Expr> out = new ArrayList<>(expressions.size());
        for (Expression e : expressions) {
            out.add(bind(e));
        }
        return out;
    }

    private Expr core(Expression.Core e) {
        return switch (e) {
            case Expression.ColumnReference r -> padded(scope.resolve(r));
            case ParameterMarker p -> new Expr.Parameter(p.index(), parameterType(environment, p, textType()));
            case Expression.UserVariable v -> {
                noteVariable();
                yield specials().userVariable(v.name());
            }
            case Expression.SystemVariable v -> {
                noteVariable();
                yield specials().systemVariable(v);
            }
            case Expression.Assignment a -> {
                noteVariable();
                yield specials().assign(a.variable(), bind(a.value()));
            }
            case Expression.UnaryOperation u -> unary(u);
            case Expression.BinaryOperation b -> binary(b);
            case Expression.LogicalOperation l -> logical(l);
            case Expression.CollateExpression c -> specials().collate(bind(c.operand()), c.collation());
            case Expression.CaseExpression c -> caseOf(c);
            case Expression.CastExpression c -> specials().cast(c);
            case Expression.ConvertUsing c -> specials().using(bind(c.operand()), c.charset());
            case Expression.FunctionCall f -> call(f);
            case Expression.NamedArgument n -> throw new SqlException(ErrorCode.WRONG_PARAMETERS_TO_FUNCTION, n.name());
            case Expression.AggregateCall a ->
                a.over() == null
                        ? new AggregateAnalyzer(scope, this).bind(a)
                        : new WindowAnalyzer(scope, this).bind(a, a.over());
            case Expression.WindowCall w -> new WindowAnalyzer(scope, this).bind(w);
            case Expression.RowConstructor r -> throw new SqlException(ErrorCode.OPERAND_COLUMNS, 1);
            case Expression.SubqueryExpression s -> new SubqueryAnalyzer(this).scalar(s.query());
            case Expression.JsonArrow j -> jsonArrow(j);
            case Expression.DefaultFunction d -> new DefaultValues(environment).ofColumn(scope, d.column());
            case Expression.DefaultValue d -> throw new SqlException(ErrorCode.WRONG_USAGE, "DEFAULT", "expression");
            case Expression.ValuesFunction v -> valuesOf(v);
            case Expression.IntervalArithmetic i ->
                specials()
                        .addInterval(
                                bind(i.operand()),
                                bind(i.interval().value()),
                                i.interval().unit(),
                                i.subtract());
        };
    }

    private SpecialFunctionAnalyzer specials() {
        return new SpecialFunctionAnalyzer(this);
    }

    private void noteVariable() {
        NameLog names = environment.analysis().names();
        if (names != null) {
            names.variable();
        }
    }

    private SqlType textType() {
        Collation collation = environment.analysis().context().bind().connectionCollation();
        return SqlType.varchar(255, collation);
    }

    /// The type a parameter has, or the one that is assumed while it is not known.
    static SqlType parameterType(Environment environment, ParameterMarker p, SqlType assumed) {
        List<SqlType> types = environment.analysis().context().parameterTypes();
        return p.index() < types.size() ? types.get(p.index()) : assumed;
    }

    private Expr unary(Expression.UnaryOperation u) {
        Expr operand = bind(u.operand());
        return switch (u.operator()) {
            case PLUS -> operand;
            case NEGATE -> negate(u, operand);
            case BIT_NOT -> Operators.unary("~", operand, calls.context());
            case NOT -> calls.not(operand);
        };
    }

    /// −9223372036854775808 is a BIGINT though its digits alone are not.
    private Expr negate(Expression.UnaryOperation u, Expr operand) {
        if (u.operand() instanceof Literal.IntegerLiteral n && n.unsigned() && n.value() == Long.MIN_VALUE) {
            return Calls.integer(Long.MIN_VALUE);
        }
        return Operators.unary("-", operand, calls.context());
    }

    private Expr binary(Expression.BinaryOperation b) {
        String name = switch (b.operator()) {
            case PLUS -> "+";
            case MINUS -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case INTEGER_DIVIDE -> "div";
            case MODULO -> "%";
            case BIT_OR -> "|";
            case BIT_AND -> "&";
            case BIT_XOR -> "^";
            case SHIFT_LEFT -> "<<";
            case SHIFT_RIGHT -> ">>";
            case CONCAT -> "concat";
        };
        Expr left = bind(b.left());
        Expr right = bind(b.right());
        return b.operator() == Expression.BinaryOperator.CONCAT
                ? calls.function(name, left, right)
                : calls.binary(name, left, right);
    }

    private Expr logical(Expression.LogicalOperation l) {
        List<Expr> operands = new ArrayList<>();
        for (Expression e : l.operands()) {
            operands.add(bindCondition(e));
        }
        return switch (l.operator()) {
            case AND -> calls.and(operands);
            case OR -> calls.or(operands);
            case XOR -> calls.binary("xor", operands.get(0), operands.get(1));
        };
    }

    /// A CHAR column in a select list, with the spaces PAD_CHAR_TO_FULL_LENGTH keeps.
    private Expr padded(Expr value) {
        boolean isPadded = value instanceof Expr.Column
                && value.type().kind() == TypeKind.CHAR
                && scope.block().clause() == Clause.FIELD_LIST
                && calls.context().sqlMode().has(SqlMode.PAD_CHAR_TO_FULL_LENGTH);
        return isPadded
                ? calls.function("rpad", value, Calls.integer(value.type().length()), Calls.systemText(" "))
                : value;
    }

    private Expr caseOf(Expression.CaseExpression c) {
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        Expr operand = c.operand() == null ? null : bind(c.operand());
        for (Expression.WhenClause when : c.whens()) {
            Expr condition = bind(when.condition());
            conditions.add(operand == null ? condition : Operators.caseEquals(operand, condition, calls.context()));
            results.add(bind(when.result()));
        }
        Expr otherwise = c.otherwise() == null ? Calls.nullOf(SqlType.NULL) : bind(c.otherwise());
        return Operators.caseWhen(conditions, results, otherwise, calls.context());
    }

    private Expr call(Expression.FunctionCall f) {
        if (f.schema() != null) {
            throw new SqlException(ErrorCode.FUNCTION_DOES_NOT_EXIST, f.schema() + "." + f.name());
        }
        if (f.name().equals("grouping")) {
            Block block = scope.block();
            block.setInAggregate(true);
            List<Expr> arguments = bindAll(f.arguments());
            block.setInAggregate(false);
            Expr.Column column = environment.analysis().newColumn(SqlType.BIGINT, false, "grouping");
            block.addGrouping(new Block.GroupingUse(column, arguments));
            return column;
        }
        if (f.name().equals("any_value") && f.arguments().size() == 1) {
            Expr value = bind(f.arguments().getFirst());
            Expr full = DecimalOps.unrounded(value);
            Expr.Column column = environment.analysis().newColumn(full.type(), full.nullable(), "any_value");
            scope.block().addAnyValue(new Block.AnyValueUse(column, full));
            return DecimalOps.rounded(column, value.type());
        }
        return calls.written(f.name(), environment.database(), bindAll(f.arguments()));
    }

    private Expr jsonArrow(Expression.JsonArrow j) {
        Expr extracted = calls.function("json_extract", scope.resolve(j.column()), calls.text(j.path()));
        return j.unquote() ? calls.function("json_unquote", extracted) : extracted;
    }

    /// VALUES(column): the row that could not be inserted; NULL elsewhere.
    private Expr valuesOf(Expression.ValuesFunction v) {
        Relation incoming = scope.block().incoming();
        Field field = incoming == null ? null : incoming.field(v.column().column());
        if (incoming != null && field == null) {
            throw new SqlException(
                    ErrorCode.BAD_FIELD,
                    Scope.text(v.column()),
                    scope.block().clause().text());
        }
        if (field == null) {
            return Calls.nullOf(scope.resolve(v.column()).type());
        }
        return field.column();
    }
}
