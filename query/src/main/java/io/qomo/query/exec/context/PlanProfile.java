package io.qomo.query.exec.context;

import io.qomo.base.env.Env;
import io.qomo.base.vector.Batch;
import io.qomo.query.plan.PhysicalPlan;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What EXPLAIN ANALYZE counts: per plan node, how often it was started, its rows, and the time spent in
/// it and below.
public final class PlanProfile {
    private final Env env;
    private final Map<PhysicalPlan, Node> nodes = new IdentityHashMap<>();

    PlanProfile(Env env) {
        this.env = env;
    }

    /// What was counted for a node, or null if it never ran.
    public @Nullable Node node(PhysicalPlan plan) {
        return nodes.get(plan);
    }

    /// The counts of a node whose work another operator does.
    public Node nodeDoneElsewhere(PhysicalPlan plan) {
        return nodes.computeIfAbsent(plan, p -> new Node());
    }

    Operator wrap(PhysicalPlan plan, Operator operator) {
        return new Counting(operator, nodes.computeIfAbsent(plan, p -> new Node()), env);
    }

    /// The counts of one node, those of all its operators together (a subquery may be compiled more than
    /// once).
    public static final class Node {
        private long starts;
        private long rows;
        private long batches;
        private long nanos;
        private long firstRowNanos;

        /// Counts what was done for some executions at once.
        public void add(long moreStarts, long moreRows, long moreNanos) {
            starts += moreStarts;
            rows += moreRows;
            nanos += moreNanos;
            firstRowNanos += moreNanos;
        }

        /// How often it was started.
        public long starts() {
            return starts;
        }

        /// Rows handed out by all starts.
        public long rows() {
            return rows;
        }

        /// Batches handed out.
        public long batches() {
            return batches;
        }

        /// Time spent in it and its inputs.
        public long nanos() {
            return nanos;
        }

        /// Time until the first row of each start, added up.
        public long firstRowNanos() {
            return firstRowNanos;
        }
    }

    private static final class Counting implements Operator {
        private final Operator operator;
        private final Node node;
        private final Env env;
        private boolean isFirst;

        Counting(Operator operator, Node node, Env env) {
            this.operator = operator;
            this.node = node;
            this.env = env;
        }

        @Override
        public void open() {
            long start = env.nanoTime();
            operator.open();
            long spent = env.nanoTime() - start;
            node.starts++;
            node.nanos += spent;
            node.firstRowNanos += spent;
            isFirst = true;
        }

        @Override
        public @Nullable Batch next() {
            long start = env.nanoTime();
            Batch batch = operator.next();
            long spent = env.nanoTime() - start;
            node.nanos += spent;
            if (isFirst) {
                node.firstRowNanos += spent;
                isFirst = false;
            }
            if (batch != null) {
                node.rows += batch.rows();
                node.batches++;
            }
            return batch;
        }

        @Override
        public void close() {
            operator.close();
        }
    }
}
