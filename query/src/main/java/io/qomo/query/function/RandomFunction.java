package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;

/// RAND(): with a seed, the same sequence as MySQL's.
final class RandomFunction {
    private RandomFunction() {}

    static Expr bind(Binding call) {
        call.volatileResult();
        if (call.size() == 0) {
            return call.notNull()
                    .returnsDouble(row -> row.set((row.context.session().randomLong() >>> 11) * 0x1.0p-53));
        }
        boolean fixed = ExprWalker.isRowIndependent(call.get(0));
        call.integer(0).lenient().notNull();
        return call.returnsFresh(SqlType.DOUBLE, Coercibility.NUMERIC, () -> {
            Generator generator = new Generator();
            return row -> {
                if (!fixed || !generator.isSeeded) {
                    generator.seed(row.isNull(0) ? 0 : row.integer(0));
                }
                row.set(generator.next());
            };
        });
    }

    /// Two coupled linear sequences modulo 2^30 − 1.
    ///
    /// Source: the sequences RAND(1), RAND(2) … give, which the MySQL manual prints.
    static final class Generator {
        private static final long MODULUS = 0x3FFFFFFFL;
        private static final long MASK_32 = 0xFFFFFFFFL;

        private long first;
        private long second;
        private boolean isSeeded;

        void seed(long value) {
            long seed = value & MASK_32;
            first = (seed * 0x10001L + 55555555L & MASK_32) % MODULUS;
            second = (seed * 0x10000001L & MASK_32) % MODULUS;
            isSeeded = true;
        }

        double next() {
            first = (first * 3 + second) % MODULUS;
            second = (first + second + 33) % MODULUS;
            return (double) first / MODULUS;
        }
    }
}
