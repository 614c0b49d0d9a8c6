package io.qomo.query.exec;

import static io.qomo.query.exec.Plans.column;
import static io.qomo.query.exec.Plans.constant;
import static io.qomo.query.exec.Plans.row;
import static io.qomo.query.exec.Plans.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.exec.Database.Session;
import io.qomo.query.exec.Plans.ScanBuilder;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteTest {
    @TempDir
    Path directory;

    private Database database;
    private Session session;
    private BoundTable users;

    @BeforeEach
    void open() {
        database = new Database(directory);
        session = database.session();
        users = database.create(new TableBuilder(10, "users")
                .autoIncrement("id", SqlType.INT)
                .notNull("name", Plans.TEXT)
                .column("age", SqlType.integer(TypeKind.TINYINT, false))
                .column("email", Plans.TEXT)
                .primaryKey("id")
                .unique("email", "email")
                .key("age", "age"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> rows() {
        List<String> byKey = session.query(scan(users));
        // Every index must tell the same rows.
        for (String index : List.of("email", "age")) {
            assertThat(session.query(new ScanBuilder(users.table()).index(index).build()))
                    .containsExactlyInAnyOrderElementsOf(byKey);
        }
        return byKey;
    }

    @Test
    void insertsRowsAndMaintainsIndexes() {
        WriteResult result = session.write(Plans.insert(
                users, row(null, "ann", 30, "a@x"), row(null, "bob", null, null), row(null, "cid", 20, null)));

        assertThat(result.affectedRows()).isEqualTo(3);
        assertThat(result.firstGeneratedId()).isEqualTo(1);
        assertThat(result.info(true, 0)).isEqualTo("Records: 3  Duplicates: 0  Warnings: 0");
        assertThat(rows()).containsExactly("1|ann|30|a@x", "2|bob|NULL|NULL", "3|cid|20|NULL");
        assertThat(session.query(new ScanBuilder(users.table())
                        .index("age")
                        .covering(2, 0)
                        .build()))
                .containsExactly("NULL|2", "20|3", "30|1");
        assertThat(session.query(new ScanBuilder(users.table()).index("email").point(row("A@X"), row("none"))))
                .containsExactly("1|ann|30|a@x");
    }

    @Test
    void refusesDuplicates() {
        session.write(Plans.insert(users, row(1, "ann", 30, "a@x")));

        assertThatThrownBy(() -> session.write(Plans.insert(users, row(5, "eve", 1, "e@x"), row(1, "bob", 1, "b@x"))))
                .hasMessage("Duplicate entry '1' for key 'users.PRIMARY'")
                .isInstanceOf(SqlException.class);
        assertThatThrownBy(() -> session.write(Plans.insert(users, row(2, "bob", 1, "A@X"))))
                .hasMessage("Duplicate entry 'A@X' for key 'users.email'");
        assertThat(rows()).containsExactly("1|ann|30|a@x");
    }

    @Test
    void rollsBackTheStatementAlone() {
        session.begin();
        session.write(Plans.insert(users, row(1, "ann", 30, null)));
        assertThatThrownBy(() -> session.write(Plans.insert(users, row(2, "bob", 1, null), row(1, "cid", 1, null))))
                .hasMessageContaining("Duplicate entry '1'");
        session.commit();
        assertThat(rows()).containsExactly("1|ann|30|NULL");
    }

    @Test
    void generatesIdsAsMySql() {
        session.write(Plans.insert(users, row(null, "a", 1, null), row(100, "b", 1, null), row(0, "c", 1, null)));
        assertThat(rows()).containsExactly("1|a|1|NULL", "100|b|1|NULL", "101|c|1|NULL");

        session.sqlMode = new SqlMode(SqlMode.DEFAULT.bits() | SqlMode.NO_AUTO_VALUE_ON_ZERO);
        WriteResult result = session.write(Plans.insert(users, row(0, "z", 1, null)));
        assertThat(result.firstGeneratedId()).isZero();
        assertThat(rows()).startsWith("0|z|1|NULL");
    }

    @Test
    void honoursIncrementAndOffset() {
        session.facts.variables.put("auto_increment_increment", 10L);
        session.facts.variables.put("auto_increment_offset", 3L);
        session.write(Plans.insert(users, row(null, "a", 1, null), row(null, "b", 1, null)));
        assertThat(rows()).containsExactly("3|a|1|NULL", "13|b|1|NULL");
    }

    @Test
    void failsWhenIdsAreUsedUp() {
        BoundTable small = database.create(new TableBuilder(11, "small")
                .autoIncrement("id", SqlType.integer(TypeKind.TINYINT, false))
                .primaryKey("id"));
        session.write(Plans.insert(small, row(126)));
        session.write(Plans.insert(small, row((Object) null)));
        assertThatThrownBy(() -> session.write(Plans.insert(small, row((Object) null))))
                .hasMessage("Duplicate entry '127' for key 'small.PRIMARY'");
    }

    @Test
    void refusesNullAndBadValuesInStrictMode() {
        assertThatThrownBy(() -> session.write(Plans.insert(users, row(1, null, 1, null))))
                .hasMessage("Column 'name' cannot be null");
        assertThatThrownBy(() -> session.write(Plans.insert(users, row(1, "a", 1, null), row(2, "b", 1000, null))))
                .hasMessage("Out of range value for column 'age' at row 2");
        assertThat(rows()).isEmpty();

        session.sqlMode = new SqlMode(0);
        session.write(Plans.insert(users, row(1, "a", 1000, null), row(2, null, 1, null)));
        assertThat(session.warnings)
                .containsExactlyInAnyOrder(
                        "1264 Out of range value for column 'age' at row 1", "1048 Column 'name' cannot be null");
        assertThat(rows()).containsExactly("1|a|127|NULL", "2||1|NULL");
    }

    @Test
    void ignoresBadRows() {
        session.write(Plans.insert(users, row(1, "ann", 1, null)));
        WriteResult result = session.write(Plans.insert(
                users, DuplicateAction.ERROR, List.of(), true, row(1, "bob", 1, null), row(2, null, 1000, null)));
        assertThat(session.warnings).contains("1062 Duplicate entry '1' for key 'users.PRIMARY'");
        assertThat(result.affectedRows()).isEqualTo(1);
        assertThat(result.duplicates()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|ann|1|NULL", "2||127|NULL");
    }

    @Test
    void replacesRows() {
        session.write(Plans.insert(users, row(1, "ann", 1, "a"), row(2, "bob", 2, "b"), row(3, "cid", 3, null)));
        WriteResult both =
                session.write(Plans.insert(users, DuplicateAction.REPLACE, List.of(), false, row(1, "new", 9, "b")));
        assertThat(both.affectedRows()).isEqualTo(3);
        assertThat(rows()).containsExactly("1|new|9|b", "3|cid|3|NULL");

        WriteResult fresh =
                session.write(Plans.insert(users, DuplicateAction.REPLACE, List.of(), false, row(7, "eve", 9, null)));
        assertThat(fresh.affectedRows()).isEqualTo(1);
    }

    @Test
    void updatesOnDuplicateKey() {
        session.write(Plans.insert(users, row(1, "ann", 1, "a"), row(2, "bob", 2, "b")));
        int width = 4;
        // age = age + VALUES(age)
        Assignment sum =
                new Assignment(2, session.operator("+", column(2, SqlType.BIGINT), column(width + 2, SqlType.BIGINT)));

        WriteResult updated =
                session.write(Plans.insert(users, DuplicateAction.UPDATE, List.of(sum), false, row(1, "x", 10, null)));
        assertThat(updated.affectedRows()).isEqualTo(2);
        WriteResult same =
                session.write(Plans.insert(users, DuplicateAction.UPDATE, List.of(sum), false, row(1, "x", 0, null)));
        assertThat(same.affectedRows()).isZero();
        assertThat(same.foundRows()).isEqualTo(1);
        WriteResult inserted =
                session.write(Plans.insert(users, DuplicateAction.UPDATE, List.of(sum), false, row(9, "new", 5, null)));
        assertThat(inserted.affectedRows()).isEqualTo(1);
        // Both keys are taken: the first index decides.
        session.write(Plans.insert(users, DuplicateAction.UPDATE, List.of(sum), false, row(1, "x", 100, "b")));
        assertThat(rows()).containsExactly("1|ann|111|a", "2|bob|2|b", "9|new|5|NULL");
    }

    @Test
    void updatesChangedRowsOnly() {
        session.write(Plans.insert(users, row(1, "ann", 1, "a"), row(2, "bob", 2, "b"), row(3, "cid", 1, "c")));
        Assignment age = new Assignment(2, constant(1));
        WriteResult result = session.write(
                Plans.update(users, new ScanBuilder(users.table()).forChange().build(), age));
        assertThat(result.matchedRows()).isEqualTo(3);
        assertThat(result.affectedRows()).isEqualTo(1);
        assertThat(result.info(false, 0)).isEqualTo("Rows matched: 3  Changed: 1  Warnings: 0");
        assertThat(rows()).containsExactly("1|ann|1|a", "2|bob|1|b", "3|cid|1|c");
    }

    @Test
    void movesRowsWhenTheKeyChanges() {
        session.write(Plans.insert(users, row(1, "ann", 1, "a"), row(2, "bob", 2, "b")));
        Assignment up = new Assignment(0, session.operator("+", column(0, SqlType.BIGINT), constant(10)));
        session.write(
                Plans.update(users, new ScanBuilder(users.table()).forChange().build(), up));
        assertThat(rows()).containsExactly("11|ann|1|a", "12|bob|2|b");

        Assignment same = new Assignment(0, constant(12));
        assertThatThrownBy(() -> session.write(Plans.update(
                        users,
                        new ScanBuilder(users.table())
                                .ranges(Plans.equalTo(11))
                                .forChange()
                                .build(),
                        same)))
                .hasMessage("Duplicate entry '12' for key 'users.PRIMARY'");
        assertThat(rows()).containsExactly("11|ann|1|a", "12|bob|2|b");
    }

    @Test
    void laterAssignmentsSeeEarlierOnes() {
        session.write(Plans.insert(users, row(1, "ann", 5, null)));
        Assignment age = new Assignment(2, session.operator("+", column(2, SqlType.BIGINT), constant(1)));
        Assignment again = new Assignment(2, session.operator("*", column(2, SqlType.BIGINT), constant(10)));
        session.write(
                Plans.update(users, new ScanBuilder(users.table()).forChange().build(), age, again));
        assertThat(rows()).containsExactly("1|ann|60|NULL");
    }

    @Test
    void deletesRows() {
        session.write(Plans.insert(users, row(1, "ann", 1, "a"), row(2, "bob", 2, "b"), row(3, "cid", 1, null)));
        WriteResult result = session.write(Plans.delete(
                users,
                new ScanBuilder(users.table())
                        .index("age")
                        .ranges(Plans.equalTo(1))
                        .forChange()
                        .build()));
        assertThat(result.affectedRows()).isEqualTo(2);
        assertThat(rows()).containsExactly("2|bob|2|b");
    }

    @Test
    void computesGeneratedColumnsChecksAndHiddenKeys() {
        BoundTable items = database.create(new TableBuilder(12, "items")
                .column("price", SqlType.BIGINT)
                .generated(
                        "double_price",
                        SqlType.BIGINT,
                        false,
                        session.operator("*", column(0, SqlType.BIGINT), constant(2)))
                .generated("next", SqlType.BIGINT, true, session.operator("+", column(1, SqlType.BIGINT), constant(1)))
                .onUpdateNow("changed", SqlType.temporal(TypeKind.TIMESTAMP, 0))
                .check("positive", session.operator(">", column(0, SqlType.BIGINT), constant(0)))
                .hiddenKey()
                .key("by_double", "double_price"));
        session.write(Plans.insert(items, row(5), row(7)));
        assertThat(session.query(scan(items))).containsExactly("5|10|11|NULL|1", "7|14|15|NULL|2");
        assertThat(session.query(new ScanBuilder(items.table())
                        .index("by_double")
                        .covering(1)
                        .build()))
                .containsExactly("10", "14");
        assertThatThrownBy(() -> session.write(Plans.insert(items, row(-1))))
                .hasMessage("Check constraint 'positive' is violated.");

        Assignment price = new Assignment(0, constant(8));
        session.write(Plans.update(
                items,
                new ScanBuilder(items.table())
                        .index("by_double")
                        .ranges(Plans.equalTo(10))
                        .forChange()
                        .build(),
                price));
        assertThat(session.query(scan(items))).containsExactly("8|16|17|1700000000000000|1", "7|14|15|NULL|2");
        assertThat(session.query(new ScanBuilder(items.table())
                        .index("by_double")
                        .covering(1)
                        .build()))
                .containsExactly("14", "16");
    }
}
