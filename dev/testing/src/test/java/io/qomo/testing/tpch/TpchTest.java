package io.qomo.testing.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.testing.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The 22 queries over scale 0.01, loaded by LOAD DATA. The answers in `bench/tpch/answers/sf0.01` are MariaDB 10.11's
/// over the same rows.
class TpchTest {
    private static final Path HOME = Path.of("../../bench/tpch");
    private static final BigDecimal TOLERANCE = new BigDecimal("0.011");

    private static TestDatabase database;
    private static Connection connection;

    @TempDir
    static Path data;

    @BeforeAll
    static void load() throws SQLException, IOException {
        Generate.main(new String[] {"0.01", data.toString()});
        database = TestDatabase.create("tpch");
        connection = DriverManager.getConnection(database.jdbcUrl() + "&allowLoadLocalInfile=true", "root", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL local_infile = 1");
            for (String sql :
                    Files.readString(HOME.resolve("schema_mysql.sql")).lines().toList()) {
                if (sql.startsWith("CREATE")) {
                    statement.execute(sql);
                }
            }
            for (String table : tables()) {
                statement.execute("LOAD DATA LOCAL INFILE '" + data.resolve(table + ".tbl") + "' INTO TABLE " + table
                        + " FIELDS TERMINATED BY '|'");
            }
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        connection.close();
        database.close();
    }

    static List<String> tables() {
        return List.of("region", "nation", "part", "supplier", "partsupp", "customer", "orders", "lineitem");
    }

    static List<String> queries() {
        List<String> names = new ArrayList<>();
        for (int q = 1; q <= 22; q++) {
            names.add(q < 10 ? "q0" + q : "q" + q);
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({"lineitem, 60175", "orders, 15000", "partsupp, 8000", "customer, 1500", "nation, 25"})
    void rowsAreComplete(String table, long rows) throws SQLException {
        assertThat(run("SELECT COUNT(*) FROM " + table)).isEqualTo(List.of(List.of(Long.toString(rows))));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answerIsRight(String name) throws SQLException, IOException {
        assertAnswer(name);
    }

    private static void assertAnswer(String name) throws SQLException, IOException {
        List<List<String>> actual = run(Files.readString(HOME.resolve(name + ".sql")));
        List<String> lines = Files.readAllLines(HOME.resolve("answers/sf0.01/" + name + ".csv"));
        assertThat(actual).as(name).hasSize(lines.size() - 1);
        for (int i = 0; i < actual.size(); i++) {
            List<String> expected = parse(lines.get(i + 1));
            List<String> row = actual.get(i);
            assertThat(row).hasSize(expected.size());
            for (int c = 0; c < row.size(); c++) {
                assertThat(isSame(expected.get(c), row.get(c)))
                        .as("%s row %d column %d: %s and %s", name, i, c, expected.get(c), row.get(c))
                        .isTrue();
            }
        }
    }

    private static List<List<String>> run(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int c = 1; c <= width; c++) {
                    String value = result.getString(c);
                    row.add(value == null ? "" : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /// Divisions and averages may differ in the last digits between servers.
    private static boolean isSame(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        boolean areNumbers = expected.matches("-?\\d+(\\.\\d+)?") && actual.matches("-?\\d+(\\.\\d+)?");
        return areNumbers
                && new BigDecimal(expected)
                                .subtract(new BigDecimal(actual))
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }

    /// The fields of a line of CSV without line breaks in values.
    private static List<String> parse(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
