package io.qomo.query.exec;

import static io.qomo.query.exec.Plans.constant;
import static io.qomo.query.exec.Plans.equalTo;
import static io.qomo.query.exec.Plans.insert;
import static io.qomo.query.exec.Plans.row;
import static io.qomo.query.exec.Plans.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.ForeignKeyDef.Action;
import io.qomo.query.exec.Database.Session;
import io.qomo.query.exec.Plans.ScanBuilder;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.Assignment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ForeignKeyTest {
    private static final String REFERENCED = "Cannot delete or update a parent row: a foreign key constraint fails"
            + " (`test`.`child`, CONSTRAINT `fk` FOREIGN KEY (`pid`) REFERENCES `parent` (`id`)";

    @TempDir
    Path directory;

    private Database database;
    private Session session;
    private BoundTable parent;

    @BeforeEach
    void open() {
        database = new Database(directory);
        session = database.session();
        parent = database.create(new TableBuilder(10, "parent")
                .notNull("id", SqlType.INT)
                .column("code", Plans.TEXT)
                .primaryKey("id")
                .unique("code", "code"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private BoundTable child(Action onDelete, Action onUpdate) {
        return database.create(new TableBuilder(11, "child")
                .notNull("id", SqlType.INT)
                .column("pid", SqlType.INT)
                .primaryKey("id")
                .key("pid", "pid")
                .foreignKey("fk", "pid", "parent", "id", onDelete, onUpdate));
    }

    private PhysicalPlan deleteWhereId(BoundTable table, int id) {
        return Plans.delete(
                table,
                new ScanBuilder(table.table()).ranges(equalTo(id)).forChange().build());
    }

    private PhysicalPlan setId(BoundTable table, int from, int to) {
        return Plans.update(
                table,
                new ScanBuilder(table.table()).ranges(equalTo(from)).forChange().build(),
                new Assignment(0, constant(to)));
    }

    private List<String> rows(BoundTable table) {
        return session.query(scan(table));
    }

    @Test
    void childNeedsItsParent() {
        BoundTable child = child(Action.NO_ACTION, Action.NO_ACTION);
        session.write(insert(parent, row(1, "a")));
        session.write(insert(child, row(1, 1), row(2, null)));

        assertThatThrownBy(() -> session.write(insert(child, row(3, 9))))
                .isInstanceOf(SqlException.class)
                .hasMessage("Cannot add or update a child row: a foreign key constraint fails (`test`.`child`,"
                        + " CONSTRAINT `fk` FOREIGN KEY (`pid`) REFERENCES `parent` (`id`))");
        assertThatThrownBy(() -> session.write(Plans.update(
                        child, new ScanBuilder(child.table()).forChange().build(), new Assignment(1, constant(7)))))
                .hasMessageContaining("Cannot add or update a child row");
        assertThat(rows(child)).containsExactly("1|1", "2|NULL");
    }

    @Test
    void checksAreOffOnRequest() {
        BoundTable child = child(Action.CASCADE, Action.CASCADE);
        session.facts.variables.put("foreign_key_checks", 0L);
        session.write(insert(child, row(3, 9)));
        session.write(insert(parent, row(9, "a")));
        session.write(deleteWhereId(parent, 9));
        assertThat(rows(child)).containsExactly("3|9");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void actionsOnDelete(Action action) {
        BoundTable child = child(action, Action.NO_ACTION);
        session.write(insert(parent, row(1, "a"), row(2, "b")));
        session.write(insert(child, row(10, 1), row(11, 2), row(12, 1), row(13, null)));
        switch (action) {
            case NO_ACTION, RESTRICT, SET_DEFAULT -> {
                assertThatThrownBy(() -> session.write(deleteWhereId(parent, 1)))
                        .hasMessageStartingWith(REFERENCED);
                assertThat(rows(parent)).hasSize(2);
                assertThat(rows(child)).containsExactly("10|1", "11|2", "12|1", "13|NULL");
            }
            case CASCADE -> {
                assertThat(session.write(deleteWhereId(parent, 1)).affectedRows())
                        .isEqualTo(1);
                assertThat(rows(child)).containsExactly("11|2", "13|NULL");
            }
            case SET_NULL -> {
                session.write(deleteWhereId(parent, 1));
                assertThat(rows(child)).containsExactly("10|NULL", "11|2", "12|NULL", "13|NULL");
            }
        }
        assertIndexAgrees(child);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void actionsOnUpdate(Action action) {
        BoundTable child = child(Action.NO_ACTION, action);
        session.write(insert(parent, row(1, "a"), row(2, "b")));
        session.write(insert(child, row(10, 1), row(11, 2), row(12, 1)));
        switch (action) {
            case NO_ACTION, RESTRICT, SET_DEFAULT ->
                assertThatThrownBy(() -> session.write(setId(parent, 1, 5))).hasMessageStartingWith(REFERENCED);
            case CASCADE -> {
                session.write(setId(parent, 1, 5));
                assertThat(rows(child)).containsExactly("10|5", "11|2", "12|5");
            }
            case SET_NULL -> {
                session.write(setId(parent, 1, 5));
                assertThat(rows(child)).containsExactly("10|NULL", "11|2", "12|NULL");
            }
        }
        assertIndexAgrees(child);
        // What is not referenced may change.
        session.write(insert(parent, row(8, "h")));
        session.write(setId(parent, 8, 9));
    }

    private void assertIndexAgrees(BoundTable child) {
        assertThat(session.query(new ScanBuilder(child.table()).index("pid").build()))
                .containsExactlyInAnyOrderElementsOf(rows(child));
    }

    @Test
    void messageShowsTheActions() {
        BoundTable child = child(Action.RESTRICT, Action.CASCADE);
        session.write(insert(parent, row(1, "a")));
        session.write(insert(child, row(10, 1)));
        assertThatThrownBy(() -> session.write(deleteWhereId(parent, 1)))
                .hasMessageEndingWith("REFERENCES `parent` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE)");
    }

    @Test
    void referencesASecondaryUniqueKey() {
        BoundTable child = database.create(new TableBuilder(11, "child")
                .notNull("id", SqlType.INT)
                .column("code", Plans.TEXT)
                .primaryKey("id")
                .key("code", "code")
                .foreignKey("fk", "code", "parent", "code", Action.CASCADE, Action.CASCADE));
        session.write(insert(parent, row(1, "Ab")));
        session.write(insert(child, row(1, "aB")));
        assertThatThrownBy(() -> session.write(insert(child, row(2, "zz")))).hasMessageContaining("child row");
        session.write(Plans.update(
                parent, new ScanBuilder(parent.table()).forChange().build(), new Assignment(1, constant("new"))));
        assertThat(rows(child)).containsExactly("1|new");
        session.write(deleteWhereId(parent, 1));
        assertThat(rows(child)).isEmpty();
    }

    @Test
    void aTreeDeletesItself() {
        BoundTable tree = tree(Action.CASCADE);
        session.write(insert(tree, row(1, 1), row(2, 1), row(3, 2), row(4, 3), row(9, null)));
        session.write(deleteWhereId(tree, 1));
        assertThat(rows(tree)).containsExactly("9|NULL");
        assertThat(session.query(new ScanBuilder(tree.table()).index("up").build()))
                .containsExactly("9|NULL");
    }

    @Test
    void deletingAllRowsOfATreeWithSetNullLeavesNoEntries() {
        BoundTable tree = tree(Action.SET_NULL);
        session.write(insert(tree, row(1, null), row(2, 1), row(3, 2)));
        session.write(
                Plans.delete(tree, new ScanBuilder(tree.table()).forChange().build()));
        assertThat(rows(tree)).isEmpty();
        assertThat(session.query(
                        new ScanBuilder(tree.table()).index("up").covering(1).build()))
                .isEmpty();
    }

    @Test
    void cascadesAreLimitedInDepth() {
        BoundTable tree = tree(Action.CASCADE);
        session.write(insert(tree, row(0, null)));
        for (int i = 1; i <= 15; i++) {
            session.write(insert(tree, row(i, i - 1)));
        }
        session.begin();
        session.write(deleteWhereId(tree, 0));
        assertThat(rows(tree)).isEmpty();
        session.rollback();
        session.write(insert(tree, row(16, 15)));
        assertThatThrownBy(() -> session.write(deleteWhereId(tree, 0)))
                .hasMessage("Foreign key cascade delete/update exceeds max depth of 15.");
    }

    private BoundTable tree(Action onDelete) {
        return database.create(new TableBuilder(12, "tree")
                .notNull("id", SqlType.INT)
                .column("up", SqlType.INT)
                .primaryKey("id")
                .key("up", "up")
                .foreignKey("fk", "up", "tree", "id", onDelete, Action.NO_ACTION));
    }

    @Test
    void aParentBeingReferencedCannotGo() throws InterruptedException {
        BoundTable child = child(Action.NO_ACTION, Action.NO_ACTION);
        session.write(insert(parent, row(1, "a")));
        Session other = database.session();
        session.begin();
        session.write(insert(child, row(10, 1)));
        StringBuilder outcome = new StringBuilder();
        Thread deleting = new Thread(() -> {
            try {
                other.write(deleteWhereId(parent, 1));
                outcome.append("deleted");
            } catch (SqlException e) {
                outcome.append(e.errno());
            }
        });
        deleting.start();
        session.commit();
        deleting.join(10_000);
        assertThat(outcome.toString()).isEqualTo("1451");
    }
}
