package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.ScalarFunction;
import io.qomo.query.function.RowFunction.Kernel;
import io.qomo.query.function.RowFunction.Volatility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A call being bound: casts its arguments one by one, then says what it returns.
///
/// ```java
/// call.text(0).integer(1, 2).returnsText(chars, row -> …)
/// ```
final class Binding {
    private final String name;
    private final BindContext context;
    private final List<Expr> arguments;
    private Volatility volatility = Volatility.PURE;
    private boolean isStrict = true;
    private @Nullable Boolean nullable;

    Binding(String name, BindContext context, List<Expr> arguments) {
        this.name = name;
        this.context = context;
        this.arguments = new ArrayList<>(arguments);
    }

    // -- what is there

    String name() {
        return name;
    }

    BindContext context() {
        return context;
    }

    int size() {
        return arguments.size();
    }

    Expr get(int i) {
        return arguments.get(i);
    }

    SqlType type(int i) {
        return arguments.get(i).type();
    }

    TypeKind kind(int i) {
        return type(i).kind();
    }

    List<Expr> arguments() {
        return arguments;
    }

    List<Expr> arguments(int from, int to) {
        return arguments.subList(from, to);
    }

    /// The argument's value if it is known now, else null. SQL NULL is a constant vector holding NULL.
    @Nullable Vector constant(int i) {
        return constantOf(arguments.get(i), context.evalContext());
    }

    static @Nullable Vector constantOf(Expr expr, EvalContext context) {
        if (expr instanceof Expr.Constant c) {
            return c.value();
        }
        if (!ExprWalker.isPure(expr) || !ExprWalker.isRowIndependent(expr)) {
            return null;
        }
        try {
            return Evaluator.evaluateConstant(expr, context);
        } catch (SqlException e) {
            return null;
        }
    }

    /// The characters of an argument as text, at most.
    long chars(int i) {
        return TextTypes.maxChars(arguments.get(i));
    }

    // -- casts

    Binding set(int i, Expr expr) {
        arguments.set(i, expr);
        return this;
    }

    Binding add(Expr expr) {
        arguments.add(expr);
        return this;
    }

    Binding cast(int i, SqlType type) {
        return set(i, Casts.implicit(arguments.get(i), type, context));
    }

    Binding integer(int... which) {
        for (int i : which) {
            set(i, Casts.toInteger(arguments.get(i), context));
        }
        return this;
    }

    Binding real(int... which) {
        for (int i : which) {
            cast(i, SqlType.DOUBLE);
        }
        return this;
    }

    Binding text(int... which) {
        for (int i : which) {
            set(i, Casts.toText(arguments.get(i), context));
        }
        return this;
    }

    /// As DATETIME; DATE and DATETIME stay, which have one packed form.
    Binding datetime(int... which) {
        for (int i : which) {
            TypeKind kind = kind(i);
            if (kind == TypeKind.DATE || kind == TypeKind.DATETIME) {
                continue;
            }
            int fsp = kind == TypeKind.TIMESTAMP || kind == TypeKind.TIME ? Math.max(type(i).scale(), 0) : 6;
            cast(i, SqlType.temporal(TypeKind.DATETIME, fsp));
        }
        return this;
    }

    /// As TIME with all its digits.
    Binding time(int... which) {
        for (int i : which) {
            if (kind(i) != TypeKind.TIME) {
                cast(i, SqlType.temporal(TypeKind.TIME, 6));
            }
        }
        return this;
    }

    /// As bytes in the character set the client would see.
    Binding binary(int... which) {
        for (int i : which) {
            set(i, Casts.toBinary(arguments.get(i), context));
        }
        return this;
    }

    Binding allText() {
        for (int i = 0; i < size(); i++) {
            text(i);
        }
        return this;
    }

    /// Brings text arguments to one collation for a comparison and returns it.
    Collation compareCollation(int... which) {
        return CollationMix.forComparison(name, pick(which)).collation();
    }

    /// The collation of a string result made of text arguments.
    CollationMix mix(int... which) {
        return CollationMix.forResult(name, pick(which));
    }

    /// Casts arguments to strings and returns their mixed collation. Under BINARY, strings are brought to the bytes of
    /// their character sets.
    CollationMix mixText(int... which) {
        text(which);
        CollationMix mix = mix(which);
        if (mix.collation() == Collation.BINARY) {
            for (int i : which) {
                if (!Encodings.isUtf8(type(i).collation().charset())) {
                    binary(i);
                }
            }
        }
        return mix;
    }

    /// As [#mixText], of the arguments from one on.
    CollationMix mixTextFrom(int first) {
        return mixText(IntStream.range(first, size()).toArray());
    }

    private List<Expr> pick(int[] which) {
        return Arrays.stream(which).mapToObj(arguments::get).toList();
    }

    // -- what the result depends on

    /// NULL arguments are the kernel's business.
    Binding lenient() {
        isStrict = false;
        return this;
    }

    Binding readsSettings() {
        volatility = Volatility.SETTINGS;
        return this;
    }

    Binding stable() {
        volatility = Volatility.STABLE;
        return this;
    }

    Binding volatileResult() {
        volatility = Volatility.VOLATILE;
        return this;
    }

    Binding nullable() {
        nullable = true;
        return this;
    }

    Binding notNull() {
        nullable = false;
        return this;
    }

    // -- results

    Expr returns(SqlType type, Kernel kernel) {
        return returns(type, Coercibility.COERCIBLE, kernel);
    }

    Expr returns(SqlType type, Coercibility coercibility, Kernel kernel) {
        return call(new RowFunction(name, kernel, isStrict, volatility), type, coercibility);
    }

    /// As [#returns(SqlType, Coercibility, Kernel)], with a kernel of its own for each statement.
    Expr returnsFresh(SqlType type, Coercibility coercibility, Supplier<Kernel> kernels) {
        return call(new StatementFunction(name, kernels, isStrict, volatility), type, coercibility);
    }

    Expr returnsLong(Kernel kernel) {
        return returns(SqlType.BIGINT, Coercibility.NUMERIC, kernel);
    }

    Expr returnsDouble(Kernel kernel) {
        return returns(SqlType.DOUBLE, Coercibility.NUMERIC, kernel);
    }

    /// A string of at most `chars` characters in the mixed collation.
    Expr returnsText(long chars, CollationMix mix, Kernel kernel) {
        return returns(TextTypes.of(chars, mix.collation()), mix.coercibility(), kernel);
    }

    /// A string of at most `chars` characters in the connection's collation.
    Expr returnsText(long chars, Kernel kernel) {
        return returns(TextTypes.of(chars, context.connectionCollation()), Coercibility.COERCIBLE, kernel);
    }

    Expr returnsBinary(long bytes, Kernel kernel) {
        return returns(TextTypes.of(bytes, Collation.BINARY), Coercibility.COERCIBLE, kernel);
    }

    Expr call(ScalarFunction function, SqlType type, Coercibility coercibility) {
        Boolean known = nullable;
        boolean mayBeNull = known != null ? known : arguments.stream().anyMatch(Expr::nullable);
        return new Expr.Call(function, arguments, type, mayBeNull, coercibility);
    }

    Expr call(ScalarFunction function, SqlType type) {
        return call(function, type, Coercibility.NUMERIC);
    }

    /// "Incorrect arguments to F".
    SqlException wrongArguments() {
        return new SqlException(ErrorCode.WRONG_ARGUMENTS, name.toUpperCase(Locale.ROOT));
    }
}
