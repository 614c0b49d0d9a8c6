package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.IntervalUnit;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Predicate;
import io.qomo.query.sql.ast.SpecialFunction;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Binds expressions without an analyzer: columns by name from a list, everything else through the functions under
/// test.
record TestBinder(FakeContext context, Map<String, Expr> columns) {
    Expr bind(String sql) {
        return bind(SqlParser.parseExpression(sql, ParserOptions.DEFAULT));
    }

    private Expr bind(Expression e) {
        return switch (e) {
            case Literal l -> literal(l);
            case Predicate p -> predicate(p);
            case SpecialFunction f -> special(f);
            case Expression.Core c -> core(c);
        };
    }

    private List<Expr> bindAll(List<Expression> list) {
        List<Expr> bound = new ArrayList<>();
        list.forEach(e -> bound.add(bind(e)));
        return bound;
    }

    private Expr core(Expression.Core e) {
        return switch (e) {
            case Expression.ColumnReference c -> java.util.Objects.requireNonNull(columns.get(c.column()), c.column());
            case Expression.ParameterMarker p ->
                new Expr.Parameter(p.index(), context.parameter(p.index()).type());
            case Expression.UserVariable v -> SpecialFunctions.userVariable(v.name(), context);
            case Expression.SystemVariable v -> SpecialFunctions.systemVariable(false, v.name(), context);
            case Expression.Assignment a -> SpecialFunctions.assign(a.variable(), bind(a.value()), context);
            case Expression.UnaryOperation u -> Operators.unary(u.operator().text(), bind(u.operand()), context);
            case Expression.BinaryOperation b ->
                Operators.binary(b.operator().text(), bind(b.left()), bind(b.right()), context);
            case Expression.LogicalOperation l ->
                l.operator() == Expression.LogicalOperator.XOR
                        ? Predicates.xor(
                                bind(l.operands().get(0)), bind(l.operands().get(1)), context)
                        : Predicates.logic(
                                l.operator() == Expression.LogicalOperator.AND, bindAll(l.operands()), context);
            case Expression.CollateExpression c ->
                Casts.collate(bind(c.operand()), Collation.byName(c.collation()).orElseThrow(), context);
            case Expression.CaseExpression c -> caseOf(c);
            case Expression.CastExpression c -> Casts.to(bind(c.operand()), type(c.type()), context);
            case Expression.ConvertUsing c -> Casts.using(bind(c.operand()), charset(c.charset()), context);
            case Expression.FunctionCall f -> call(f.name(), bindAll(f.arguments()));
            case Expression.JsonArrow j -> {
                Expr found = call("json_extract", List.of(bind(j.column()), text(j.path())));
                yield j.unquote() ? call("json_unquote", List.of(found)) : found;
            }
            case Expression.IntervalArithmetic i ->
                SpecialFunctions.addInterval(
                        bind(i.operand()),
                        bind(i.interval().value()),
                        IntervalUnit.valueOf(i.interval().unit().name()),
                        i.subtract(),
                        context);
            default -> throw new IllegalArgumentException("not in tests: " + e);
        };
    }

    private Expr call(String name, List<Expr> arguments) {
        return Functions.find(name.toLowerCase(java.util.Locale.ROOT))
                .orElseThrow(() -> new SqlException(ErrorCode.FUNCTION_DOES_NOT_EXIST, name))
                .bind(context, arguments);
    }

    private Expr caseOf(Expression.CaseExpression c) {
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        Expression operand = c.operand();
        for (Expression.WhenClause when : c.whens()) {
            Expr condition = bind(when.condition());
            conditions.add(operand == null ? condition : Operators.binary("=", bind(operand), condition, context));
            results.add(bind(when.result()));
        }
        Expression otherwise = c.otherwise();
        return Operators.caseWhen(conditions, results, otherwise == null ? nullExpr() : bind(otherwise), context);
    }

    private static Expr nullExpr() {
        return new Expr.Constant(Vector.constantNull(SqlType.NULL));
    }

    private Expr predicate(Predicate p) {
        return switch (p) {
            case Predicate.ComparisonPredicate c -> comparison(c);
            case Predicate.BetweenPredicate b ->
                Operators.between(bind(b.operand()), bind(b.low()), bind(b.high()), b.negated(), context);
            case Predicate.InPredicate i -> Operators.in(bind(i.operand()), bindAll(i.values()), i.negated(), context);
            case Predicate.LikePredicate l ->
                Like.bind(bind(l.operand()), bind(l.pattern()), optional(l.escape()), l.negated(), context);
            case Predicate.RegexpPredicate r -> {
                Expr found = SpecialFunctions.regexp(bind(r.operand()), bind(r.pattern()), context);
                yield r.negated() ? Predicates.not(found, context) : found;
            }
            case Predicate.SoundsLikePredicate s ->
                Operators.binary(
                        "=",
                        call("soundex", List.of(bind(s.left()))),
                        call("soundex", List.of(bind(s.right()))),
                        context);
            case Predicate.IsNullPredicate n -> Predicates.isNull(bind(n.operand()), n.negated());
            case Predicate.IsTruthPredicate t ->
                t.truth()
                        ? Predicates.isTrue(bind(t.operand()), t.negated(), context)
                        : Predicates.isFalse(bind(t.operand()), t.negated(), context);
            case Predicate.MemberOfPredicate m -> call("member of", List.of(bind(m.value()), bind(m.array())));
            default -> throw new IllegalArgumentException("not in tests: " + p);
        };
    }

