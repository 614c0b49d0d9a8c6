package io.qomo.query.expr;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A typed expression. Immutable; every coercion is explicit, so kernels see the types they declare.
///
/// Truth values are BIGINTs: 0, 1 or NULL; a condition holds if its value is not NULL and not 0.
public sealed interface Expr {
    /// The type of the value.
    SqlType type();

    /// False only if the value is never NULL.
    boolean nullable();

    /// How strongly the collation is held, for MySQL's rules of mixing collations.
    default Coercibility coercibility() {
        return Coercibility.COERCIBLE;
    }

    /// A value known now: a constant vector, never written again.
    ///
    /// @param isHexLiteral true of `x'…'`, `0x…` and `b'…'` without an introducer: bytes that are an
    ///     unsigned integer where a number is wanted. All other strings of bytes, literals of character
    ///     set binary too, are read as text there. Source: MySQL 8.0 manual, "Hexadecimal Literals".
    record Constant(Vector value, boolean isHexLiteral) implements Expr {
        /// A value that is no hexadecimal or bit literal.
        public Constant(Vector value) {
            this(value, false);
        }

        /// True of hexadecimal and bit literals.
        public static boolean isHexLiteral(Expr expr) {
            return expr instanceof Constant c && c.isHexLiteral;
        }

        @Override
        public SqlType type() {
            return value.type();
        }

        @Override
        public boolean nullable() {
            return value.isNull(0);
        }

        @Override
        public Coercibility coercibility() {
            return type().kind() == TypeKind.NULL ? Coercibility.IGNORABLE : Coercibility.COERCIBLE;
        }
    }

    /// A column of the input. In logical plans `index` is a query-wide unique column id, in physical plans the
    /// position in the input batch.
    record Column(int index, SqlType type, boolean nullable, String name) implements Expr {
        @Override
        public Coercibility coercibility() {
            return Coercibility.IMPLICIT;
        }
    }

    /// A parameter of the statement (a `?`, or a literal taken out by the plan cache): [EvalContext#parameter].
    record Parameter(int index, SqlType type) implements Expr {
        @Override
        public boolean nullable() {
            return true;
        }
    }

    /// A column of an enclosing query: the frame holds its value in a slot ([EvalContext#correlated]).
    record Correlated(int slot, SqlType type, boolean nullable, String name) implements Expr {
        @Override
        public Coercibility coercibility() {
            return Coercibility.IMPLICIT;
        }
    }

    /// A function, operator or cast; arguments are all evaluated, NULL handling is the function's.
    record Call(
            ScalarFunction function, List<Expr> arguments, SqlType type, boolean nullable, Coercibility coercibility)
            implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// AND or OR of two or more conditions; each is evaluated only for rows the ones before left open.
    record Logic(boolean isAnd, List<Expr> conditions) implements Expr {
        public Logic {
            conditions = List.copyOf(conditions);
        }

        @Override
        public SqlType type() {
            return SqlType.BIGINT;
        }

        @Override
        public boolean nullable() {
            return conditions.stream().anyMatch(Expr::nullable);
        }
    }

    /// CASE WHEN and IF: the first result whose condition holds, else the last expression. Results have type `type`;
    /// each is evaluated only for its rows.
    record Case(List<Expr> conditions, List<Expr> results, Expr otherwise, SqlType type, Coercibility coercibility)
            implements Expr {
        public Case {
            conditions = List.copyOf(conditions);
            results = List.copyOf(results);
        }

        @Override
        public boolean nullable() {
            return otherwise.nullable() || results.stream().anyMatch(Expr::nullable);
        }
    }

    /// COALESCE and IFNULL: the first value that is not NULL. All have type `type`.
    record Coalesce(List<Expr> arguments, SqlType type, Coercibility coercibility) implements Expr {
        public Coalesce {
            arguments = List.copyOf(arguments);
        }

        @Override
        public boolean nullable() {
            return arguments.stream().allMatch(Expr::nullable);
        }
    }

    /// A subquery the optimizer left in an expression; run once per distinct combination of bound outer values (once
    /// altogether if there are none).
    ///
    /// @param kind what is asked of its rows
    /// @param plan the executor knows the class
    /// @param bindings per slot of [Correlated] inside the plan, the outer value
    /// @param operands the left side of IN and of quantified comparisons (one per column), else empty
    /// @param comparison for ANY and ALL: a condition over the operands and then the subquery's columns, given as
    ///     Column 0 to 2n-1, already coerced; null else
    /// @param type of the value
    /// @param coercibility of a scalar's collation: that of what it selects
    record Subquery(
            Kind kind,
            Subplan plan,
            List<Binding> bindings,
            List<Expr> operands,
            @Nullable Expr comparison,
            SqlType type,
            Coercibility coercibility)
            implements Expr {
        public Subquery {
            bindings = List.copyOf(bindings);
            operands = List.copyOf(operands);
        }

        @Override
        public boolean nullable() {
            return kind != Kind.EXISTS;
        }

        /// What is asked of a subquery's rows.
        public enum Kind {
            /// The one value of at most one row (error 1242).
            SCALAR,
            /// Whether there is a row.
            EXISTS,
            /// Whether the comparison holds for some row (IN, = ANY), with three-valued logic.
            ANY,
            /// Whether the comparison holds for every row.
            ALL
        }

        /// An outer value bound to a slot.
        public record Binding(int slot, Expr value) {}
    }

    /// MySQL's coercibility. Source: manual, "Collation Coercibility in Expressions".
    enum Coercibility {
        EXPLICIT,
        NONE,
        IMPLICIT,
        SYSCONST,
        COERCIBLE,
        NUMERIC,
        IGNORABLE
    }
}
