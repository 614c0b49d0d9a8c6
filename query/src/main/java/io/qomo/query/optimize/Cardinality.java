package io.qomo.query.optimize;

import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.Predicates;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.PlanTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Estimates how many rows conditions leave, from the statistics of the base tables.
final class Cardinality {
    private static final double EQUALITY = 0.1;
    private static final double RANGE = 1.0 / 3;
    private static final double OTHER = 0.25;
    private static final double LIKE = 0.1;
    private static final double MIN_ROWS = 100;

    private final Catalog catalog;
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Long, TableStatistics> statistics = new HashMap<>();

    /// How many different values a column has; guessed if that is not known.
    private record Source(Scan scan, double rows, double distinct, boolean isKnown) {}

    Cardinality(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Learns the columns of all scans of a plan.
    void learn(LogicalPlan plan) {
        PlanTree.visit(plan, node -> {
            if (node instanceof Scan s) {
                for (int i = 0; i < s.tableColumns().size(); i++) {
                    int ordinal = s.ordinals().get(i);
                    sources.put(s.tableColumns().get(i).index(), source(s, ordinal));
                }
            }
        });
    }

    TableStatistics statistics(TableDef table) {
        return statistics.computeIfAbsent(table.id(), id -> catalog.statistics(table));
    }

    /// Rows of a table as plans should count them: small tables grow while their plans are kept, so none is taken to
    /// be so small that reading all of it were as good as looking a row up, and locking no more than that row.
    double rows(TableDef table) {
        return Math.max(MIN_ROWS, statistics(table).rows());
    }

    /// What to multiply estimates with that are shown to people: small tables have as many rows as they have.
    double shown(TableDef table) {
        return Math.max(1, statistics(table).rows()) / rows(table);
    }

    private Source source(Scan scan, int ordinal) {
        TableDef table = scan.table().table();
        int id = table.columns().get(ordinal).id();
        TableStatistics known = statistics(table);
        double rows = rows(table);
        for (IndexDef index : table.indexes()) {
            if (index.unique()
                    && index.parts().size() == 1
                    && index.parts().getFirst().columnId() == id) {
                return new Source(scan, rows, rows, true);
            }
        }
        Long counted = known.distinctByColumn().get(id);
        double distinct = counted != null ? counted : rows * 0.1 + 2;
        return new Source(scan, rows, Math.max(1, Math.min(distinct, rows)), counted != null);
    }

    /// Different values of an expression, or a guess for so many rows.
    double distinct(Expr e, double rows) {
        if (e instanceof Column c) {
            Source s = sources.get(c.index());
            if (s != null) {
                return Math.min(s.distinct, Math.max(1, rows));
            }
        }
        return e instanceof Constant ? 1 : Math.max(1, Math.min(rows, rows * 0.1 + 2));
    }

    /// The part of the pairs for which all conditions of a join hold. Columns of one table together have no more
    /// different values than the table has rows, so that a key of two columns does not count twice.
    double joinSelectivity(List<Expr> conditions) {
        double all = 1;
        List<TablePair> pairs = new ArrayList<>();
        for (Expr e : conditions) {
            double one = selectivity(e);
            TablePair pair = TablePair.of(e, this);
            if (pair == null) {
                all *= one;
                continue;
            }
            TablePair same = pairs.stream().filter(pair::isSame).findFirst().orElse(null);
            if (same == null) {
                pairs.add(pair);
                same = pair;
            }
            same.selectivity *= one;
        }
        for (TablePair pair : pairs) {
            all *= Math.max(pair.selectivity, 1 / pair.rows);
        }
        return all;
    }

    /// The equalities between columns of two tables.
    private static final class TablePair {
        private final Scan a;
        private final Scan b;
        private final double rows;
        private double selectivity = 1;

        private TablePair(Source a, Source b) {
            this.a = a.scan;
            this.b = b.scan;
            this.rows = Math.max(1, Math.max(a.rows, b.rows));
        }

        static @Nullable TablePair of(Expr e, Cardinality known) {
            if (Comparison.of(e) instanceof Comparison c
                    && c.operator() == Comparison.Operator.EQUAL
                    && e instanceof Call call
                    && call.arguments().get(0) instanceof Column x
                    && call.arguments().get(1) instanceof Column y
                    && known.sources.get(x.index()) instanceof Source a
                    && known.sources.get(y.index()) instanceof Source b) {
                return new TablePair(a, b);
            }
            return null;
        }

        boolean isSame(TablePair other) {
            return (a == other.a && b == other.b) || (a == other.b && b == other.a);
        }
    }

    /// The part of the rows for which a condition holds, 0 to 1.
    double selectivity(Expr condition) {
        return switch (condition) {
            case Logic l -> logic(l);
            case Constant c -> c.value().isNull(0) ? 0 : 1;
            case Call call when call.function() instanceof Comparison c -> comparison(c, call);
            case Call call when call.function() instanceof Predicates.NullTest t -> t.negated() ? 0.9 : 0.1;
            case Call call -> named(call);
            default -> OTHER;
        };
    }

    private double logic(Logic l) {
        double p = 1;
        for (Expr e : l.conditions()) {
            double s = selectivity(e);
            p *= l.isAnd() ? s : 1 - s;
        }
        return l.isAnd() ? p : 1 - p;
    }

    private double comparison(Comparison c, Call call) {
        Expr a = call.arguments().get(0);
        Expr b = call.arguments().get(1);
        return switch (c.operator()) {
            case EQUAL, NULL_SAFE_EQUAL -> {
                double distinct = Math.max(known(a), known(b));
                yield distinct > 0 ? 1 / distinct : Math.max(EQUALITY, 1 / Math.max(1, Math.max(guess(a), guess(b))));
            }
            case NOT_EQUAL -> 0.9;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> RANGE;
        };
    }

    private double known(Expr e) {
        return e instanceof Column c && sources.get(c.index()) instanceof Source s && s.isKnown ? s.distinct : 0;
    }

    private double guess(Expr e) {
        return e instanceof Column c && sources.get(c.index()) instanceof Source s ? s.distinct : 1 / EQUALITY;
    }

    private double named(Call call) {
        return switch (call.function().name()) {
            case "like" -> LIKE;
            case "in" -> {
                double distinct = known(call.arguments().getFirst());
                double one = distinct > 0 ? 1 / distinct : EQUALITY;
                yield Math.min(0.5, one * (call.arguments().size() - 1));
            }
            case "not" -> 1 - selectivity(call.arguments().getFirst());
            case "between" -> RANGE * RANGE;
            default -> OTHER;
        };
    }
}
