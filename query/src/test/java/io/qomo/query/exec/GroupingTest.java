package io.qomo.query.exec;

import static io.qomo.query.exec.Plans.column;
import static io.qomo.query.exec.Plans.constant;
import static io.qomo.query.exec.Plans.props;
import static io.qomo.query.exec.Plans.row;
import static io.qomo.query.exec.Plans.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.Env;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.query.exec.Database.Session;
import io.qomo.query.exec.context.Interrupt;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.SetKind;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Grouping, rollup, windows and look-up joins over random rows against naive evaluation, with plenty of memory and
/// with so little that they spill; and every operator stopped at every moment, after which nothing is held.
final class GroupingTest {
    private static final long PLENTY = 64L << 20;
    private static final long LITTLE = 1L << 19;
    private static final SqlType SUM = SqlType.decimal(41, 0);
    private static final List<SqlType> THREE = List.of(SqlType.BIGINT, Plans.TEXT, SqlType.BIGINT);

    @TempDir
    Path directory;

    private Database database;
    private Session session;

    @BeforeEach
    void open() {
        database = new Database(directory);
        session = database.session();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private record Line(long number, String text, long amount) {}

    private static List<Line> random(long seed, int count, int numbers, int texts) {
        Random random = new Random(seed);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = "text-" + String.format("%05d", random.nextInt(texts)) + "-".repeat(20);
            lines.add(new Line(random.nextInt(numbers), text, random.nextInt(1000) - 300));
        }
        return lines;
    }

    private static PhysicalPlan plan(List<Line> lines) {
        return values(
                THREE,
                lines.stream().map(l -> row(l.number, l.text, l.amount)).toArray(n -> new @Nullable Object[n][]));
    }

    private PhysicalPlan grouped(PhysicalPlan input) {
        return new PhysicalPlan.Aggregate(
                props(List.of(SqlType.BIGINT, Plans.TEXT, SUM, SqlType.BIGINT, SqlType.BIGINT)),
                input,
                List.of(column(input, 0), column(input, 1)),
                List.of(
                        session.aggregate("sum", false, column(input, 2)),
                        session.aggregate("count", false),
                        session.aggregate("count", true, column(input, 2))),
                false);
    }

