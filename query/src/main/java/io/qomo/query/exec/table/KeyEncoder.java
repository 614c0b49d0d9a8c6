package io.qomo.query.exec.table;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes keys of a unique index from a plan's rows of expressions. Owned by one thread.
public final class KeyEncoder {
    private static final byte[][] NONE = {};

    private final IndexLayout index;
    private final List<Programs> keys = new ArrayList<>();
    private final Vector[][] values;
    private final KeyWriter writer = new KeyWriter();

    /// Compiles the keys.
    public KeyEncoder(IndexLayout index, List<List<Expr>> keys, ExecContext context) {
        this.index = index;
        for (List<Expr> key : keys) {
            this.keys.add(Programs.of(key, context));
        }
        this.values = new Vector[keys.size()][];
    }

    /// Forgets what was computed: the keys may differ the next time.
    public void reset() {
        keys.forEach(Programs::reset);
    }

    /// Computes the keys for the rows of a batch, to be asked for by [#distinct] before the next call.
    public void evaluate(Batch input) {
        for (int k = 0; k < values.length; k++) {
            values[k] = keys.get(k).evaluate(input);
        }
    }

    /// The keys of one row of the input that have no NULL, ascending, without repetition.
    public byte[][] distinct(int row) {
        if (values.length == 1) {
            byte[] only = encode(values[0], row);
            return only == null ? NONE : new byte[][] {only};
        }
        byte[][] all = new byte[values.length][];
        int n = 0;
        for (Vector[] key : values) {
            byte[] encoded = encode(key, row);
            if (encoded != null) {
                all[n] = encoded;
                n++;
            }
        }
        Arrays.sort(all, 0, n, Arrays::compareUnsigned);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (distinct == 0 || !Arrays.equals(all[distinct - 1], all[i])) {
                all[distinct] = all[i];
                distinct++;
            }
        }
        return Arrays.copyOf(all, distinct);
    }

    /// The key of values, or null if one is NULL.
    public byte @Nullable [] encode(Vector[] values, int row) {
        writer.clear();
        writer.writeRaw(index.prefix(), 0, index.prefix().length);
        for (int p = 0; p < values.length; p++) {
            if (values[p].isNull(row)) {
                return null;
            }
            index.writePart(writer, p, values[p], row);
        }
        return writer.toBytes();
    }
}
