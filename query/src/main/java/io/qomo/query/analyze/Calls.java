package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.aggregate.Aggregates;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.Casts;
import io.qomo.query.function.Functions;
import io.qomo.query.function.Operators;
import io.qomo.query.function.Predicates;
import io.qomo.query.function.TypeMerge;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.plan.PlanParts.AggregateCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Calls functions and operators by name over bound arguments.
record Calls(BindContext context) {
    Calls(Environment environment) {
        this(environment.analysis().context().bind());
    }

    /// A function. Errors FUNCTION_DOES_NOT_EXIST and those of the function.
    Expr function(String name, Expr... arguments) {
        return function(name, List.of(arguments));
    }

    /// A function. Errors FUNCTION_DOES_NOT_EXIST and those of the function.
    Expr function(String name, List<Expr> arguments) {
        return Functions.find(name)
                .orElseThrow(() -> new SqlException(ErrorCode.FUNCTION_DOES_NOT_EXIST, name))
                .bind(context, arguments);
    }

    /// A function as a statement calls it: errors name it with the current database.
    Expr written(String name, @Nullable String database, List<Expr> arguments) {
        String full = database == null ? name : database + "." + name;
        String lower = name.toLowerCase(Locale.ROOT);
        return Functions.find(lower)
                .orElseThrow(() -> Functions.isMissing(lower)
                        ? new SqlException(ErrorCode.NOT_SUPPORTED_YET, name.toUpperCase(Locale.ROOT) + "()")
                        : new SqlException(ErrorCode.FUNCTION_DOES_NOT_EXIST, full))
                .bind(context, arguments);
    }

    /// A binary operator by its sign.
    Expr binary(String sign, Expr left, Expr right) {
        return Operators.binary(sign, left, right, context);
    }

    /// A condition from any value.
    Expr condition(Expr e) {
        return Casts.condition(e, context);
    }

    /// The AND of conditions.
    Expr and(List<Expr> conditions) {
        List<Expr> parts = new ArrayList<>();
        conditions.forEach(c -> parts.addAll(ExprTree.conjuncts(c)));
        return Predicates.logic(true, parts, context);
    }

    /// The OR of conditions.
    Expr or(List<Expr> conditions) {
        List<Expr> parts = new ArrayList<>();
        conditions.forEach(c -> parts.addAll(ExprTree.disjuncts(c)));
        return Predicates.logic(false, parts, context);
    }

    /// NOT.
    Expr not(Expr e) {
        return Predicates.not(e, context);
    }

    /// The value as another type, as MySQL converts by itself.
    Expr cast(Expr e, SqlType type) {
        return Casts.implicit(e, type, context);
    }

    /// The type of the values together.
    SqlType merge(String operation, List<Expr> values) {
        return TypeMerge.of(operation, values, context).type();
    }

    /// As [#merge], of values that will be compared: strings need one collation. Error
    /// CANT_AGGREGATE_NCOLLATIONS.
    SqlType mergeForComparison(String operation, List<Expr> values) {
        TypeMerge merged = TypeMerge.of(operation, values, context);
        if (merged.coercibility() == Expr.Coercibility.NONE) {
            throw new SqlException(ErrorCode.CANT_AGGREGATE_NCOLLATIONS, operation);
        }
        return merged.type();
    }

    /// An aggregate. Error FUNCTION_DOES_NOT_EXIST.
    AggregateFunction.Bound aggregate(String name, List<Expr> arguments, AggregateFunction.Options options) {
        return Aggregates.find(name)
                .orElseThrow(() -> new SqlException(ErrorCode.NOT_SUPPORTED_YET, name))
                .bind(context, arguments, options);
    }

    /// Some value of the group.
    AggregateCall anyValue(Expr e) {
        AggregateFunction.Options options = new AggregateFunction.Options(false, null);
        return new AggregateCall(aggregate("any_value", List.of(e), options), false, List.of());
    }

    /// A string in the connection's collation.
    Expr text(String value) {
        return LiteralAnalyzer.text(value, context.connectionCollation());
    }

    /// A string in the system's collation.
    static Expr systemText(String value) {
        return LiteralAnalyzer.text(value, Collation.UTF8MB3_GENERAL_CI);
    }

    /// A BIGINT.
    static Expr integer(long value) {
        return new Expr.Constant(LongVector.constant(SqlType.BIGINT, value));
    }

    /// NULL of a type.
    static Expr nullOf(SqlType type) {
        return new Expr.Constant(Vector.constantNull(type));
    }
}
