package io.qomo.query.eval;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A subquery in an expression.
///
/// Answers are kept per combination of outer values and operands, in the statement's memory as long as there is some.
/// Without outer values the rows an ANY or ALL compares with are kept too, so the plan runs once.
final class CompiledSubquery extends CompiledExpr {
    private static final int MAX_ANSWERS = 1 << 16;
    private static final int ANSWER_BYTES = 160;

    private final Expr.Subquery subquery;
    private final CompiledExpr[] bindings;
    private final CompiledExpr[] operands;
    private final @Nullable CompiledExpr comparison;
    private final EvalContext context;
    private final Vector out;
    private final Map<ValueKey, Vector> answers = new HashMap<>();
    private long answerBytes;
    private @Nullable List<Batch> kept;
    private final ValueKey.Builder keys = new ValueKey.Builder();

    CompiledSubquery(
            Expr.Subquery subquery,
            CompiledExpr[] bindings,
            CompiledExpr[] operands,
            @Nullable CompiledExpr comparison,
            EvalContext context) {
        super(subquery.type(), false);
        this.subquery = subquery;
        this.bindings = bindings;
        this.operands = operands;
        this.comparison = comparison;
        this.context = context;
        this.out = Vector.of(subquery.type(), 1);
    }

    @Override
    public Vector evaluate(Batch input) {
        int rows = input.rows();
        out.reset();
        if (rows == 0) {
            return out;
        }
        Vector[] outer = new Vector[bindings.length];
        Vector[] left = new Vector[operands.length];
        boolean constant = evaluate(bindings, input, outer) & evaluate(operands, input, left);
        int count = constant ? 1 : rows;
        out.ensure(count);
        for (int i = 0; i < count; i++) {
            out.copyFrom(answer(outer, left, i), 0, i);
        }
        out.setConstant(constant);
        return out;
    }

    private static boolean evaluate(CompiledExpr[] expressions, Batch input, Vector[] values) {
        boolean constant = true;
        for (int i = 0; i < expressions.length; i++) {
            values[i] = expressions[i].evaluate(input);
            constant &= values[i].isConstant();
        }
        return constant;
    }

    private Vector answer(Vector[] outer, Vector[] left, int row) {
        ValueKey key = keys.start().add(outer, row).add(left, row).build();
        Vector known = answers.get(key);
        if (known != null) {
            return known;
        }
        context.checkInterrupted();
        Vector answer = compute(constants(outer, row), constants(left, row));
        keep(key, answer);
        return answer;
    }

    private void keep(ValueKey key, Vector answer) {
        long bytes = ANSWER_BYTES + key.sizeBytes() + answer.sizeBytes(1);
        if (answers.size() >= MAX_ANSWERS || !context.memory().tryReserve(bytes)) {
            answers.clear();
            context.memory().release(answerBytes);
            answerBytes = 0;
            return;
        }
        answerBytes += bytes;
        answers.put(key, answer);
    }

    private static Vector[] constants(Vector[] vectors, int row) {
        Vector[] values = new Vector[vectors.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Constants.copyOf(vectors[i], row);
        }
        return values;
    }

    private Vector compute(Vector[] outer, Vector[] left) {
        return switch (subquery.kind()) {
            case SCALAR -> scalar(outer);
            case EXISTS -> exists(outer);
            case ANY -> quantified(outer, left, true);
            case ALL -> quantified(outer, left, false);
        };
    }

    private Vector scalar(Vector[] outer) {
        try (EvalContext.SubqueryRows rows = context.runSubquery(subquery, outer)) {
            Vector answer = null;
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                if (batch.rows() > 1 || (batch.rows() == 1 && answer != null)) {
                    throw new SqlException(ErrorCode.SUBQUERY_NO_1_ROW);
                }
                if (batch.rows() == 1) {
                    answer = Constants.copyOf(batch.column(0), 0);
                }
            }
            return answer == null ? Vector.constantNull(type()) : answer;
        }
    }

    private Vector exists(Vector[] outer) {
        try (EvalContext.SubqueryRows rows = context.runSubquery(subquery, outer)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                if (batch.rows() > 0) {
                    return LongVector.constant(type(), 1);
                }
            }
            return LongVector.constant(type(), 0);
        }
    }

    private Vector quantified(Vector[] outer, Vector[] left, boolean isAny) {
        Quantifier quantifier = new Quantifier(left, isAny);
        if (outer.length == 0) {
            for (Batch batch : keptRows()) {
                if (quantifier.add(batch)) {
                    break;
                }
            }
            return quantifier.answer();
        }
        try (EvalContext.SubqueryRows rows = context.runSubquery(subquery, outer)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                if (quantifier.add(batch)) {
                    break;
                }
            }
            return quantifier.answer();
        }
    }

    private List<Batch> keptRows() {
        List<Batch> all = kept;
        if (all != null) {
            return all;
        }
        all = new ArrayList<>();
        try (EvalContext.SubqueryRows rows = context.runSubquery(subquery, new Vector[0])) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                if (batch.rows() > 0) {
                    context.memory().reserve(batch.sizeBytes());
                    all.add(copy(batch));
                }
            }
        }
        kept = all;
        return all;
    }

    private static Batch copy(Batch batch) {
        Vector[] columns = new Vector[batch.width()];
        for (int i = 0; i < columns.length; i++) {
            Vector source = batch.column(i);
            Vector target = Vector.of(source.type(), batch.rows());
            for (int row = 0; row < batch.rows(); row++) {
                target.copyFrom(source, row, row);
            }
            columns[i] = target;
        }
        return new Batch(columns, batch.rows());
    }

    @Override
    public void reset() {
        answers.clear();
        context.memory().release(answerBytes);
        answerBytes = 0;
        List<Batch> rows = kept;
        if (rows != null) {
            rows.forEach(batch -> context.memory().release(batch.sizeBytes()));
            kept = null;
        }
        for (CompiledExpr binding : bindings) {
            binding.reset();
        }
        for (CompiledExpr operand : operands) {
            operand.reset();
        }
        if (comparison != null) {
            comparison.reset();
        }
    }

    /// ANY: true if some comparison is, else NULL if some is NULL, else false. ALL: the same of the negation.
    private final class Quantifier {
        private final Vector[] left;
        private final boolean isAny;
        private boolean sawNull;
        private boolean decided;

        Quantifier(Vector[] left, boolean isAny) {
            this.left = left;
            this.isAny = isAny;
        }

        /// Takes rows; true once the answer is known.
        boolean add(Batch batch) {
            Vector[] columns = new Vector[2 * left.length];
            for (int i = 0; i < left.length; i++) {
                columns[i] = left[i];
                columns[left.length + i] = batch.column(i);
            }
            CompiledExpr condition = comparison;
            if (condition == null) {
                throw new SqlException(ErrorCode.INTERNAL_ERROR, "a quantified subquery without its comparison");
            }
            Vector holds = condition.evaluate(new Batch(columns, batch.rows()));
            for (int i = 0; i < batch.rows(); i++) {
                if (holds.isNull(i)) {
                    sawNull = true;
                } else if (Truth.isNonZero(holds, i) == isAny) {
                    decided = true;
                    return true;
                }
            }
            return false;
        }

        Vector answer() {
            SqlType type = subquery.type();
            if (decided) {
                return LongVector.constant(type, isAny ? 1 : 0);
            }
            return sawNull ? Vector.constantNull(type) : LongVector.constant(type, isAny ? 0 : 1);
        }
    }
}