    private void assertSpilled(long memory) {
        if (memory == LITTLE) {
            assertThat(database.temp.totalFiles()).isPositive();
        } else {
            assertThat(database.temp.totalFiles()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {PLENTY, LITTLE})
    void groups(long memory) {
        session.memoryBytes = memory;
        List<Line> lines = random(1, 30_000, 20, 400);
        Map<String, List<Line>> naive = new TreeMap<>();
        lines.forEach(l -> naive.computeIfAbsent(l.number + "|" + l.text, k -> new ArrayList<>())
                .add(l));
        List<String> expected = new ArrayList<>();
        naive.forEach((key, group) -> expected.add(key + "|"
                + group.stream().mapToLong(l -> l.amount).sum() + "|" + group.size() + "|"
                + group.stream().map(l -> l.amount).distinct().count()));
        assertThat(session.query(grouped(plan(lines)))).containsExactlyInAnyOrderElementsOf(expected);
        assertSpilled(memory);
    }

    private PhysicalPlan rolledUp(PhysicalPlan input) {
        return new PhysicalPlan.Rollup(
                props(List.of(SqlType.BIGINT, Plans.TEXT, SUM, SqlType.BIGINT, SqlType.BIGINT)),
                input,
                List.of(column(input, 0), column(input, 1)),
                List.of(session.aggregate("sum", false, column(input, 2)), session.aggregate("count", false)));
    }

    @ParameterizedTest
    @ValueSource(longs = {PLENTY, LITTLE})
    void rollsUp(long memory) {
        session.memoryBytes = memory;
        List<Line> lines = random(2, 20_000, 12, 30);
        List<String> expected = new ArrayList<>();
        for (long number : new TreeSet<>(lines.stream().map(l -> l.number).toList())) {
            List<Line> ofNumber = lines.stream().filter(l -> l.number == number).toList();
            for (String text : new TreeSet<>(ofNumber.stream().map(l -> l.text).toList())) {
                List<Line> group =
                        ofNumber.stream().filter(l -> l.text.equals(text)).toList();
                expected.add(number + "|" + text + "|" + totals(group) + "|0");
            }
            expected.add(number + "|NULL|" + totals(ofNumber) + "|1");
        }
        expected.add("NULL|NULL|" + totals(lines) + "|3");
        assertThat(session.query(rolledUp(plan(lines)))).isEqualTo(expected);
        assertSpilled(memory);
        assertThat(session.query(rolledUp(values(THREE)))).isEmpty();
    }

    private static String totals(List<Line> lines) {
        return lines.stream().mapToLong(l -> l.amount).sum() + "|" + lines.size();
    }

    /// Row number and running sum (peers together) by number, in order of text.
    @SuppressWarnings("NullAway") // does not see the annotation of a nested type in a class file
    private PhysicalPlan windowed(PhysicalPlan input) {
        SortKey byNumber = new SortKey(column(input, 0), false);
        SortKey byText = new SortKey(column(input, 1), false);
        AggregateCall sum = session.aggregate("sum", false, column(input, 2));
        List<SqlType> types = new ArrayList<>(THREE);
        types.add(SqlType.BIGINT);
        types.add(SqlType.BIGINT);
        types.add(sum.bound().type());
        return new PhysicalPlan.Window(
                props(types),
                Plans.sort(input, null, byNumber, byText),
                List.of(column(input, 0)),
                List.of(byText),
                List.of(
                        new WindowCall("row_number", null, List.of(), null, SqlType.BIGINT, false),
                        new WindowCall("rank", null, List.of(), null, SqlType.BIGINT, false),
                        new WindowCall(
                                "aggregate",
                                sum.bound(),
                                sum.bound().arguments(),
                                null,
                                sum.bound().type(),
                                true)));
    }

    @ParameterizedTest
    @ValueSource(longs = {PLENTY, LITTLE})
    void windows(long memory) {
        session.memoryBytes = memory;
        List<Line> lines = random(3, 15_000, 3, 2000);
        Map<Long, TreeMap<String, List<Line>>> naive = new TreeMap<>();
        lines.forEach(l -> naive.computeIfAbsent(l.number, k -> new TreeMap<>())
                .computeIfAbsent(l.text, k -> new ArrayList<>())
                .add(l));
        List<String> expected = new ArrayList<>();
        naive.forEach((number, byText) -> {
            long at = 0;
            long sum = 0;
            for (List<Line> peers : byText.values()) {
                long rank = at + 1;
                sum += peers.stream().mapToLong(l -> l.amount).sum();
                for (Line l : peers) {
                    at++;
                    expected.add(number + "|" + l.text + "|" + l.amount + "|" + at + "|" + rank + "|" + sum);
                }
            }
        });
        assertThat(session.query(windowed(plan(lines)))).isEqualTo(expected);
        assertSpilled(memory);
    }

    private BoundTable people() {
        BoundTable table = database.create(new TableBuilder(10, "people")
                .notNull("id", SqlType.BIGINT)
                .column("city", SqlType.BIGINT)
                .column("name", Plans.TEXT)
                .primaryKey("id")
                .key("by_city", "city"));
        session.write(Plans.insert(table, row(1, 7, "a"), row(2, 7, "b"), row(3, 8, "c"), row(4, null, "d")));
        return table;
    }

    private PhysicalPlan lookedUp(JoinKind kind, PhysicalPlan left, PhysicalPlan right) {
        List<SqlType> types = new ArrayList<>(Plans.types(left));
        if (kind == JoinKind.INNER || kind == JoinKind.LEFT) {
            types.addAll(Plans.types(right));
        }
        return new PhysicalPlan.NestedLoopJoin(
                props(types), kind, left, right, List.of(new Expr.Subquery.Binding(0, column(left, 0))), null);
    }

    @ParameterizedTest
    @EnumSource(
            value = JoinKind.class,
            names = {"INNER", "LEFT", "SEMI", "ANTI"})
    void looksUpByKeyAndByRange(JoinKind kind) {
        BoundTable table = people();
        PhysicalPlan left =
                values(List.of(SqlType.BIGINT), row(8), row(2), row((Object) null), row(7), row(2), row(99));
        Expr bound = new Expr.Correlated(0, SqlType.BIGINT, true, "x");
        PhysicalPlan.TableScan scan = (PhysicalPlan.TableScan) new Plans.ScanBuilder(table.table()).build();
        PhysicalPlan point = new PhysicalPlan.PointGet(
                scan.props(),
                table.table(),
                "people",
                0,
                scan.ordinals(),
                List.of(List.of(bound)),
                null,
                null,
                false,
                scan.estimate());
        PhysicalPlan range = new Plans.ScanBuilder(table.table())
                .index("by_city")
                .ranges(new KeyRange(List.of(bound), true, List.of(bound), true, List.of()))
                .build();
        assertThat(session.query(lookedUp(kind, left, point)))
                .isEqualTo(naive(kind, left(), Map.of(2L, List.of("2|7|b"))));
        Map<Long, List<String>> byCity = new LinkedHashMap<>();
        byCity.put(7L, List.of("1|7|a", "2|7|b"));
        byCity.put(8L, List.of("3|8|c"));
        assertThat(session.query(lookedUp(kind, left, range))).isEqualTo(naive(kind, left(), byCity));
    }

    private static List<@Nullable Long> left() {
        List<@Nullable Long> keys = new ArrayList<>(List.of(8L, 2L));
        keys.add(null);
        keys.addAll(List.of(7L, 2L, 99L));
        return keys;
    }

    private static List<String> naive(JoinKind kind, List<@Nullable Long> left, Map<Long, List<String>> right) {
        List<String> out = new ArrayList<>();
        for (Long key : left) {
            List<String> found = key == null ? List.of() : right.getOrDefault(key, List.of());
            String text = key == null ? "NULL" : key.toString();
            switch (kind) {
                case INNER, LEFT -> {
                    found.forEach(r -> out.add(text + "|" + r));
                    if (kind == JoinKind.LEFT && found.isEmpty()) {
                        out.add(text + "|NULL|NULL|NULL");
                    }
                }
                case SEMI -> {
                    if (!found.isEmpty()) {
                        out.add(text);
                    }
                }
                case ANTI, ANTI_NULL_AWARE -> {
                    if (found.isEmpty()) {
                        out.add(text);
                    }
                }
            }
        }
        return out;
    }

    /// A clock that goes on by one with every look at it: a time limit of n ends a statement at its n-th check.
    private record Ticking(Env real, long[] ticks) implements Env {
        @Override
        public long wallMicros() {
            return real.wallMicros();
        }

        @Override
        public long nanoTime() {
            return ticks[0]++;
        }

        @Override
        public long randomLong() {
            return real.randomLong();
        }

        @Override
        public void secureRandom(byte[] bytes) {
            real.secureRandom(bytes);
        }

        @Override
        public ThreadFactory threads(String prefix) {
            return real.threads(prefix);
        }
    }

    private Map<String, PhysicalPlan> plans() {
        PhysicalPlan input = plan(random(4, 12_000, 50, 300));
        PhysicalPlan other = plan(random(5, 12_000, 50, 300));
        List<SqlType> both = new ArrayList<>(THREE);
        both.addAll(THREE);
        Map<String, PhysicalPlan> plans = new LinkedHashMap<>();
        plans.put("sort", Plans.sort(input, null, new SortKey(column(input, 1), true)));
        plans.put("group", grouped(input));
        plans.put("rollup", rolledUp(input));
        plans.put("window", windowed(input));
        plans.put("distinct", new PhysicalPlan.Distinct(input.props(), input));
        plans.put(
                "hash join",
                new PhysicalPlan.HashJoin(
                        props(THREE),
                        JoinKind.SEMI,
                        input,
                        other,
                        List.of(column(input, 1), column(input, 2)),
                        List.of(column(other, 1), column(other, 2)),
                        List.of(false, false),
                        null));
        plans.put(
                "nested loop",
                new PhysicalPlan.NestedLoopJoin(
                        props(both),
                        JoinKind.INNER,
                        new PhysicalPlan.Limit(input.props(), input, null, constant(2000)),
                        new PhysicalPlan.Limit(other.props(), other, null, constant(2000)),
                        List.of(),
                        session.operator("=", column(1, Plans.TEXT), column(4, Plans.TEXT))));
        plans.put("except", new PhysicalPlan.SetDifference(input.props(), SetKind.EXCEPT, false, input, other));
        plans.put("filter", Plans.filter(input, session.operator("<", column(input, 2), constant(0))));
        return plans;
    }

    private void assertHoldsNothing(String name) {
        MemoryAccount memory = session.lastMemory;
        assertThat(memory == null ? -1 : memory.usedBytes()).as(name).isZero();
        assertThat(database.temp.usedBytes()).as(name).isZero();
    }

    @Test
    void stopsAnywhereAndHoldsNothing() {
        session.memoryBytes = LITTLE;
        long[] ticks = new long[1];
        session.interrupt = new Interrupt(new Ticking(database.env, ticks));
        plans().forEach((name, plan) -> {
            session.interrupt.arm(Long.MAX_VALUE - 1_000_000);
            long before = ticks[0];
            session.query(plan);
            long checks = ticks[0] - before;
            assertThat(checks).as(name).isGreaterThan(3);
            Random random = new Random(name.hashCode());
            for (int i = 0; i < 6; i++) {
                session.interrupt.arm(1 + random.nextLong(checks - 1));
                assertThatThrownBy(() -> session.query(plan)).as(name).isInstanceOf(SqlException.class);
                assertHoldsNothing(name);
            }
        });
    }

    @Test
    void failingQueriesHoldNothing() {
        plans().forEach((name, plan) -> {
            for (long memory : new long[] {1 << 10, 1 << 14, 1 << 16}) {
                session.memoryBytes = memory;
                try {
                    session.query(plan);
                } catch (SqlException e) {
                    assertThat(e).as(name).hasMessageContaining("Memory capacity");
                }
                assertHoldsNothing(name);
            }
        });
    }
}
