package io.qomo.testing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connector/J and MariaDB Connector/J, text and binary protocol.
class JdbcClientTest {
    private static final String MYSQL_TEXT =
            "jdbc:mysql:?allowMultiQueries=true&useSSL=false&allowPublicKeyRetrieval=true";
    private static final String MYSQL_BINARY =
            "jdbc:mysql:?useServerPrepStmts=true&cachePrepStmts=true&sslMode=DISABLED&allowPublicKeyRetrieval=true";
    private static final String MARIADB_TEXT = "jdbc:mariadb:?allowMultiQueries=true";
    private static final String MARIADB_BINARY = "jdbc:mariadb:?useServerPrepStmts=true";

    private static Connection connect(String kind, TestDatabase database) throws SQLException {
        String options = kind.substring(kind.indexOf('?'));
        String scheme = kind.substring(0, kind.indexOf('?'));
        return DriverManager.getConnection(
                scheme + "//127.0.0.1:" + database.port() + "/" + database.name() + options, "root", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL_TEXT, MYSQL_BINARY, MARIADB_TEXT, MARIADB_BINARY})
    void valuesOfEveryTypeComeBackAsTheyWent(String kind) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = connect(kind, database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE every_type (id INT PRIMARY KEY, ti TINYINT, bo BOOLEAN, si SMALLINT, mi MEDIUMINT,"
                            + " bi BIGINT, bu BIGINT UNSIGNED, de DECIMAL(30,10), fl FLOAT, do_ DOUBLE, vc VARCHAR(50),"
                            + " ch CHAR(5), tx TEXT, bl BLOB, vb VARBINARY(20), da DATE, tm TIME(3), dt DATETIME(6),"
                            + " ts TIMESTAMP(6) NULL, ye YEAR, bt BIT(10), en ENUM('a','b'), se SET('x','y','z'), js JSON)");
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO every_type VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,b'1010101010',?,?,?)")) {
                Object[] values = {
                    1,
                    -128,
                    true,
                    -32768,
                    8388607,
                    Long.MIN_VALUE,
                    new BigDecimal("18446744073709551615"),
                    new BigDecimal("12345678901234567890.0123456789"),
                    1.5f,
                    2.25,
                    "grüße 世界 😀",
                    "abc",
                    "x".repeat(70_000).substring(0, 60_000),
                    new byte[] {0, 1, (byte) 0xFF},
                    new byte[] {9, 8},
                    LocalDate.of(2024, 2, 29),
                    LocalTime.of(23, 59, 59),
                    LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456789000),
                    Timestamp.valueOf("2024-06-01 10:20:30.654321"),
                    2024,
                    "b",
                    "x,z",
                    "{\"k\": [1, 2]}"
                };
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            checkEveryType(connection);
        }
    }

    private static void checkEveryType(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM every_type WHERE id = ?")) {
            select.setInt(1, 1);
            ResultSet row = select.executeQuery();
            assertThat(row.next()).isTrue();
            assertThat(row.getInt("ti")).isEqualTo(-128);
            assertThat(row.getBoolean("bo")).isTrue();
            assertThat(row.getLong("bi")).isEqualTo(Long.MIN_VALUE);
            assertThat(row.getBigDecimal("bu")).isEqualByComparingTo("18446744073709551615");
            assertThat(row.getBigDecimal("de")).isEqualTo(new BigDecimal("12345678901234567890.0123456789"));
            assertThat(row.getFloat("fl")).isEqualTo(1.5f);
            assertThat(row.getDouble("do_")).isEqualTo(2.25);
            assertThat(row.getString("vc")).isEqualTo("grüße 世界 😀");
            assertThat(row.getString("ch")).isEqualTo("abc");
            assertThat(row.getString("tx")).hasSize(60_000);
            assertThat(row.getBytes("bl")).containsExactly(0, 1, 0xFF);
            assertThat(row.getBytes("vb")).containsExactly(9, 8);
            assertThat(row.getObject("da", LocalDate.class)).isEqualTo(LocalDate.of(2024, 2, 29));
            assertThat(row.getObject("tm", LocalTime.class)).isEqualTo(LocalTime.of(23, 59, 59));
            assertThat(row.getObject("dt", LocalDateTime.class))
                    .isEqualTo(LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456789000));
            assertThat(row.getTimestamp("ts")).isEqualTo(Timestamp.valueOf("2024-06-01 10:20:30.654321"));
            assertThat(row.getInt("ye")).isEqualTo(2024);
            assertThat(row.getBytes("bt")).containsExactly(2, 0xAA);
            assertThat(row.getString("en")).isEqualTo("b");
            assertThat(row.getString("se")).isEqualTo("x,z");
            assertThat(row.getString("js")).isEqualTo("{\"k\": [1, 2]}");
            assertThat(row.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL_TEXT, MYSQL_BINARY, MARIADB_TEXT, MARIADB_BINARY})
    void batchesGeneratedKeysAndTransactions(String kind) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = connect(kind, database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(30) UNIQUE)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO item (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 0; i < 100; i++) {
                    insert.setString(1, "name " + i);
                    insert.addBatch();
                }
                assertThat(Arrays.stream(insert.executeBatch()).allMatch(n -> n == 1 || n == Statement.SUCCESS_NO_INFO))
                        .isTrue();
                List<Long> keys = new ArrayList<>();
                ResultSet generated = insert.getGeneratedKeys();
                while (generated.next()) {
                    keys.add(generated.getLong(1));
                }
                assertThat(keys).hasSize(100).isSorted().doesNotHaveDuplicates();
            }
            connection.rollback();
            assertThat(count(statement)).isZero();
            statement.executeUpdate("INSERT INTO item (name) VALUES ('kept')");
            connection.commit();
            assertThat(count(statement)).isEqualTo(1);
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO item (name) VALUES ('KEPT')"))
                    .isInstanceOf(SQLIntegrityConstraintViolationException.class)
                    .hasMessageContaining("Duplicate entry 'KEPT' for key 'item.name'");
            for (int level : new int[] {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            }) {
                connection.setTransactionIsolation(level);
                assertThat(connection.getTransactionIsolation()).isEqualTo(level);
            }
        }
    }

    private static long count(Statement statement) throws SQLException {
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM item");
        row.next();
        return row.getLong(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL_TEXT, MARIADB_TEXT})
    void metadataDescribesTables(String kind) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = connect(kind, database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parent (id INT PRIMARY KEY, code VARCHAR(10) NOT NULL UNIQUE)");
            statement.execute("CREATE TABLE child (id INT AUTO_INCREMENT PRIMARY KEY, parent_id INT NOT NULL,"
                    + " amount DECIMAL(10,2) DEFAULT 0, INDEX by_amount (amount, parent_id),"
                    + " CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE)");
            statement.execute(
                    "CREATE VIEW totals AS SELECT parent_id, SUM(amount) AS total FROM child GROUP BY parent_id");
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(column(meta.getTables(database.name(), null, "%", new String[] {"TABLE"}), "TABLE_NAME"))
                    .containsExactly("child", "parent");
            assertThat(column(meta.getTables(database.name(), null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
                    .containsExactly("totals");
            assertThat(column(meta.getColumns(database.name(), null, "child", "%"), "COLUMN_NAME"))
                    .containsExactly("id", "parent_id", "amount");
            assertThat(column(meta.getColumns(database.name(), null, "child", "%"), "TYPE_NAME"))
                    .containsExactly("INT", "INT", "DECIMAL");
            assertThat(column(meta.getPrimaryKeys(database.name(), null, "child"), "COLUMN_NAME"))
                    .containsExactly("id");
            assertThat(column(meta.getImportedKeys(database.name(), null, "child"), "FK_NAME"))
                    .containsExactly("fk_parent");
            // Connector/J pairs a foreign key with every unique key of the table it refers to: here two rows.
            assertThat(column(meta.getExportedKeys(database.name(), null, "parent"), "FKTABLE_NAME"))
                    .containsOnly("child");
            assertThat(meta.getSQLKeywords()).contains("ACCESSIBLE");
            assertThat(column(meta.getIndexInfo(database.name(), null, "child", false, false), "INDEX_NAME"))
                    .contains("PRIMARY", "by_amount");
            assertThat(meta.getDatabaseMajorVersion()).isEqualTo(8);
        }
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(String.valueOf(rows.getString(name)));
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL_TEXT, MARIADB_TEXT})
    void severalResultsOfOneText(String kind) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = connect(kind, database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT 1; CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2); SELECT COUNT(*) FROM t");
            assertThat(statement.getResultSet().next()).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getMoreResults()).isTrue();
            ResultSet last = statement.getResultSet();
            assertThat(last.next()).isTrue();
            assertThat(last.getInt(1)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MYSQL_TEXT, MYSQL_BINARY, MARIADB_TEXT, MARIADB_BINARY})
    void largeResultsStreamAndLargeValuesPass(String kind) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = connect(kind, database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE big (id INT PRIMARY KEY, body LONGBLOB)");
            byte[] body = "0123456789abcdef".repeat(1 << 17).getBytes(StandardCharsets.US_ASCII);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO big VALUES (?, ?)")) {
                for (int i = 0; i < 10; i++) {
                    insert.setInt(1, i);
                    insert.setBytes(2, body);
                    insert.executeUpdate();
                }
            }
            try (Statement streaming = connection.createStatement()) {
                streaming.setFetchSize(kind.contains("mysql") ? Integer.MIN_VALUE : 1);
                ResultSet rows = streaming.executeQuery("SELECT id, body FROM big ORDER BY id");
                int seen = 0;
                while (rows.next()) {
                    assertThat(rows.getBytes(2)).hasSameSizeAs(body);
                    seen++;
                }
                assertThat(seen).isEqualTo(10);
            }
        }
    }
}
