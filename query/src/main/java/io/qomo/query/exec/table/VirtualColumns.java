package io.qomo.query.exec.table;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.AssignmentConverter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Computes VIRTUAL generated columns of decoded rows. A generated column may use those before it.
final class VirtualColumns {
    private static final Vector ABSENT = Vector.constantNull(SqlType.NULL);

    /// Output ordinals, then further ones the expressions need.
    private final int[] ordinals;
    private final int outputs;
    private final boolean[] isVirtual;
    /// Per virtual column to compute, in ordinal order: its ordinal and its expression.
    private final int[] computed;
    private final CompiledExpr[] expressions;
    private final AssignmentConverter[] converters;
    private final SqlType[] types;
    private final Batch byOrdinal;

    private VirtualColumns(
            ExecContext context,
            TableLayout layout,
            int[] ordinals,
            int outputs,
            boolean[] isVirtual,
            int[] computed,
            CompiledExpr[] expressions) {
        this.ordinals = ordinals;
        this.outputs = outputs;
        this.isVirtual = isVirtual;
        this.computed = computed;
        this.expressions = expressions;
        this.types = new SqlType[computed.length];
        this.converters = new AssignmentConverter[computed.length];
        for (int i = 0; i < computed.length; i++) {
            ColumnDef column = layout.table().columns().get(computed[i]);
            types[i] = column.type();
            converters[i] = AssignmentConverter.reading(layout.table().name(), column.name(), column.type(), context);
        }
        Vector[] columns = new Vector[layout.width()];
        Arrays.fill(columns, ABSENT);
        this.byOrdinal = new Batch(columns, 0);
    }

    /// The computation for an output, or null if it has no virtual column.
    static @Nullable VirtualColumns of(ExecContext context, TableLayout layout, int[] outputs) {
        boolean any = false;
        for (int ordinal : outputs) {
            any |= layout.isVirtual(ordinal);
        }
        if (!any) {
            return null;
        }
        List<@Nullable Expr> generated = context.bind(layout.table()).generated();
        BitSet needed = new BitSet();
        for (int ordinal : outputs) {
            needed.set(ordinal);
        }
        for (int i = layout.width() - 1; i >= 0; i--) {
            if (needed.get(i) && layout.isVirtual(i)) {
                ExprWalker.collectColumns(Objects.requireNonNull(generated.get(i)), needed);
            }
        }
        BitSet extra = (BitSet) needed.clone();
        for (int ordinal : outputs) {
            extra.clear(ordinal);
        }
        int[] all = Arrays.copyOf(outputs, outputs.length + extra.cardinality());
        int at = outputs.length;
        for (int i = extra.nextSetBit(0); i >= 0; i = extra.nextSetBit(i + 1)) {
            all[at] = i;
            at++;
        }
        boolean[] isVirtual = new boolean[layout.width()];
        int[] computed = needed.stream().filter(layout::isVirtual).toArray();
        CompiledExpr[] expressions = new CompiledExpr[computed.length];
        for (int i = 0; i < computed.length; i++) {
            isVirtual[computed[i]] = true;
            expressions[i] = Evaluator.compile(Objects.requireNonNull(generated.get(computed[i])), context);
        }
        return new VirtualColumns(context, layout, all, outputs.length, isVirtual, computed, expressions);
    }

    /// What is to be decoded: the output's columns first.
    int[] decodedOrdinals() {
        return ordinals.clone();
    }

    /// Computes the virtual columns from the decoded ones and puts them into the output.
    void compute(Vector[] decoded, int rows, Batch out) {
        byOrdinal.setRows(rows);
        for (int i = 0; i < ordinals.length; i++) {
            if (!isVirtual[ordinals[i]]) {
                byOrdinal.setColumn(ordinals[i], decoded[i]);
            }
        }
        for (int i = 0; i < computed.length; i++) {
            byOrdinal.setColumn(computed[i], converted(i, expressions[i].evaluate(byOrdinal), rows));
        }
        for (int i = 0; i < outputs; i++) {
            if (isVirtual[ordinals[i]]) {
                Vector own = decoded[i];
                Vector value = byOrdinal.column(ordinals[i]);
                own.reset();
                own.ensure(rows);
                for (int r = 0; r < rows; r++) {
                    own.copyFrom(value, r, r);
                }
                out.setColumn(i, own);
            }
        }
    }

    /// The expression's values as values of the column, as they would have been stored.
    private Vector converted(int index, Vector value, int rows) {
        if (value.type().equals(types[index])) {
            return value;
        }
        Vector own = Vector.of(types[index], rows);
        converters[index].convert(value, 1, rows, own);
        return own;
    }
}
