package io.qomo.query.expr;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate bound to argument types. Immutable; its state lives in accumulators.
public interface AggregateFunction {
    /// The SQL name in lower case.
    String name();

    /// A fresh accumulator for any number of groups.
    Accumulator newAccumulator(EvalContext context);

    /// The state of one aggregate for groups 0 to n − 1.
    interface Accumulator {
        /// Makes room for groups 0 to `groups` − 1; new ones are empty.
        void ensureGroups(int groups);

        /// Adds rows: row i counts for group `groupIds[i]`; all rows for group 0 if `groupIds` is null.
        void add(int @Nullable [] groupIds, Vector[] arguments, int rows);

        /// Adds the groups of another accumulator of this aggregate: its group i into `groupIds[i]`.
        void merge(Accumulator other, int[] groupIds, int groups);

        /// Writes the results of groups `from` to `from + count` − 1 to `out` at 0.
        void results(int from, int count, Vector out);

        /// Bytes held, roughly.
        long sizeBytes();

        /// Forgets all groups (window frames, streaming).
        void reset();
    }

    /// An aggregate before its argument types are known.
    interface Definition {
        /// The SQL name in lower case.
        String name();

        /// Checks the arguments and finds kernel and type.
        Bound bind(FunctionDefinition.BindContext context, List<Expr> arguments, Options options);
    }

    /// What an aggregate call may say besides its arguments.
    ///
    /// @param distinct DISTINCT: the operator removes duplicates before it adds
    /// @param separator GROUP_CONCAT's, or null for `,`
    record Options(boolean distinct, @Nullable String separator) {}

    /// A bound aggregate; the operator evaluates the (coerced) arguments.
    ///
    /// @param type of the values it computes
    /// @param shown the type it is declared with, whose scale may be less
    record Bound(AggregateFunction function, List<Expr> arguments, SqlType type, boolean nullable, SqlType shown) {
        public Bound {
            arguments = List.copyOf(arguments);
        }

        /// An aggregate that computes what it is declared with.
        public Bound(AggregateFunction function, List<Expr> arguments, SqlType type, boolean nullable) {
            this(function, arguments, type, nullable, type);
        }
    }
}
