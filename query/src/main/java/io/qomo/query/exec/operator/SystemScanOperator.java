package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.SystemScan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a table whose rows the server makes.
final class SystemScanOperator implements Operator {
    private final ExecContext context;
    private final SystemScan plan;
    private final @Nullable CompiledExpr condition;
    private final SpillableRows kept;
    private final Batch out;
    private final Gatherer gatherer = new Gatherer();
    private int[] selection = new int[64];
    private int nextChunk;
    private boolean isStarted;

    SystemScanOperator(ExecContext context, SystemScan plan) {
        this.context = context;
        this.plan = plan;
        Expr filter = plan.filter();
        this.condition = filter == null ? null : Evaluator.compile(filter, context);
        List<SqlType> types = Rows.types(plan);
        this.kept = new SpillableRows(types, context.temp(), context.memory());
        this.out = new Batch(new Vector[types.size()], 0);
    }

    @Override
    public void open() {
        close();
        isStarted = false;
        nextChunk = 0;
    }

    private void start() {
        isStarted = true;
        context.catalog()
                .systemTable(plan.table())
                .scan(context.systemSession(), equalities(plan.filter()), this::keep);
    }

    private void keep(Batch all) {
        context.checkInterrupted();
        if (all.rows() == 0) {
            return;
        }
        for (int i = 0; i < out.width(); i++) {
            out.setColumn(i, all.column(plan.ordinals().get(i)));
        }
        out.setRows(all.rows());
        if (condition == null) {
            kept.append(out);
            return;
        }
        if (selection.length < out.rows()) {
            selection = new int[out.rows()];
        }
        int count = Evaluator.filter(condition, out, selection);
        if (count > 0) {
            kept.append(gatherer.gather(out, selection, count));
        }
    }

    /// The values the filter's conjuncts allow for string columns: `column = value` and `column IN
    /// (values)`.
    private Map<String, Set<String>> equalities(@Nullable Expr filter) {
        Map<String, Set<String>> found = new HashMap<>();
        if (filter instanceof Expr.Logic logic && logic.isAnd()) {
            logic.conditions().forEach(c -> addEquality(c, found));
        } else if (filter != null) {
            addEquality(filter, found);
        }
        return found;
    }

    private void addEquality(Expr expr, Map<String, Set<String>> found) {
        if (!(expr instanceof Expr.Call call)
                || call.arguments().size() != 2
                || !call.function().name().equals("=")) {
            return;
        }
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        if (left instanceof Expr.Column column && ExprWalker.isRowIndependent(right)) {
            addEquality(column, right, found);
        } else if (right instanceof Expr.Column column && ExprWalker.isRowIndependent(left)) {
            addEquality(column, left, found);
        }
    }

    private void addEquality(Expr.Column column, Expr value, Map<String, Set<String>> found) {
        ColumnDef definition = plan.table().columns().get(plan.ordinals().get(column.index()));
        if (Evaluator.evaluateConstant(value, context) instanceof BytesVector v && !v.isNull(0)) {
            found.merge(
                    definition.name().toLowerCase(Locale.ROOT),
                    Set.of(v.getString(0)),
                    (a, b) -> a.stream().filter(b::contains).collect(Collectors.toSet()));
        }
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        if (!isStarted) {
            start();
        }
        if (nextChunk >= kept.chunkCount()) {
            return null;
        }
        Batch chunk = kept.chunk(nextChunk);
        nextChunk++;
        return chunk;
    }

    @Override
    public void close() {
        kept.close();
        nextChunk = 0;
        isStarted = true;
        if (condition != null) {
            condition.reset();
        }
    }
}
