package io.qomo.query.exec;

import static io.qomo.query.exec.Plans.column;
import static io.qomo.query.exec.Plans.constant;
import static io.qomo.query.exec.Plans.props;
import static io.qomo.query.exec.Plans.row;
import static io.qomo.query.exec.Plans.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.type.SqlType;
import io.qomo.query.exec.Database.Session;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.SetKind;
import io.qomo.query.plan.PlanParts.SortKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators over random rows against naive evaluation, with plenty of memory and with so little that
/// they spill.
final class QueryTest {
    private static final long PLENTY = 64L << 20;
    private static final long LITTLE = 1L << 19;
    private static final List<SqlType> TWO = List.of(SqlType.BIGINT, Plans.TEXT);

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

    private record Pair(@Nullable Long number, @Nullable String text) {
        @Nullable Object[] values() {
            return row(number, text);
        }

        @Override
        public String toString() {
            return (number == null ? "NULL" : number) + "|" + (text == null ? "NULL" : text);
        }
    }

    private static List<Pair> random(long seed, int count, int numbers, int texts) {
        Random random = new Random(seed);
        List<Pair> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Long number = random.nextInt(20) == 0 ? null : (long) random.nextInt(numbers);
            String text = random.nextInt(20) == 0 ? null : "text-" + random.nextInt(texts) + "-".repeat(20);
            rows.add(new Pair(number, text));
        }
        return rows;
    }

    private static PhysicalPlan plan(List<Pair> rows) {
        return values(TWO, rows.stream().map(Pair::values).toArray(n -> new @Nullable Object[n][]));
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
    void sorts(long memory) {
        session.memoryBytes = memory;
        List<Pair> rows = random(1, 20_000, 50, 5000);
        PhysicalPlan input = plan(rows);
        List<String> sorted = session.query(
                Plans.sort(input, null, new SortKey(column(input, 0), true), new SortKey(column(input, 1), false)));
        List<Pair> expected = new ArrayList<>(rows);
        expected.sort((a, b) -> {
            int byNumber = compare(b.number, a.number);
            return byNumber != 0 ? byNumber : compare(a.text, b.text);
        });
        assertThat(sorted).isEqualTo(expected.stream().map(Pair::toString).toList());
        assertSpilled(memory);
    }

    private static <T extends Comparable<T>> int compare(@Nullable T a, @Nullable T b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? -1 : 1;
        }
        return a.compareTo(b);
    }

    @Test
    void sortIsStableAndTopRowsAgree() {
        List<Pair> rows = random(2, 10_000, 10, 100_000);
        PhysicalPlan input = plan(rows);
        SortKey byNumber = new SortKey(column(input, 0), false);
        List<String> all = session.query(Plans.sort(input, null, byNumber));
        List<Pair> expected = new ArrayList<>(rows);
        expected.sort((a, b) -> compare(a.number, b.number));
        assertThat(all).isEqualTo(expected.stream().map(Pair::toString).toList());
        for (int limit : new int[] {0, 1, 7, 300, 20_000}) {
            assertThat(session.query(Plans.sort(input, limit, byNumber)))
                    .isEqualTo(all.subList(0, Math.min(limit, all.size())));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {PLENTY, LITTLE})
    void removesDuplicates(long memory) {
        session.memoryBytes = memory;
        List<Pair> rows = random(3, 20_000, 100, 100);
        PhysicalPlan input = plan(rows);
        List<String> distinct = session.query(new PhysicalPlan.Distinct(input.props(), input));
        assertThat(distinct)
                .containsExactlyInAnyOrderElementsOf(
                        new LinkedHashSet<>(rows.stream().map(Pair::toString).toList()));
        assertSpilled(memory);
    }

    @ParameterizedTest
    @ValueSource(longs = {PLENTY, LITTLE})
    void setsDifferAndIntersect(long memory) {
        session.memoryBytes = memory;
        List<Pair> left = random(4, 15_000, 100, 60);
        List<Pair> right = random(5, 10_000, 100, 60);
        for (SetKind kind : SetKind.values()) {
            for (boolean all : new boolean[] {false, true}) {
                PhysicalPlan l = plan(left);
                PhysicalPlan plan = new PhysicalPlan.SetDifference(l.props(), kind, all, l, plan(right));
                assertThat(session.query(plan))
                        .as("%s all=%s", kind, all)
                        .containsExactlyInAnyOrderElementsOf(naive(left, right, kind, all));
            }
        }
        assertSpilled(memory);
    }

    private static List<String> naive(List<Pair> left, List<Pair> right, SetKind kind, boolean all) {
        Map<String, Integer> counts = new TreeMap<>();
        right.forEach(p -> counts.merge(p.toString(), 1, Integer::sum));
        List<String> out = new ArrayList<>();
        for (Pair p : left) {
            int count = counts.getOrDefault(p.toString(), 0);
            boolean isRight = count > 0;
            if (all && isRight) {
                counts.put(p.toString(), count - 1);
            }
            if (isRight == (kind == SetKind.INTERSECT)) {
                out.add(p.toString());
            }
        }
        return all ? out : new ArrayList<>(new LinkedHashSet<>(out));
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void hashJoins(JoinKind kind) {
        for (long memory : new long[] {PLENTY, LITTLE}) {
            session.memoryBytes = memory;
            for (boolean withResidual : new boolean[] {false, true}) {
                boolean nullAware = kind == JoinKind.ANTI_NULL_AWARE;
                if (nullAware && withResidual && memory == LITTLE) {
                    continue;
                }
                List<Pair> left = random(6, 1500, 5000, 40);
                List<Pair> right = random(7, nullAware && withResidual ? 300 : 6000, 5000, 40);
                PhysicalPlan l = plan(left);
                PhysicalPlan r = plan(right);
                List<SqlType> types = new ArrayList<>(TWO);
                types.addAll(TWO);
                Expr residual =
                        withResidual ? session.operator("<", column(1, Plans.TEXT), column(3, Plans.TEXT)) : null;
                boolean wide = kind == JoinKind.INNER || kind == JoinKind.LEFT;
                PhysicalPlan join = new PhysicalPlan.HashJoin(
                        props(wide ? types : TWO),
                        kind,
                        l,
                        r,
                        List.of(column(l, 0)),
                        List.of(column(r, 0)),
                        List.of(false),
                        residual);
                assertThat(session.query(join))
                        .as("%s residual=%s memory=%s", kind, withResidual, memory)
                        .containsExactlyInAnyOrderElementsOf(naive(left, right, kind, withResidual));
            }
        }
        assertThat(database.temp.totalFiles()).isPositive();
    }

    private static List<String> naive(List<Pair> left, List<Pair> right, JoinKind kind, boolean withResidual) {
        List<String> out = new ArrayList<>();
        for (Pair l : left) {
            int matches = 0;
            boolean unknown = false;
            for (Pair r : right) {
                boolean passes = !withResidual || (l.text != null && r.text != null && l.text.compareTo(r.text) < 0);
                boolean equal = l.number != null && Objects.equals(l.number, r.number);
                unknown |= passes && (l.number == null || r.number == null);
                if (equal && passes) {
                    matches++;
                    if (kind == JoinKind.INNER || kind == JoinKind.LEFT) {
                        out.add(l + "|" + r);
                    }
                }
            }
            boolean emit = switch (kind) {
                case INNER -> false;
                case LEFT, ANTI -> matches == 0;
                case SEMI -> matches > 0;
                case ANTI_NULL_AWARE -> matches == 0 && !unknown;
            };
            if (emit) {
                out.add(kind == JoinKind.LEFT ? l + "|NULL|NULL" : l.toString());
            }
        }
        return out;
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void joinsWithoutKeys(JoinKind kind) {
        List<Pair> left = random(8, 120, 30, 40);
        for (int rights : new int[] {0, 90, 2500}) {
            List<Pair> right = random(9, rights, 30, 40);
            PhysicalPlan l = plan(left);
            PhysicalPlan r = plan(right);
            List<SqlType> types = new ArrayList<>(TWO);
            types.addAll(TWO);
            boolean wide = kind == JoinKind.INNER || kind == JoinKind.LEFT;
            PhysicalPlan join = new PhysicalPlan.NestedLoopJoin(
                    props(wide ? types : TWO),
                    kind,
                    l,
                    r,
                    List.of(),
                    session.operator("=", column(0, SqlType.BIGINT), column(2, SqlType.BIGINT)));
            assertThat(session.query(join))
                    .as("%s with %s", kind, rights)
                    .containsExactlyElementsOf(naive(left, right, kind, false));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        session.memoryBytes = 1 << 17;
        List<Pair> rows = random(10, 4000, 1, 1);
        PhysicalPlan input = plan(rows);
        // One key with thousands of rows cannot be divided.
        PhysicalPlan join = new PhysicalPlan.HashJoin(
                props(TWO),
                JoinKind.SEMI,
                input,
                input,
                List.of(column(input, 0)),
                List.of(column(input, 0)),
                List.of(false),
                null);
        assertThatThrownBy(() -> session.query(join)).hasMessageContaining("Memory capacity");
        assertThat(database.temp.usedBytes()).isZero();
    }

    @Test
    void unitesAndLimits() {
        PhysicalPlan one = values(List.of(SqlType.BIGINT), row(1), row(2));
        PhysicalPlan two = values(List.of(SqlType.BIGINT), row(3), row(4));
        PhysicalPlan union = new PhysicalPlan.UnionAll(one.props(), List.of(one, two, one));
        assertThat(session.query(union)).containsExactly("1", "2", "3", "4", "1", "2");
        assertThat(session.query(new PhysicalPlan.Limit(one.props(), union, constant(1), constant(3))))
                .containsExactly("2", "3", "4");
        assertThat(session.query(new PhysicalPlan.Limit(one.props(), union, constant(5), null)))
                .containsExactly("2");
        assertThat(session.query(new PhysicalPlan.Limit(one.props(), union, null, constant(0))))
                .isEmpty();
    }

    @Test
    void recurses() {
        // 1, then n + 1 where n < 5
        PhysicalPlan seed = values(List.of(SqlType.BIGINT), row(1));
        PhysicalPlan scan = new PhysicalPlan.CteScan(seed.props(), 7);
        Expr next = session.operator("+", column(scan, 0), constant(1));
        PhysicalPlan step = new PhysicalPlan.Project(
                seed.props(), Plans.filter(scan, session.operator("<", column(scan, 0), constant(5))), List.of(next));
        PhysicalPlan recursive = new PhysicalPlan.RecursiveCte(seed.props(), 7, seed, step, false);
        PhysicalPlan with = new PhysicalPlan.WithCte(
                seed.props(), 7, recursive, new PhysicalPlan.UnionAll(seed.props(), List.of(scan, scan)));
        assertThat(session.query(with)).containsExactly("1", "2", "3", "4", "5", "1", "2", "3", "4", "5");

        PhysicalPlan endless = new PhysicalPlan.RecursiveCte(
                seed.props(), 7, seed, new PhysicalPlan.Project(seed.props(), scan, List.of(next)), false);
        assertThatThrownBy(() -> session.query(endless))
                .hasMessageStartingWith("Recursive query aborted after 1001 iterations.");

        PhysicalPlan cycle =
                new PhysicalPlan.Project(seed.props(), scan, List.of(session.operator("%", next, constant(3))));
        PhysicalPlan distinct = new PhysicalPlan.RecursiveCte(seed.props(), 7, seed, cycle, true);
        assertThat(session.query(distinct)).containsExactly("1", "2", "0");
    }

    @Test
    void stopsWhenKilled() {
        PhysicalPlan input = plan(random(11, 3000, 10, 10));
        session.interrupt.kill();
        assertThatThrownBy(() -> session.query(Plans.sort(input, null, new SortKey(column(input, 0), false))))
                .hasMessage("Query execution was interrupted");
    }
}
