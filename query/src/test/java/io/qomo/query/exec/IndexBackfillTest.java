package io.qomo.query.exec;

import static io.qomo.query.exec.Plans.column;
import static io.qomo.query.exec.Plans.constant;
import static io.qomo.query.exec.Plans.equalTo;
import static io.qomo.query.exec.Plans.insert;
import static io.qomo.query.exec.Plans.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.exec.Database.Session;
import io.qomo.query.exec.Plans.ScanBuilder;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.write.IndexBackfill;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexBackfillTest {
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

    private BoundTable table(IndexDef.State state, boolean unique) {
        TableBuilder builder = new TableBuilder(10, "t")
                .notNull("id", SqlType.INT)
                .column("v", SqlType.INT)
                .generated("w", SqlType.BIGINT, false, session.operator("*", column(1, SqlType.BIGINT), constant(2)))
                .primaryKey("id");
        return database.create(
                state == IndexDef.State.DELETE_ONLY && !unique ? builder : builder.index(5, "w", unique, state, "w"));
    }

    private interface Step {
        void run();
    }

    private void backfill(BoundTable table, Step betweenSnapshotAndLoad) {
        try (Transaction reading = database.store.transactions().begin(TransactionOptions.DEFAULT);
                ExecContext context = session.context(reading)) {
            reading.snapshot();
            betweenSnapshotAndLoad.run();
            new IndexBackfill(context, table.table(), 5).fill(database.store.bulk());
        }
        try (Transaction reading = database.store.transactions().begin(TransactionOptions.DEFAULT);
                ExecContext context = session.context(reading)) {
            new IndexBackfill(context, table.table(), 5).verify(handle -> enter(table, handle));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 18, 1 << 26})
    void fillsWhileOthersWrite(long memoryBytes) {
        BoundTable before = table(IndexDef.State.DELETE_ONLY, false);
        session.memoryBytes = memoryBytes;
        for (int i = 0; i < 3000; i += 500) {
            @Nullable Object[][] rows = new Object[500][];
            for (int r = 0; r < 500; r++) {
                rows[r] = row(i + r, (i + r) * 7 % 3000 * 3);
            }
            session.write(insert(before, rows));
        }
        BoundTable filling = table(IndexDef.State.WRITE_ONLY, true);
        Session writer = database.session();
        backfill(filling, () -> {
            writer.write(insert(filling, row(9000, 63)));
            writer.write(Plans.delete(
                    filling,
                    new ScanBuilder(filling.table())
                            .ranges(equalTo(7))
                            .forChange()
                            .build()));
            writer.write(Plans.update(
                    filling,
                    new ScanBuilder(filling.table())
                            .ranges(equalTo(100))
                            .forChange()
                            .build(),
                    new Assignment(1, constant(-5))));
            // Takes the key the row of id 3 has given up.
            writer.write(Plans.update(
                    filling,
                    new ScanBuilder(filling.table())
                            .ranges(equalTo(3))
                            .forChange()
                            .build(),
                    new Assignment(1, constant(-3))));
        });
        BoundTable done = table(IndexDef.State.PUBLIC, true);
        assertThat(session.query(new ScanBuilder(done.table()).index("w").build()))
                .containsExactlyInAnyOrderElementsOf(session.query(Plans.scan(done)))
                .hasSize(3000)
                .startsWith("100|-5|-10", "3|-3|-6", "0|0|0");
        assertThat(session.query(new ScanBuilder(done.table()).index("w").point(row(126))))
                .containsExactly("9000|63|126");
    }

    private void enter(BoundTable table, byte[] handle) {
        try (Transaction writing = database.store.transactions().begin(TransactionOptions.DEFAULT);
                ExecContext context = session.context(writing)) {
            new IndexBackfill(context, table.table(), 5).enter(handle);
            writing.commit();
        }
    }

    /// A row of a writer had the key of an old row for a while: the old row gets its entry in the end.
    @Test
    void entersRowsWhoseKeyWasTakenAndGivenUp() {
        BoundTable before = table(IndexDef.State.DELETE_ONLY, false);
        session.write(insert(before, row(1, 5), row(2, 6)));
        BoundTable filling = table(IndexDef.State.WRITE_ONLY, true);
        Session writer = database.session();
        backfill(filling, () -> {
            writer.write(insert(filling, row(9, 5)));
            writer.write(Plans.delete(
                    filling,
                    new ScanBuilder(filling.table())
                            .ranges(equalTo(9))
                            .forChange()
                            .build()));
        });
        BoundTable done = table(IndexDef.State.PUBLIC, true);
        assertThat(session.query(new ScanBuilder(done.table()).index("w").build()))
                .containsExactly("1|5|10", "2|6|12");
    }

    @Test
    void findsDuplicatesAmongOldRows() {
        BoundTable before = table(IndexDef.State.DELETE_ONLY, false);
        session.write(insert(before, row(1, 5), row(2, null), row(3, null), row(4, 5)));
        BoundTable filling = table(IndexDef.State.WRITE_ONLY, true);
        assertThatThrownBy(() -> backfill(filling, () -> {})).hasMessage("Duplicate entry '10' for key 't.w'");
    }

    @Test
    void findsDuplicatesOfOldAndNewRows() {
        BoundTable before = table(IndexDef.State.DELETE_ONLY, false);
        session.write(insert(before, row(1, 5)));
        BoundTable filling = table(IndexDef.State.WRITE_ONLY, true);
        Session writer = database.session();
        assertThatThrownBy(() -> backfill(filling, () -> writer.write(insert(filling, row(2, 5)))))
                .hasMessage("Duplicate entry '10' for key 't.w'");
    }
}
