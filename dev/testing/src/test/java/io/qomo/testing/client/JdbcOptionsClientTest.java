package io.qomo.testing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What applications switch on in their JDBC URLs, under both drivers.
class JdbcOptionsClientTest {
    private static final String MYSQL = "jdbc:mysql";
    private static final String MARIADB = "jdbc:mariadb";

    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = connect(MARIADB, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id INT AUTO_INCREMENT PRIMARY KEY, n INT UNIQUE, v VARCHAR(20))");
            statement.execute("INSERT INTO item (n, v) WITH RECURSIVE s AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM s"
                    + " WHERE n < 299) SELECT n, CONCAT('v', n) FROM s");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Connection connect(String driver, String options) throws SQLException {
        String login = driver.equals(MYSQL) ? "&sslMode=DISABLED&allowPublicKeyRetrieval=true" : "";
        return DriverManager.getConnection(
                driver + "://127.0.0.1:" + database.port() + "/" + database.name() + "?user=root" + login + options);
    }

    private static List<String> row(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(String.valueOf(rows.getString(i)));
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void batchesBecomeStatementsOfManyRows(String driver) throws SQLException {
        try (Connection connection = connect(driver, "&rewriteBatchedStatements=true");
                Statement statement = connection.createStatement()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO item (n, v) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 1000; i < 1500; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "b'" + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(500);
                List<Integer> keys = new ArrayList<>();
                ResultSet generated = insert.getGeneratedKeys();
                while (generated.next()) {
                    keys.add(generated.getInt(1));
                }
                assertThat(keys).hasSize(500).isSorted().doesNotHaveDuplicates();
                assertThat(row(statement, "SELECT n FROM item WHERE id = " + keys.getLast()))
                        .containsExactly("1499");
            }
            try (PreparedStatement update = connection.prepareStatement("UPDATE item SET v = ? WHERE n = ?")) {
                for (int i = 0; i < 50; i++) {
                    update.setString(1, "w" + i);
                    update.setInt(2, i);
                    update.addBatch();
                }
                assertThat(update.executeBatch()).hasSize(50).contains(1);
            }
            assertThat(row(statement, "SELECT COUNT(*), SUM(v LIKE 'b\\'%'), SUM(v LIKE 'w%') FROM item"))
                    .containsExactly("800", "500", "50");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item (n, v) VALUES (?, ?)")) {
                for (int n : new int[] {2000, 5, 2001}) {
                    insert.setInt(1, n);
                    insert.setString(2, "x");
                    insert.addBatch();
                }
                assertThatThrownBy(insert::executeBatch)
                        .isInstanceOfSatisfying(
                                BatchUpdateException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1062));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void cursorsFetchInPieces(String driver) throws SQLException {
        try (Connection connection = connect(driver, "&useServerPrepStmts=true&useCursorFetch=true");
                PreparedStatement select = connection.prepareStatement(
                        "SELECT a.n, b.v FROM item a JOIN item b ON b.n = a.n WHERE a.n >= ? ORDER BY a.n")) {
            select.setInt(1, 10);
            select.setFetchSize(50);
            ResultSet rows = select.executeQuery();
            for (int n = 10; n < 300; n++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(n);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void compressedConnectionsAndSessionVariables(String driver) throws SQLException {
        try (Connection connection = connect(driver, "&useCompression=true&sessionVariables=wait_timeout=100");
                Statement statement = connection.createStatement()) {
            assertThat(row(statement, "SELECT REPEAT('abc', 1000000)").getFirst())
                    .hasSize(3_000_000);
            assertThat(row(statement, "SELECT @@wait_timeout")).containsExactly("100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void timeoutsEndStatementsAndNotConnections(String driver) throws SQLException {
        try (Connection connection = connect(driver, "");
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(
                            () -> statement.executeQuery(
                                    "SELECT COUNT(*) FROM item a, item b, item c, item d WHERE a.v < b.v AND b.v < c.v AND c.v < d.v"))
                    .isInstanceOf(SQLTimeoutException.class);
            try (Statement next = connection.createStatement()) {
                assertThat(row(next, "SELECT 1")).containsExactly("1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void countsOfChangedAndFoundRows(String driver) throws SQLException {
        String update = "UPDATE item SET v = 'same' WHERE n = 7";
        try (Connection connection = connect(driver, "&useAffectedRows=true");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(update)).isEqualTo(1);
            assertThat(statement.executeUpdate(update)).isZero();
        }
        try (Connection connection = connect(driver, "");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(update)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void momentsKeepTheirValueInOtherTimeZones(String driver) throws SQLException {
        try (Connection connection = connect(driver, "&sessionVariables=time_zone='-08:00'");
                Statement statement = connection.createStatement()) {
            assertThat(row(statement, "SELECT @@time_zone")).containsExactly("-08:00");
        }
        String options = driver.equals(MYSQL)
                ? "&connectionTimeZone=%2B05:30&forceConnectionTimeZoneToSession=true"
                : "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";
        try (Connection connection = connect(driver, options);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE times (ts TIMESTAMP(6) NULL, dt DATETIME(6))");
            Timestamp moment = Timestamp.from(Instant.parse("2024-03-10T12:34:56.789012Z"));
            LocalDateTime local = LocalDateTime.of(2024, 3, 10, 12, 0);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO times VALUES (?, ?)")) {
                insert.setTimestamp(1, moment);
                insert.setObject(2, local);
                insert.executeUpdate();
            }
            try (ResultSet rows = statement.executeQuery("SELECT ts, dt FROM times")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp(1)).isEqualTo(moment);
                assertThat(rows.getObject(2, LocalDateTime.class)).isEqualTo(local);
            }
            statement.execute("SET time_zone = '+00:00'");
            assertThat(row(statement, "SELECT CAST(ts AS CHAR) FROM times"))
                    .containsExactly("2024-03-10 12:34:56.789012");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void valuesLargerThanAPacketStreamBothWays(String driver) throws SQLException {
        byte[] bytes = new byte[17 << 20];
        new Random(1).nextBytes(bytes);
        String text = "grün".repeat(1 << 20);
        for (String options : new String[] {"", "&useServerPrepStmts=true"}) {
            try (Connection connection = connect(driver, "&maxAllowedPacket=67108864" + options);
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS big");
                statement.execute("CREATE TABLE big (id INT PRIMARY KEY, b LONGBLOB, t LONGTEXT)");
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO big VALUES (1, ?, ?)")) {
                    insert.setBinaryStream(1, new ByteArrayInputStream(bytes));
                    insert.setCharacterStream(2, new StringReader(text));
                    insert.executeUpdate();
                }
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT b, t, LENGTH(b) FROM big WHERE id = ?")) {
                    select.setInt(1, 1);
                    ResultSet rows = select.executeQuery();
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getBlob(1).getBytes(1, bytes.length)).isEqualTo(bytes);
                    assertThat(rows.getClob(2).getSubString(1, text.length())).isEqualTo(text);
                    assertThat(rows.getInt(3)).isEqualTo(bytes.length);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void rowsChangeThroughResultSets(String driver) throws SQLException {
        try (Connection connection = connect(driver, "");
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            ResultSet rows = statement.executeQuery("SELECT id, n, v FROM item WHERE n = 11");
            assertThat(rows.next()).isTrue();
            rows.updateString("v", "changed");
            rows.updateRow();
            rows.moveToInsertRow();
            rows.updateInt("n", 7000);
            rows.updateString("v", "added");
            rows.insertRow();
            try (Statement check = connection.createStatement()) {
                assertThat(row(check, "SELECT GROUP_CONCAT(v ORDER BY n) FROM item WHERE n IN (11, 7000)"))
                        .containsExactly("changed,added");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, MARIADB})
    void columnsOfPreparedStatementsAreDescribed(String driver) throws SQLException {
        try (Connection connection = connect(driver, "&useServerPrepStmts=true");
                PreparedStatement select = connection.prepareStatement(
                        "SELECT r.id AS x, COUNT(*) AS c, MAX(v) AS m FROM item AS r WHERE n > ? GROUP BY r.id")) {
            ResultSetMetaData columns = select.getMetaData();
            assertThat(columns.getColumnCount()).isEqualTo(3);
            assertThat(columns.getColumnLabel(1)).isEqualTo("x");
            assertThat(columns.getColumnName(1)).isEqualTo("id");
            assertThat(columns.isAutoIncrement(1)).isTrue();
            assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(columns.getColumnTypeName(2)).isEqualTo("BIGINT");
            assertThat(columns.getPrecision(3)).isEqualTo(20);
            assertThat(select.getParameterMetaData().getParameterCount()).isEqualTo(1);
        }
    }
}
