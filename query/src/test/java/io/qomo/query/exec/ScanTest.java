package io.qomo.query.exec;

import static io.qomo.query.exec.Plans.column;
import static io.qomo.query.exec.Plans.constant;
import static io.qomo.query.exec.Plans.constants;
import static io.qomo.query.exec.Plans.equalTo;
import static io.qomo.query.exec.Plans.insert;
import static io.qomo.query.exec.Plans.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.exec.Database.Session;
import io.qomo.query.exec.Plans.ScanBuilder;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.store.txn.TransactionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanTest {
    @TempDir
    Path directory;

    private Database database;
    private Session session;
    private BoundTable table;

    @BeforeEach
    void open() {
        database = new Database(directory);
        session = database.session();
        table = database.create(new TableBuilder(10, "t")
                .notNull("id", SqlType.INT)
                .column("a", SqlType.INT)
                .column("s", Plans.TEXT)
                .primaryKey("id")
                .key("a", "a")
                .key("a_down", "a desc", "id")
                .key("s3", "s(3)"));
        session.write(insert(
                table,
                row(1, 10, "abc"),
                row(2, 20, "ABCD"),
                row(3, null, "ab"),
                row(4, 20, null),
                row(5, 30, "zeta")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ScanBuilder scan() {
        return new ScanBuilder(table.table());
    }

    private static KeyRange range(List<Object> low, boolean lowIn, List<Object> high, boolean highIn) {
        return new KeyRange(constants(low.toArray()), lowIn, constants(high.toArray()), highIn, List.of());
    }

    private List<String> ids(ScanBuilder scan) {
        return session.query(scan.build()).stream()
                .map(r -> r.substring(0, r.indexOf('|')))
                .toList();
    }

    @Test
    void readsRangesOfThePrimaryKey() {
        assertThat(ids(scan().ranges(range(List.of(2), true, List.of(4), false))))
                .containsExactly("2", "3");
        assertThat(ids(scan().ranges(range(List.of(2), false, List.of(), true))))
                .containsExactly("3", "4", "5");
        assertThat(ids(scan().ranges(range(List.of(), true, List.of(2), true)))).containsExactly("1", "2");
        assertThat(ids(scan().ranges(range(List.of(4), true, List.of(2), true))))
                .isEmpty();
        assertThat(ids(scan().ranges())).isEmpty();
        assertThat(ids(scan().ranges(equalTo(5), equalTo(1), equalTo(5), equalTo(9))))
                .containsExactly("1", "5");
        assertThat(ids(scan().ranges(equalTo(1), equalTo(5)).reverse())).containsExactly("5", "1");
        assertThat(ids(scan().reverse())).containsExactly("5", "4", "3", "2", "1");
    }

    @Test
    void nullIsOutsideOfRangesUnlessAskedFor() {
        assertThat(ids(scan().index("a").ranges(range(List.of(), true, List.of(20), true))))
                .containsExactly("1", "2", "4");
        assertThat(ids(scan().index("a").ranges(range(List.of(20), true, List.of(), true))))
                .containsExactly("2", "4", "5");
        assertThat(ids(scan().index("a").ranges(equalTo((Object) null)))).isEmpty();
        KeyRange isNull = new KeyRange(constants((Object) null), true, constants((Object) null), true, List.of(true));
        assertThat(ids(scan().index("a").ranges(isNull))).containsExactly("3");
        assertThat(ids(scan().index("a"))).containsExactly("3", "1", "2", "4", "5");
    }

    @Test
    void readsDescendingParts() {
        assertThat(ids(scan().index("a_down"))).containsExactly("5", "2", "4", "1", "3");
        assertThat(ids(scan().index("a_down").ranges(range(List.of(), true, List.of(20), true))))
                .containsExactly("2", "4", "1");
        assertThat(ids(scan().index("a_down").ranges(range(List.of(20), false, List.of(), true))))
                .containsExactly("5");
        assertThat(ids(scan().index("a_down").ranges(range(List.of(20, 2), false, List.of(20), true))))
                .containsExactly("4");
        assertThat(ids(scan().index("a_down")
                        .ranges(range(List.of(10), true, List.of(30), false))
                        .reverse()))
                .containsExactly("1", "4", "2");
    }

    @Test
    void prefixPartsTakeInAllThatLooksAlike() {
        // The filter above decides; the range must not lose rows.
        assertThat(ids(scan().index("s3").ranges(equalTo("abcd")))).containsExactly("1", "2");
        assertThat(ids(scan().index("s3").ranges(range(List.of("abcd"), false, List.of(), true))))
                .containsExactly("1", "2", "5");
        assertThat(ids(scan().index("s3").ranges(equalTo("ab")))).containsExactly("3");
        assertThat(ids(scan().index("s3").ranges(range(List.of("ab"), false, List.of("abc"), true))))
                .containsExactly("1", "2");
    }

    @Test
    void filtersAndCoveringReads() {
        assertThat(session.query(scan().index("a").covering(0, 1).build()))
                .containsExactly("3|NULL", "1|10", "2|20", "4|20", "5|30");
        // The string cannot be read back from its sort key.
        assertThat(session.query(scan().index("s3").covering(2, 0).build()))
                .containsExactly("NULL|4", "ab|3", "abc|1", "ABCD|2", "zeta|5");
        assertThat(ids(scan().filter(session.operator("=", column(1, SqlType.INT), constant(20)))))
                .containsExactly("2", "4");
    }

    @Test
    void pointGetsReadEachRowOnceInKeyOrder() {
        assertThat(session.query(scan().point(row(5), row(1), row(5), row(7), row((Object) null))))
                .containsExactly("1|10|abc", "5|30|zeta");
    }

    @Test
    void growsBatchesOverManyRows() {
        BoundTable many = database.create(new TableBuilder(20, "many")
                .notNull("id", SqlType.INT)
                .column("v", SqlType.INT)
                .primaryKey("id")
                .key("v", "v"));
        @Nullable Object[][] rows = new @Nullable Object[5000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i, i % 7);
        }
        session.write(insert(many, rows));
        assertThat(session.query(Plans.scan(many)))
                .hasSize(5000)
                .startsWith("0|0", "1|1")
                .endsWith("4999|1");
        assertThat(session.query(new ScanBuilder(many.table())
                        .index("v")
                        .ranges(equalTo(3))
                        .build()))
                .hasSize(714)
                .startsWith("3|3", "10|3");
    }

    @Test
    void lockingReadsSeeTheLatestAndHoldIt() {
        session.begin();
        assertThat(ids(scan())).hasSize(5);
        Session other = database.session();
        other.write(
                Plans.update(table, scan().ranges(equalTo(1)).forChange().build(), new Assignment(1, constant(99))));
        assertThat(session.query(scan().ranges(equalTo(1)).build())).containsExactly("1|10|abc");
        assertThat(session.query(
                        scan().ranges(equalTo(1)).lock(Plans.FOR_UPDATE).build()))
                .containsExactly("1|99|abc");

        RowLock noWait = new RowLock(true, RowLock.Wait.NOWAIT);
        assertThatThrownBy(() -> other.query(scan().lock(noWait).build()))
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.errno()).isEqualTo(3572));
        RowLock skip = new RowLock(true, RowLock.Wait.SKIP_LOCKED);
        PhysicalPlan skipping = scan().index("a").lock(skip).build();
        assertThat(other.query(skipping)).containsExactly("3|NULL|ab", "2|20|ABCD", "4|20|NULL", "5|30|zeta");
        session.rollback();
        assertThat(other.query(skipping)).hasSize(5);
    }

    @Test
    void sharedLocksDoNotExcludeEachOther() {
        RowLock share = new RowLock(false, RowLock.Wait.NOWAIT);
        Session other = database.session();
        session.begin();
        other.begin();
        assertThat(session.query(scan().lock(share).build())).hasSize(5);
        assertThat(other.query(scan().lock(share).build())).hasSize(5);
        other.rollback();
        session.rollback();
    }

    @Test
    void aLimitHintLimitsLocks() {
        RowLock noWait = new RowLock(true, RowLock.Wait.NOWAIT);
        Session other = database.session();
        session.begin();
        PhysicalPlan first = new PhysicalPlan.Limit(
                scan().build().props(), scan().lock(noWait).limitHint(1).build(), null, constant(1));
        assertThat(session.query(first)).containsExactly("1|10|abc");
        other.begin();
        assertThat(other.query(scan().ranges(range(List.of(2), true, List.of(), true))
                        .lock(noWait)
                        .build()))
                .hasSize(4);
        other.rollback();
        session.rollback();
    }

    @Test
    void waitingReaderLooksAgain() throws InterruptedException {
        // A row found by index a = 10 is moved to a = 500 and committed while the reader waits for it.
        session.begin();
        session.write(
                Plans.update(table, scan().ranges(equalTo(1)).forChange().build(), new Assignment(1, constant(500))));
        Session other = database.session();
        other.options = TransactionOptions.DEFAULT.withLockWaitTimeout(Duration.ofSeconds(20));
        List<List<String>> seen = new CopyOnWriteArrayList<>();
        Thread reading = new Thread(() -> seen.add(other.query(
                scan().index("a").ranges(equalTo(10)).lock(Plans.FOR_UPDATE).build())));
        reading.start();
        session.commit();
        reading.join(10_000);
        assertThat(seen).containsExactly(List.of());
    }
}
