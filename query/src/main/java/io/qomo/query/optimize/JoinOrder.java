package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the order of inner joins: all left-deep orders by dynamic programming for up to ten relations, else step by
/// step the cheapest next one. Pairs without a condition come last.
///
/// Beside the cheapest path of each set the cheapest one in the order wished for is kept; nested loops preserve it.
final class JoinOrder {
    private static final int MAX_EXHAUSTIVE = 10;

    private final PathFinder paths;
    private final JoinPaths joins;
    private final Cardinality cardinality;
    private final List<Relation> relations = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private long[] needs = {};

    /// A leaf of the join tree.
    private record Relation(LogicalPlan plan, BitSet columns, BitSet free) {
        /// The tables in it by alias.
        boolean has(String alias) {
            boolean[] found = new boolean[1];
            PlanTree.visit(
                    plan,
                    n -> found[0] |= n instanceof Scan s && s.table().alias().equalsIgnoreCase(alias));
            return found[0];
        }
    }

    /// A condition and the relations it speaks of.
    private record Condition(Expr expression, long relations) {}

    /// The ways found to join a set.
    private record State(
            LogicalPlan plan, Path cheapest, @Nullable Path ordered) {}

    JoinOrder(PathFinder paths, JoinPaths joins, Cardinality cardinality) {
        this.paths = paths;
        this.joins = joins;
        this.cardinality = cardinality;
    }

    Path find(Join j, Wish wish) {
        List<Expr> all = new ArrayList<>();
        flatten(j, all);
        for (Expr e : all) {
            conditions.add(new Condition(e, relationsOf(ColumnSets.used(e))));
        }
        needs = allNeeds();
        State best = relations.size() <= MAX_EXHAUSTIVE ? exhaustive(wish) : greedy(wish);
        Path ordered = best.ordered;
        return ordered != null && JoinPaths.cheaper(ordered, best.cheapest, wish) ? ordered : best.cheapest;
    }

    private void flatten(LogicalPlan plan, List<Expr> all) {
        if (plan instanceof Join j && j.kind() == JoinKind.INNER && !j.straight()) {
            flatten(j.left(), all);
            flatten(j.right(), all);
            all.addAll(ExprTree.conjuncts(j.condition()));
        } else if (plan instanceof Filter f
                && f.input() instanceof Join j
                && j.kind() == JoinKind.INNER
                && !j.straight()) {
            flatten(j, all);
            all.addAll(ExprTree.conjuncts(f.condition()));
        } else {
            relations.add(new Relation(plan, ColumnSets.output(plan), ColumnSets.free(plan)));
        }
    }

    private long relationsOf(BitSet columns) {
        long mask = 0;
        for (int i = 0; i < relations.size(); i++) {
            if (columns.intersects(relations.get(i).columns)) {
                mask |= 1L << i;
            }
        }
        return mask;
    }

    /// The relations a relation needs before it: lateral ones use columns of others.
    private long needs(int i) {
        return needs[i];
    }

    private long lateral(int i) {
        return relationsOf(relations.get(i).free) & ~(1L << i);
    }

    /// What each relation needs before it: what it reads, and what hints wish, unless together they cannot be had.
    private long[] allNeeds() {
        int n = relations.size();
        long[] reads = new long[n];
        long[] wished = new long[n];
        for (int i = 0; i < n; i++) {
            reads[i] = lateral(i);
            wished[i] = reads[i] | hinted(i);
        }
        long done = 0;
        for (int pass = 0; pass < n; pass++) {
            for (int i = 0; i < n; i++) {
                done |= (wished[i] & ~done) == 0 ? 1L << i : 0;
            }
        }
        return Long.bitCount(done) == n ? wished : reads;
    }

    private long hinted(int i) {
        long mask = 0;
        List<String> after = new ArrayList<>();
        PlanTree.visit(relations.get(i).plan, node -> {
            if (node instanceof Scan s) {
                after.addAll(s.table().after());
            }
        });
        for (int k = 0; k < relations.size() && !after.isEmpty(); k++) {
            if (k != i && after.stream().anyMatch(relations.get(k)::has)) {
                mask |= 1L << k;
            }
        }
        return mask;
    }

    private State single(int i, Wish wish) {
        Relation r = relations.get(i);
        LogicalPlan plan = r.plan;
        // Conditions on one relation alone or on none are put on it at once.
        List<Expr> own = new ArrayList<>();
        for (Condition c : conditions) {
            if (c.relations == 1L << i || (c.relations == 0 && i == 0)) {
                own.add(c.expression);
            }
        }
        Expr condition = ExprTree.and(own);
        LogicalPlan filtered = condition == null ? plan : new Filter(plan, condition);
        Path cheapest = paths.find(filtered, Wish.NONE);
        Path ordered = null;
        if (!wish.order().isEmpty()) {
            Path path = paths.find(filtered, wish);
            ordered = Orders.serves(path.order(), wish.order()) ? path : null;
        }
        return new State(filtered, cheapest, ordered);
    }

