package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `left \[NOT] IN (items)`: the first argument against the others, which are the same for all rows of a statement and
/// brought to the domain of the left side. Long lists are hashed, once per statement.
///
/// @param domain how values are compared; of mixed signs where an item's sign differs from the left side's
/// @param collation of strings, else BINARY
/// @param negated NOT IN
public record InList(Comparison.Domain domain, Collation collation, boolean negated) implements ScalarFunction {
    private static final int LINEAR_ITEMS = 4;

    /// The list of a call, or null if it is none.
    public static @Nullable InList of(Expr expr) {
        return expr instanceof Expr.Call call && call.function() instanceof InList list ? list : null;
    }

    @Override
    public String name() {
        return negated ? "not in" : "in";
    }

    @Override
    public boolean isTotal() {
        return domain != Comparison.Domain.JSON;
    }

    @Override
    public boolean isPredicate() {
        return true;
    }

    @Override
    public ScalarFunction forStatement() {
        return new State(this);
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        forStatement().evaluate(context, arguments, rows, out);
    }

    /// The list with its items hashed.
    private static final class State implements ScalarFunction {
        private final InList list;
        private @Nullable Items items;

        State(InList list) {
            this.list = list;
        }

        @Override
        public String name() {
            return list.name();
        }

        @Override
        public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
            Items known = items;
            if (known == null) {
                known = list.items(arguments);
                items = known;
            }
            long[] result = ((LongVector) out).values;
            Vector left = arguments[0];
            long found = list.negated ? 0 : 1;
            for (int i = 0; i < rows; i++) {
                if (left.isNull(i)) {
                    out.setNull(i);
                } else if (known.contains(left, i)) {
                    result[i] = found;
                } else if (known.hasNull()) {
                    out.setNull(i);
                } else {
                    result[i] = 1 - found;
                }
            }
        }
    }

    private Items items(Vector[] arguments) {
        boolean hasNull = false;
        List<Vector> values = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].isNull(0)) {
                hasNull = true;
            } else {
                values.add(arguments[i]);
            }
        }
        return switch (domain) {
            case SIGNED, UNSIGNED, SIGNED_UNSIGNED, UNSIGNED_SIGNED, LONG_DECIMAL, DECIMAL_LONG ->
                longs(arguments[0], values, hasNull);
            case TEXT ->
                values.size() <= LINEAR_ITEMS
                        ? new AnyItems(new Comparison(Comparison.Operator.EQUAL, domain, collation), values, hasNull)
                        : new TextItems(values, collation, hasNull);
            case DOUBLE, DECIMAL, JSON ->
                new AnyItems(new Comparison(Comparison.Operator.EQUAL, domain, collation), values, hasNull);
        };
    }

    private static Items longs(Vector left, List<Vector> values, boolean hasNull) {
        boolean unsigned = Numbers.isUnsigned(left.type());
        long[] sorted = new long[values.size()];
        int n = 0;
        for (Vector v : values) {
            if (v instanceof DecimalVector key) {
                BigInteger whole = key.unscaled(0);
                if (unsigned ? whole.signum() >= 0 && whole.bitLength() <= Long.SIZE : whole.bitLength() < Long.SIZE) {
                    sorted[n++] = whole.longValue();
                }
                continue;
            }
            long value = ((LongVector) v).get(0);
            // Of different signs, only values below 2^63 can be equal.
            if (value >= 0 || Numbers.isUnsigned(v.type()) == unsigned) {
                sorted[n++] = value;
            }
        }
        sorted = Arrays.copyOf(sorted, n);
        Arrays.sort(sorted);
        return n <= LINEAR_ITEMS ? new FewLongs(sorted, hasNull) : new LongItems(sorted, hasNull);
    }

    /// The items, ready to be searched.
    private interface Items {
        boolean contains(Vector left, int row);

        boolean hasNull();
    }

    private record FewLongs(long[] values, boolean hasNull) implements Items {
        @Override
        public boolean contains(Vector left, int row) {
            long wanted = ((LongVector) left).get(row);
            for (long value : values) {
                if (value == wanted) {
                    return true;
                }
            }
            return false;
        }
    }

    /// An open-addressing table; slots with `used` unset are empty.
    private static final class LongItems implements Items {
        private final long[] slots;
        private final boolean[] used;
        private final boolean hasNull;

        LongItems(long[] values, boolean hasNull) {
            int capacity = Integer.highestOneBit(Math.max(values.length, 1)) << 2;
            slots = new long[capacity];
            used = new boolean[capacity];
            this.hasNull = hasNull;
            for (long value : values) {
                int slot = slot(value);
                while (used[slot] && slots[slot] != value) {
                    slot = (slot + 1) & (capacity - 1);
                }
                used[slot] = true;
                slots[slot] = value;
            }
        }

        private int slot(long value) {
            long h = value * 0x9E3779B97F4A7C15L;
            return (int) (h >>> 40) & (slots.length - 1);
        }

        @Override
        public boolean contains(Vector left, int row) {
            long wanted = ((LongVector) left).get(row);
            int slot = slot(wanted);
            while (used[slot]) {
                if (slots[slot] == wanted) {
                    return true;
                }
                slot = (slot + 1) & (slots.length - 1);
            }
            return false;
        }

        @Override
        public boolean hasNull() {
            return hasNull;
        }
    }

    /// Strings by hash; chains through `next`.
    private static final class TextItems implements Items {
        private final byte[][] values;
        private final int[] hashes;
        private final int[] next;
        private final int[] heads;
        private final Collation collation;
        private final boolean hasNull;

        TextItems(List<Vector> items, Collation collation, boolean hasNull) {
            this.collation = collation;
            this.hasNull = hasNull;
            int n = items.size();
            values = new byte[n][];
            hashes = new int[n];
            next = new int[n];
            heads = new int[Integer.highestOneBit(n) << 1];
            Arrays.fill(heads, -1);
            for (int i = 0; i < n; i++) {
                values[i] = ((BytesVector) items.get(i)).get(0);
                hashes[i] = Collations.hash(values[i], 0, values[i].length, collation);
                int slot = hashes[i] & (heads.length - 1);
                next[i] = heads[slot];
                heads[slot] = i;
            }
        }

        @Override
        public boolean contains(Vector left, int row) {
            BytesVector v = (BytesVector) left;
            int at = v.at(row);
            int hash = Collations.hash(v.base[at], v.offset[at], v.length[at], collation);
            for (int i = heads[hash & (heads.length - 1)]; i >= 0; i = next[i]) {
                if (hashes[i] == hash
                        && Collations.equals(
                                v.base[at], v.offset[at], v.length[at], values[i], 0, values[i].length, collation)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean hasNull() {
            return hasNull;
        }
    }

    private record AnyItems(Comparison equal, List<Vector> values, boolean hasNull) implements Items {
        @Override
        public boolean contains(Vector left, int row) {
            for (Vector value : values) {
                if (equal.compare(left, row, value, 0) == 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