    private Expr comparison(Predicate.ComparisonPredicate c) {
        if (c.left() instanceof Expression.RowConstructor l && c.right() instanceof Expression.RowConstructor r) {
            return Comparisons.bindRows(
                    Operators.comparison(c.operator().text()), bindAll(l.elements()), bindAll(r.elements()), context);
        }
        return Operators.binary(c.operator().text(), bind(c.left()), bind(c.right()), context);
    }

    private @Nullable Expr optional(@Nullable Expression e) {
        return e == null ? null : bind(e);
    }

    private Expr special(SpecialFunction f) {
        return switch (f) {
            case SpecialFunction.ExtractFunction x ->
                SpecialFunctions.extract(IntervalUnit.valueOf(x.unit().name()), bind(x.operand()), context);
            case SpecialFunction.TrimFunction t ->
                SpecialFunctions.trim(
                        t.side() != SpecialFunction.TrimFunction.Side.TRAILING,
                        t.side() != SpecialFunction.TrimFunction.Side.LEADING,
                        optional(t.remove()),
                        bind(t.operand()),
                        context);
            case SpecialFunction.CharFunction c ->
                SpecialFunctions.charOf(
                        bindAll(c.codes()), c.charset() == null ? Charset.BINARY : charset(c.charset()), context);
            case SpecialFunction.TimestampDiffFunction t ->
                SpecialFunctions.timestampDiff(
                        IntervalUnit.valueOf(t.unit().name()), bind(t.from()), bind(t.to()), context);
            case SpecialFunction.GetFormatFunction g ->
                SpecialFunctions.getFormat(TypeKind.valueOf(g.type().name()), bind(g.standard()), context);
            case SpecialFunction.WeightStringFunction w ->
                SpecialFunctions.weightString(bind(w.operand()), w.binary(), w.length(), context);
            case SpecialFunction.JsonValueFunction j -> throw new IllegalArgumentException("not in tests: " + j);
        };
    }

    private Expr literal(Literal literal) {
        return switch (literal) {
            case Literal.NullLiteral n -> nullExpr();
            case Literal.BooleanLiteral b -> new Expr.Constant(LongVector.constant(SqlType.BIGINT, b.value() ? 1 : 0));
            case Literal.IntegerLiteral n ->
                new Expr.Constant(
                        LongVector.constant(n.unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, n.value()));
            case Literal.DecimalLiteral d -> {
                BigDecimal value = new BigDecimal(d.text());
                SqlType type = SqlType.decimal(Math.max(value.precision(), value.scale()), value.scale());
                yield new Expr.Constant(DecimalVector.constant(type, value));
            }
            case Literal.DoubleLiteral d -> new Expr.Constant(DoubleVector.constant(SqlType.DOUBLE, d.value()));
            case Literal.StringLiteral s ->
                s.introducer() == null
                        ? text(s.value())
                        : s.introducer().equals("binary")
                                ? bytes(Texts.utf8(s.value()), false)
                                : text(s.value(), Collation.defaultOf(charset(s.introducer())));
            case Literal.HexLiteral h -> bytes(h.bytes(), h.introducer() == null);
            case Literal.BitLiteral b -> bytes(b.bytes(), b.introducer() == null);
            case Literal.TemporalLiteral t ->
                SpecialFunctions.temporalLiteral(
                        t.kind() == Literal.TemporalLiteral.Kind.TIMESTAMP
                                ? TypeKind.DATETIME
                                : TypeKind.valueOf(t.kind().name()),
                        t.text(),
                        context);
        };
    }

    private Expr text(String value) {
        return text(value, context.connectionCollation());
    }

    private static Expr text(String value, Collation collation) {
        return TextConstants.of(value, collation);
    }

    private static Expr bytes(byte[] bytes, boolean isHexLiteral) {
        return new Expr.Constant(BytesVector.constant(SqlType.varbinary(bytes.length), bytes), isHexLiteral);
    }

    private static Charset charset(String name) {
        for (Charset c : Charset.values()) {
            if (c.sqlName().equals(name) || (name.equals("utf8") && c == Charset.UTF8MB3)) {
                return c;
            }
        }
        throw new SqlException(ErrorCode.UNKNOWN_CHARACTER_SET, name);
    }

    private SqlType type(DataType t) {
        return switch (t.name()) {
            case BIGINT -> t.unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT;
            case DECIMAL -> SqlType.decimal(t.length() < 0 ? 10 : t.length(), Math.max(t.scale(), 0));
            case CHAR, VARCHAR ->
                SqlType.varchar(
                        t.length(),
                        t.charset() == null
                                ? context.connectionCollation()
                                : Collation.defaultOf(charset(t.charset())));
            case BINARY, VARBINARY ->
                t.length() < 0 ? SqlType.varbinary(-1) : SqlType.string(TypeKind.BINARY, t.length(), Collation.BINARY);
            case DATE -> SqlType.DATE;
            case TIME -> SqlType.temporal(TypeKind.TIME, Math.max(t.length(), 0));
            case DATETIME -> SqlType.temporal(TypeKind.DATETIME, Math.max(t.length(), 0));
            case DOUBLE -> SqlType.DOUBLE;
            case FLOAT -> MathFunctions.fixed(-1);
            case YEAR -> SqlType.YEAR;
            case JSON -> SqlType.JSON;
            default -> throw new IllegalArgumentException("not in tests: " + t);
        };
    }
}
