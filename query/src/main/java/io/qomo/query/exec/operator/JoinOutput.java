package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every join does with candidate pairs: tests the condition and makes output rows of the join's
/// kind, in the order of the left rows.
///
/// ```
/// start(left) ─ (add(pairs) | complete(rows))* ─ take() whenever isFull and after the last complete
/// ```
/// Candidates come by ascending left row; `complete(n)` says that all candidates of left rows below n
/// have come.
final class JoinOutput {
    private static final int FULL_ROWS = Vector.BATCH_ROWS;

    private final JoinKind kind;
    private final boolean nullRulesOut;
    private final int leftWidth;
    private final int rightWidth;
    private final @Nullable CompiledExpr condition;
    private final Batch candidate;
    private final Vector[] leftOfPairs;
    private final Batch out;
    private int[] selection = new int[FULL_ROWS];
    private int[] emitLeft = new int[FULL_ROWS];
    private int[] emitPair = new int[FULL_ROWS];
    private @Nullable Batch left;
    /// Per left row: it has a match; for ANTI_NULL_AWARE also if the condition was NULL for some right row.
    private boolean[] matched = new boolean[FULL_ROWS];
    private int next;
    private int emits;
    private boolean isTaken;

    /// @param condition over left, then right, then `extra` columns
    /// @param nullRulesOut for ANTI_NULL_AWARE: the condition compares the keys too, so a NULL rules the
    ///     left row out
    JoinOutput(
            ExecContext context,
            JoinKind kind,
            List<SqlType> leftTypes,
            List<SqlType> rightTypes,
            int extraColumns,
            @Nullable Expr condition,
            boolean nullRulesOut) {
        this.kind = kind;
        this.nullRulesOut = nullRulesOut;
        this.leftWidth = leftTypes.size();
        this.rightWidth = rightTypes.size();
        this.condition = condition == null ? null : Evaluator.compile(condition, context);
        this.candidate = new Batch(new Vector[leftWidth + rightWidth + extraColumns], 0);
        this.leftOfPairs = new Vector[leftWidth];
        for (int c = 0; c < leftWidth; c++) {
            leftOfPairs[c] = Vector.of(leftTypes.get(c), 1);
        }
        boolean isWide = kind == JoinKind.INNER || kind == JoinKind.LEFT;
        Vector[] columns = new Vector[leftWidth + (isWide ? rightWidth : 0)];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(c < leftWidth ? leftTypes.get(c) : rightTypes.get(c - leftWidth), 1);
        }
        this.out = new Batch(columns, 0);
    }

    void reset() {
        left = null;
        Rows.clear(out, 1);
        if (condition != null) {
            condition.reset();
        }
    }

    /// Begins with the rows of a left batch, which stay valid until the last of them is complete.
    void start(Batch rows) {
        left = rows;
        next = 0;
        if (matched.length < rows.rows()) {
            matched = new boolean[rows.rows()];
        } else {
            Arrays.fill(matched, 0, rows.rows(), false);
        }
    }

    private Batch left() {
        Batch rows = left;
        if (rows == null) {
            throw new IllegalStateException("no left rows");
        }
        return rows;
    }

    /// True if a left row already has all it needs from the right side: SEMI and ANTI look for one match
    /// only.
    boolean isDecided(int leftRow) {
        return matched[leftRow] && kind != JoinKind.INNER && kind != JoinKind.LEFT;
    }

    /// Adds candidate pairs: pair i joins left row `leftRows[i]` with row i of the right (and extra)
    /// vectors.
    void add(int[] leftRows, int count, Vector[] right) {
        CompiledExpr test = condition;
        if (test == null) {
            for (int i = 0; i < count; i++) {
                emitOrMark(leftRows[i], i);
            }
            finishPairs(right, count);
            return;
        }
        for (int c = 0; c < leftWidth; c++) {
            leftOfPairs[c].gather(left().column(c), leftRows, count);
            candidate.setColumn(c, leftOfPairs[c]);
        }
        for (int c = 0; c < right.length; c++) {
            candidate.setColumn(leftWidth + c, right[c]);
        }
        candidate.setRows(count);
        if (nullRulesOut) {
            markNotFalse(test.evaluate(candidate), leftRows, count);
            return;
        }
        if (selection.length < count) {
            selection = new int[count];
        }
        int passed = Evaluator.filter(test, candidate, selection);
        for (int i = 0; i < passed; i++) {
            emitOrMark(leftRows[selection[i]], selection[i]);
        }
        finishPairs(right, passed);
    }

    private void markNotFalse(Vector result, int[] leftRows, int count) {
        for (int i = 0; i < count; i++) {
            if (result.isNull(i) || !(result instanceof LongVector v) || v.get(i) != 0) {
                matched[leftRows[i]] = true;
            }
        }
    }

    private void emitOrMark(int leftRow, int pair) {
        matched[leftRow] = true;
        switch (kind) {
            case INNER -> emit(leftRow, pair);
            case LEFT -> {
                emitUnmatched(leftRow);
                next = Math.max(next, leftRow);
                emit(leftRow, pair);
            }
            case SEMI, ANTI, ANTI_NULL_AWARE -> {}
        }
    }

    private void emitUnmatched(int upTo) {
        for (; next < upTo; next++) {
            if (!matched[next]) {
                emit(next, -1);
            }
        }
    }

    private void emit(int leftRow, int pair) {
        if (emits == emitLeft.length) {
            emitLeft = Arrays.copyOf(emitLeft, emits * 2);
            emitPair = Arrays.copyOf(emitPair, emits * 2);
        }
        emitLeft[emits] = leftRow;
        emitPair[emits] = pair;
        emits++;
    }

    private void finishPairs(Vector[] right, int passed) {
        if (passed > 0 && (kind == JoinKind.INNER || kind == JoinKind.LEFT)) {
            append(right);
        }
        emits = 0;
    }

    /// Appends the emitted rows, column by column.
    private void append(Vector[] right) {
        int at = out.rows();
        int count = emits;
        for (int c = 0; c < leftWidth; c++) {
            Vector source = left().column(c);
            Vector target = out.column(c);
            target.ensure(at + count);
            for (int i = 0; i < count; i++) {
                target.copyFrom(source, emitLeft[i], at + i);
            }
        }
        for (int c = leftWidth; c < out.width(); c++) {
            Vector target = out.column(c);
            target.ensure(at + count);
            for (int i = 0; i < count; i++) {
                if (emitPair[i] < 0) {
                    target.setNull(at + i);
                } else {
                    target.copyFrom(right[c - leftWidth], emitPair[i], at + i);
                }
            }
        }
        out.setRows(at + count);
    }

    /// All candidates of left rows below `upTo` have come.
    void complete(int upTo) {
        emits = 0;
        switch (kind) {
            case INNER -> next = upTo;
            case LEFT -> emitUnmatched(upTo);
            case SEMI -> emitWhere(upTo, true);
            case ANTI, ANTI_NULL_AWARE -> emitWhere(upTo, false);
        }
        if (emits > 0) {
            append(new Vector[0]);
            emits = 0;
        }
    }

    private void emitWhere(int upTo, boolean isMatched) {
        for (; next < upTo; next++) {
            if (matched[next] == isMatched) {
                emit(next, -1);
            }
        }
    }

    /// Rules a left row out of ANTI_NULL_AWARE.
    void ruleOut(int leftRow) {
        matched[leftRow] = true;
    }

    /// True if there is enough output to hand on.
    boolean isFull() {
        return out.rows() >= FULL_ROWS;
    }

    /// The output so far, or null if there is none; valid until the next call of [#clearTaken].
    @Nullable Batch take() {
        if (out.rows() == 0) {
            return null;
        }
        isTaken = true;
        return out;
    }

    /// Forgets output that was taken.
    void clearTaken() {
        if (isTaken) {
            isTaken = false;
            Rows.clear(out, FULL_ROWS);
        }
    }
}
