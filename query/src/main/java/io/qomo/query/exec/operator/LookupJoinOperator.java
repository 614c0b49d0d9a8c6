package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.PlanProfile;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.table.Lookup;
import io.qomo.query.exec.table.PointLookup;
import io.qomo.query.exec.table.RangeLookup;
import io.qomo.query.exec.table.ScanOutput;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PhysicalPlan.NestedLoopJoin;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.KeyRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins by looking left rows up in an index of the right table, many at once: the keys of a whole left
/// batch are computed together and read together.
final class LookupJoinOperator implements Operator {
    private final ExecContext context;
    private final Operator left;
    private final Programs bindings;
    private final Batch bound;
    private final Lookup lookup;
    private final JoinOutput output;
    private final int rightWidth;
    private final Vector[] rightAndBound;
    private final Vector[] boundOfPairs;
    private final boolean needsBound;
    private final PlanProfile.@Nullable Node counts;
    private @Nullable Batch batch;
    private boolean isDone;

    private LookupJoinOperator(
            ExecContext context, Operator left, NestedLoopJoin plan, Lookup lookup, @Nullable Expr condition) {
        this.context = context;
        this.left = left;
        this.lookup = lookup;
        List<Expr> values =
                plan.bindings().stream().map(Expr.Subquery.Binding::value).toList();
        this.bindings = Programs.of(values, context);
        this.bound = new Batch(new Vector[values.size()], 0);
        List<SqlType> rightTypes = Rows.types(plan.right());
        this.rightWidth = rightTypes.size();
        this.needsBound = condition != null;
        PlanProfile profile = context.profile();
        this.counts = profile == null ? null : profile.nodeDoneElsewhere(plan.right());
        int extra = needsBound ? values.size() : 0;
        this.rightAndBound = new Vector[rightWidth + extra];
        this.boundOfPairs = new Vector[extra];
        for (int i = 0; i < extra; i++) {
            boundOfPairs[i] = Vector.of(values.get(i).type(), 1);
        }
        boolean nullRulesOut = plan.kind() == JoinKind.ANTI_NULL_AWARE && condition != null;
        this.output = new JoinOutput(
                context, plan.kind(), Rows.types(plan.left()), rightTypes, extra, condition, nullRulesOut);
    }

    /// The operator, or null if the right side is more than one look-up per row or must lock what it reads.
    static @Nullable LookupJoinOperator of(ExecContext context, Operator left, NestedLoopJoin plan) {
        if (plan.bindings().isEmpty() || plan.kind() == JoinKind.ANTI_NULL_AWARE) {
            return null;
        }
        Map<Integer, Expr> columns = new HashMap<>();
        for (int i = 0; i < plan.bindings().size(); i++) {
            Expr value = plan.bindings().get(i).value();
            columns.put(plan.bindings().get(i).slot(), new Expr.Column(i, value.type(), value.nullable(), "bound"));
        }
        Expr filter;
        Lookup lookup;
        switch (plan.right()) {
            case PhysicalPlan.PointGet get
            when get.lock() == null -> {
                TableLayout layout = context.layout(get.table());
                IndexLayout index = layout.index(get.index());
                List<List<Expr>> keys =
                        get.keys().stream().map(k -> substitute(k, columns)).toList();
                ScanOutput rows = new ScanOutput(context, layout, get.ordinals(), get.withHandle());
                lookup = new PointLookup(rows, index, keys);
                filter = get.filter();
            }
            case PhysicalPlan.TableScan scan
            when scan.lock() == null -> {
                TableLayout layout = context.layout(scan.table());
                List<KeyRange> ranges =
                        scan.ranges().stream().map(r -> substitute(r, columns)).toList();
                ScanOutput rows = new ScanOutput(context, layout, scan.ordinals(), scan.withHandle());
                lookup = new RangeLookup(rows, layout.index(scan.index()), ranges, scan.lookup(), scan.reverse());
                filter = scan.filter();
            }
            default -> {
                return null;
            }
        }
        return new LookupJoinOperator(context, left, plan, lookup, condition(plan, filter, columns));
    }

    /// The look-up's own filter and the join's condition over left, right and bound columns.
    private static @Nullable Expr condition(NestedLoopJoin plan, @Nullable Expr filter, Map<Integer, Expr> columns) {
        int leftWidth = plan.left().props().columns().size();
        int width = leftWidth + plan.right().props().columns().size();
        List<Expr> conditions = new ArrayList<>();
        if (filter != null) {
            conditions.add(ExprRewriter.rewrite(filter, e -> switch (e) {
                case Expr.Column c -> new Expr.Column(c.index() + leftWidth, c.type(), c.nullable(), c.name());
                case Expr.Correlated c
                when columns.get(c.slot()) instanceof Expr.Column b ->
                    new Expr.Column(width + b.index(), c.type(), c.nullable(), c.name());
                default -> e;
            }));
        }
        if (plan.condition() != null) {
            conditions.add(plan.condition());
        }
        return switch (conditions.size()) {
            case 0 -> null;
            case 1 -> conditions.getFirst();
            default -> new Expr.Logic(true, conditions);
        };
    }

    private static List<Expr> substitute(List<Expr> expressions, Map<Integer, Expr> columns) {
        return ExprRewriter.rewriteAll(
                expressions, e -> e instanceof Expr.Correlated c ? columns.getOrDefault(c.slot(), e) : e);
    }

    private static KeyRange substitute(KeyRange range, Map<Integer, Expr> columns) {
        return new KeyRange(
                substitute(range.low(), columns),
                range.lowInclusive(),
                substitute(range.high(), columns),
                range.highInclusive(),
                range.nullSafe());
    }

    @Override
    public void open() {
        close();
        isDone = false;
        lookup.open();
        left.open();
    }

    @Override
    public @Nullable Batch next() {
        output.clearTaken();
        while (!output.isFull()) {
            context.checkInterrupted();
            Batch rows = batch;
            if (rows == null) {
                if (isDone) {
                    break;
                }
                rows = left.next();
                if (rows == null) {
                    isDone = true;
                    break;
                }
                batch = rows;
                Vector[] values = bindings.evaluate(rows);
                for (int i = 0; i < values.length; i++) {
                    bound.setColumn(i, values[i]);
                }
                bound.setRows(rows.rows());
                output.start(rows);
                lookup.start(bound);
                if (counts != null) {
                    counts.add(rows.rows(), 0, 0);
                }
            }
            Batch found = counts == null ? lookup.next() : counted(counts);
            if (found != null) {
                addPairs(found);
            }
            output.complete(lookup.completed());
            if (lookup.completed() >= rows.rows()) {
                batch = null;
            }
        }
        return output.take();
    }

    /// EXPLAIN ANALYZE: rows are counted before the filter.
    private @Nullable Batch counted(PlanProfile.Node node) {
        long start = context.services().env().nanoTime();
        Batch found = lookup.next();
        node.add(0, found == null ? 0 : found.rows(), context.services().env().nanoTime() - start);
        return found;
    }

    private void addPairs(Batch found) {
        int[] leftRows = lookup.leftRows();
        for (int c = 0; c < rightWidth; c++) {
            rightAndBound[c] = found.column(c);
        }
        for (int i = 0; i < boundOfPairs.length; i++) {
            boundOfPairs[i].gather(bound.column(i), leftRows, found.rows());
            rightAndBound[rightWidth + i] = boundOfPairs[i];
        }
        output.add(leftRows, found.rows(), rightAndBound);
    }

    @Override
    public void close() {
        isDone = true;
        batch = null;
        left.close();
        bindings.reset();
        lookup.close();
        output.reset();
    }
}