    private State exhaustive(Wish wish) {
        int n = relations.size();
        State[] singles = new State[n];
        @Nullable State[] best = new State[1 << n];
        for (int i = 0; i < n; i++) {
            singles[i] = single(i, wish);
            if (needs(i) == 0) {
                best[1 << i] = singles[i];
            }
        }
        for (int mask = 1; mask < 1 << n; mask++) {
            if (Integer.bitCount(mask) < 2) {
                continue;
            }
            State found = extend(mask, best, singles, wish, true);
            best[mask] = found != null ? found : extend(mask, best, singles, wish, false);
        }
        State all = best[(1 << n) - 1];
        if (all == null) {
            throw new IllegalStateException("relations that need each other");
        }
        return all;
    }

    private @Nullable State extend(int mask, @Nullable State[] best, State[] singles, Wish wish, boolean connected) {
        State found = null;
        for (int i = 0; i < relations.size(); i++) {
            int rest = mask & ~(1 << i);
            State before = (mask & 1 << i) == 0 ? null : best[rest];
            if (before == null || (needs(i) & ~rest) != 0) {
                continue;
            }
            if (connected && !isConnected(rest, i)) {
                continue;
            }
            found = better(found, join(before, rest, singles[i], i, wish), wish);
        }
        return found;
    }

    private static State better(@Nullable State a, State b, Wish wish) {
        if (a == null) {
            return b;
        }
        boolean cheaper = b.cheapest.cost() < a.cheapest.cost();
        Path ordered = a.ordered;
        if (b.ordered != null && (ordered == null || JoinPaths.cheaper(b.ordered, ordered, wish))) {
            ordered = b.ordered;
        }
        return new State(cheaper ? b.plan : a.plan, cheaper ? b.cheapest : a.cheapest, ordered);
    }

    private boolean isConnected(long rest, int i) {
        if ((needs(i) & rest) != 0) {
            return true;
        }
        long bit = 1L << i;
        return conditions.stream()
                .anyMatch(c ->
                        (c.relations & bit) != 0 && (c.relations & rest) != 0 && (c.relations & ~(rest | bit)) == 0);
    }

    private State greedy(Wish wish) {
        int n = relations.size();
        List<State> singles = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            singles.add(single(i, wish));
        }
        int first = -1;
        for (int i = 0; i < n; i++) {
            boolean fewer = first < 0
                    || singles.get(i).cheapest.rows()
                            < singles.get(first).cheapest.rows();
            if (needs(i) == 0 && fewer) {
                first = i;
            }
        }
        State current = singles.get(Math.max(first, 0));
        long done = 1L << Math.max(first, 0);
        while (Long.bitCount(done) < n) {
            State next = null;
            int chosen = -1;
            for (int pass = 0; pass < 2 && next == null; pass++) {
                for (int i = 0; i < n; i++) {
                    boolean candidate = (done & 1L << i) == 0 && (needs(i) & ~done) == 0;
                    if (!candidate || (pass == 0 && !isConnected(done, i))) {
                        continue;
                    }
                    State joined = join(current, done, singles.get(i), i, wish);
                    if (next == null || joined.cheapest.cost() < next.cheapest.cost()) {
                        next = joined;
                        chosen = i;
                    }
                }
            }
            if (next == null) {
                throw new IllegalStateException("relations that need each other");
            }
            current = next;
            done |= 1L << chosen;
        }
        return current;
    }

    private State join(State left, long rest, State right, int i, Wish wish) {
        long bit = 1L << i;
        List<Expr> applicable = new ArrayList<>();
        for (Condition c : conditions) {
            boolean now = (c.relations & bit) != 0 && (c.relations & rest) != 0 && (c.relations & ~(rest | bit)) == 0;
            if (now) {
                applicable.add(c.expression);
            }
        }
        Expr condition = ExprTree.and(applicable);
        double selectivity = cardinality.joinSelectivity(applicable);
        double rows = Math.max(left.cheapest.rows() * right.cheapest.rows() * selectivity, 0.001);
        Join join = new Join(JoinKind.INNER, left.plan, right.plan, condition, false);
        Path cheapest = joins.oriented(join, left.cheapest, rows, Wish.NONE);
        if (!JoinPaths.isLateral(join) && (needs(i) & rest) == 0) {
            Join turned = new Join(JoinKind.INNER, right.plan, left.plan, condition, false);
            Path hash = joins.hash(turned, right.cheapest, left.cheapest, rows);
            if (hash != null && hash.cost() < cheapest.cost()) {
                cheapest = hash;
            }
            if (Long.bitCount(rest) == 1) {
                Path other = joins.oriented(turned, right.cheapest, rows, Wish.NONE);
                cheapest = other.cost() < cheapest.cost() ? other : cheapest;
            }
        }
        Path ordered = null;
        if (left.ordered != null) {
            Path path = joins.oriented(join, left.ordered, rows, wish);
            ordered = Orders.serves(path.order(), wish.order()) ? path : null;
        }
        return new State(join, cheapest, ordered);
    }
}
