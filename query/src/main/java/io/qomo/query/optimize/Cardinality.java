package io.qomo.query.optimize;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.type.Physical;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.ColumnStatistics;
import io.qomo.query.catalog.Histogram;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.InList;
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
    /// Different values per row in an index nothing is known of.
    private static final double INDEXED = 1.0 / 3;
    private static final double MIN_ROWS = 100;
    /// No condition is taken to leave less than this part of the rows: values come that were not there.
    private static final double LEAST = 1e-7;

    private final Catalog catalog;
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Long, TableStatistics> statistics = new HashMap<>();

    /// How many different values a column has; guessed if that is not known.
    ///
    /// @param known what ANALYZE TABLE found, or null
    private record Source(
            Scan scan,
            double rows,
            double distinct,
            boolean isKnown,
            SqlType type,
            @Nullable ColumnStatistics known) {}

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
        SqlType type = table.columns().get(ordinal).type();
        TableStatistics known = statistics(table);
        double rows = rows(table);
        for (IndexDef index : table.indexes()) {
            if (index.unique()
                    && index.parts().size() == 1
                    && index.parts().getFirst().columnId() == id) {
                return new Source(
                        scan,
                        rows,
                        rows,
                        true,
                        type,
                        known.rows() < MIN_ROWS ? null : known.columns().get(id));
            }
        }
        ColumnStatistics counted = known.columns().get(id);
        // Whoever made an index expects it to find few rows.
        boolean isIndexed =
                table.indexes().stream().anyMatch(i -> i.parts().getFirst().columnId() == id);
        double guess = isIndexed ? rows * INDEXED : rows * 0.1 + 2;
        double distinct = counted != null ? counted.distinct() / shown(table) : guess;
        ColumnStatistics spread = known.rows() < MIN_ROWS ? null : counted;
        boolean isKnown = counted != null || isIndexed;
        return new Source(scan, rows, Math.max(1, Math.min(distinct, rows)), isKnown, type, spread);
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
            case Call call
            when call.function() instanceof Predicates.NullTest t -> {
                double nulls = nullPart(call.arguments().getFirst());
                yield Math.max(LEAST, t.negated() ? 1 - nulls : nulls);
            }
            case Call call -> named(call);
            default -> OTHER;
        };
    }

    private double nullPart(Expr e) {
        if (e instanceof Column c && sources.get(c.index()) instanceof Source s && s.known != null) {
            return s.known.nullPart();
        }
        return 0.1;
    }

    private double logic(Logic l) {
        if (l.isAnd()) {
            return selectivity(l.conditions());
        }
        double p = 1;
        for (Expr e : l.conditions()) {
            p *= 1 - selectivity(e);
        }
        return 1 - p;
    }

    /// The part of the rows for which all conditions hold: they are taken for independent, but for the two ends of an
    /// interval.
    double selectivity(List<Expr> conditions) {
        double product = 1;
        Map<Integer, Double> lows = new HashMap<>();
        Map<Integer, Double> highs = new HashMap<>();
        for (Expr e : conditions) {
            double s = selectivity(e);
            Comparison.Operator operator = Comparison.of(e) instanceof Comparison c ? c.operator() : null;
            if (operator == null || !(e instanceof Call call)) {
                product *= s;
                continue;
            }
            Expr a = call.arguments().get(0);
            Expr b = call.arguments().get(1);
            Column column = a instanceof Column x ? x : b instanceof Column y ? y : null;
            Comparison.Operator direction = a instanceof Column ? operator : operator.swapped();
            Source source = column == null ? null : sources.get(column.index());
            // Guesses of two ends do not add up: only parts that a histogram gave overlap in a known way.
            boolean isEnd = column != null
                    && source != null
                    && withHistogram(direction, column, a instanceof Column ? b : a) >= 0
                    && direction != Comparison.Operator.EQUAL
                    && direction != Comparison.Operator.NULL_SAFE_EQUAL
                    && direction != Comparison.Operator.NOT_EQUAL;
            if (!isEnd || column == null) {
                product *= s;
                continue;
            }
            boolean isLow =
                    direction == Comparison.Operator.GREATER || direction == Comparison.Operator.GREATER_OR_EQUAL;
            (isLow ? lows : highs).merge(column.index(), s, Math::min);
        }
        for (Map.Entry<Integer, Double> low : lows.entrySet()) {
            Double high = highs.remove(low.getKey());
            product *= high == null ? low.getValue() : Math.max(LEAST, low.getValue() + high - 1);
        }
        for (double high : highs.values()) {
            product *= high;
        }
        return product;
    }

    private double comparison(Comparison c, Call call) {
        Expr a = call.arguments().get(0);
        Expr b = call.arguments().get(1);
        double exact = withHistogram(c.operator(), a, b);
        if (exact < 0) {
            exact = withHistogram(c.operator().swapped(), b, a);
        }
        if (exact >= 0) {
            return Math.max(LEAST, exact);
        }
        return switch (c.operator()) {
            case EQUAL, NULL_SAFE_EQUAL -> {
                double distinct = Math.max(joined(a, b), joined(b, a));
                yield distinct > 0 ? 1 / distinct : Math.max(EQUALITY, 1 / Math.max(1, Math.max(guess(a), guess(b))));
            }
            case NOT_EQUAL -> 0.9;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> RANGE;
        };
    }

    /// The part of the rows whose column compares so with a constant, or -1 if it is not known.
    private double withHistogram(Comparison.Operator operator, Expr column, Expr value) {
        Source source = column instanceof Column c ? sources.get(c.index()) : null;
        if (source == null || source.known == null) {
            return -1;
        }
        Histogram histogram = source.known.histogram();
        byte[] key = histogram == null ? null : key(value, source.type);
        if (histogram == null || key == null) {
            return -1;
        }
        double present = 1 - source.known.nullPart();
        double equal = histogram.equal(key);
        double atMost = histogram.atMost(key);
        return present
                * switch (operator) {
                    case EQUAL, NULL_SAFE_EQUAL -> equal;
                    case NOT_EQUAL -> 1 - equal;
                    case LESS -> Math.max(0, atMost - equal);
                    case LESS_OR_EQUAL -> atMost;
                    case GREATER -> 1 - atMost;
                    case GREATER_OR_EQUAL -> Math.min(1, 1 - atMost + equal);
                };
    }

    /// A constant as the key of a column of a type, or null if it has another form.
    private static byte @Nullable [] key(Expr value, SqlType type) {
        if (!(value instanceof Constant c) || c.value().isNull(0)) {
            return null;
        }
        SqlType given = c.value().type();
        boolean fits = type.kind().isTemporal() || given.kind().isTemporal()
                ? given.kind() == type.kind()
                        || (given.kind().hasDate() && type.kind().hasDate())
                : given.physical() == type.physical();
        if (!fits) {
            return null;
        }
        KeyWriter writer = new KeyWriter();
        if (type.isCharacterString() && c.value() instanceof BytesVector v) {
            // A comparison with a column is in the column's collation.
            int at = v.at(0);
            writer.writeCollated(v.base[at], v.offset[at], v.length[at], type.collation(), false);
            return writer.toBytes();
        }
        if (type.physical() == Physical.LONG && c.value() instanceof LongVector v) {
            if (type.unsigned()) {
                writer.writeUnsigned(v.get(0), false);
            } else {
                writer.writeLong(v.get(0), false);
            }
        } else {
            writer.writeValue(c.value(), 0, false);
        }
        return writer.toBytes();
    }

    private double known(Expr e) {
        return e instanceof Column c && sources.get(c.index()) instanceof Source s && s.isKnown ? s.distinct : 0;
    }

    /// Different values of one side of an equality. A small table beside a bigger one is as small as it is: the bigger
    /// one's rows are spread over the values there are (a table of countries), not over those that may come. Of two
    /// small ones the smaller is taken to be no larger than the other is.
    private double joined(Expr e, Expr other) {
        double distinct = known(e);
        if (distinct > 0 && known(other) > 0) {
            return Math.max(1, distinct * smallness(e) / Math.max(smallness(e), smallness(other)));
        }
        return distinct;
    }

    private double smallness(Expr e) {
        return e instanceof Column c && sources.get(c.index()) instanceof Source s
                ? shown(s.scan.table().table())
                : 1;
    }

    private double guess(Expr e) {
        return e instanceof Column c && sources.get(c.index()) instanceof Source s ? s.distinct : 1 / EQUALITY;
    }

    private double named(Call call) {
        return switch (call.function().name()) {
            case "like" -> LIKE;
            case "in", "not in" -> in(call);
            case "not" -> 1 - selectivity(call.arguments().getFirst());
            case "between" -> RANGE * RANGE;
            default -> OTHER;
        };
    }

    private double in(Call call) {
        Expr column = call.arguments().getFirst();
        double distinct = known(column);
        double one = distinct > 0 ? 1 / distinct : EQUALITY;
        double sum = 0;
        for (Expr value : call.arguments().subList(1, call.arguments().size())) {
            double exact = withHistogram(Comparison.Operator.EQUAL, column, value);
            sum += exact >= 0 ? Math.max(LEAST, exact) : one;
        }
        boolean negated = call.function() instanceof InList list && list.negated();
        double part = Math.min(distinct > 0 ? 1 : 0.5, sum);
        return negated ? Math.max(LEAST, 1 - part) : part;
    }
}
