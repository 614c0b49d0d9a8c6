package io.qomo.testing.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.Qomo;
import io.qomo.serve.client.ServerError;
import io.qomo.testing.robust.ComparisonOperands.Operand;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Comparisons of columns of every type with constants of every type: whatever way a statement takes (an index or
/// none, a plan kept for other values, a parameter, IN, BETWEEN, NOT), it finds the rows of which a select list says
/// that the comparison holds; and of numbers the comparison says what exact arithmetic says.
///
/// A seeded part of all pairs is tried; `-Dqomo.comparison.percent=100` tries all of them,
/// `-Dqomo.comparison.seed` others.
@Timeout(600)
class ComparisonRelationsTest {
    private static final List<String> OPERATORS = List.of("=", "<=>", "<>", "<", "<=", ">", ">=");
    private static final int SHOWN = 60;

    private static Qomo server;
    private final Random random = new Random(Long.getLong("qomo.comparison.seed", 1));
    private final int percent = Integer.getInteger("qomo.comparison.percent", 3);
    private final List<String> wrong = new ArrayList<>();
    private Client client;

    @BeforeAll
    static void start() throws IOException {
        server = Qomo.embedded().inMemory().start();
        try (Client client = new Client(server.port(), "")) {
            client.rows("CREATE DATABASE d");
            client.rows("SET sql_mode = '', time_zone = '+00:00'");
            for (Operand column : ComparisonOperands.columns()) {
                client.rows(
                        "CREATE TABLE d." + column.name() + " (id INT PRIMARY KEY, c " + column.type() + ", KEY (c))");
                List<String> values = new ArrayList<>(column.values());
                values.add("NULL");
                client.rows("INSERT INTO d." + column.name() + " VALUES "
                        + IntStream.range(0, values.size())
                                .mapToObj(i -> "(" + i + ", " + values.get(i) + ")")
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        client = new Client(server.port(), "d");
        client.rows("SET sql_mode = '', time_zone = '+02:00'");
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        assertThat(wrong.stream().limit(SHOWN)).as("%d answers", wrong.size()).isEmpty();
    }

    private boolean isChosen(int factor) {
        return random.nextInt(100) < percent * factor;
    }

    private void expect(String sql, Object answer, Object expected) {
        if (!answer.equals(expected)) {
            wrong.add(sql + " -- saw " + answer + ", expected " + expected);
        }
    }

    /// The first values of the rows in order, or the error.
    private String ids(String sql) throws IOException {
        try {
            return new TreeSet<>(client.rows(sql)).toString();
        } catch (ServerError e) {
            return "error " + e.errno();
        }
    }

    /// The rows of which the select list says true, false or NULL; a literal in a select list is part of the text, so
    /// that no kept plan answers.
    private String idsWhere(String table, String condition, String value) throws IOException {
        try {
            return client.rows("SELECT id, " + condition + " FROM " + table).stream()
                    .filter(line -> line.endsWith("\t" + value))
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
        } catch (ServerError e) {
            return "error " + e.errno();
        }
    }

    /// Every access path, and statements whose plans are kept from one constant to the next.
    @Test
    void whereFindsWhatTheSelectListSays() throws IOException {
        for (Operand column : ComparisonOperands.columns()) {
            String table = column.name();
            for (String operator : OPERATORS) {
                client.rows("PREPARE p FROM 'SELECT id FROM " + table + " WHERE c " + operator + " ?'");
                for (String constant : ComparisonOperands.constants()) {
                    if (isChosen(1)) {
                        String condition = "c " + operator + " " + constant;
                        String expected = idsWhere(table, condition, "1");
                        expect(condition, ids("SELECT id FROM " + table + " WHERE " + condition), expected);
                        String forced = "SELECT id FROM " + table + " FORCE INDEX (c) WHERE " + condition;
                        expect(forced, ids(forced), expected);
                        String ignored = "SELECT id FROM " + table + " IGNORE INDEX (c) WHERE " + condition;
                        expect(ignored, ids(ignored), expected);
                        prepared(table, operator, constant, expected);
                    }
                }
            }
        }
    }

    private void prepared(String table, String operator, String constant, String expected) throws IOException {
        boolean keepsItsType = !constant.matches("(date|time|timestamp|cast|x|b).*") && !constant.equals("null");
        if (keepsItsType) {
            client.rows("SET @a = " + constant);
            expect("prepared " + table + " c " + operator + " " + constant, ids("EXECUTE p USING @a"), expected);
        }
        client.rows("SET @b = " + constant);
        String condition = "c " + operator + " @b";
        String said = idsWhere(table, condition, "1");
        String where = "SELECT id FROM " + table + " FORCE INDEX (c) WHERE " + condition;
        expect(where + " -- @b = " + constant, ids(where), said);
    }

    /// A condition, its opposite and its being NULL share the rows among them.
    @Test
    void conditionsPartitionATable() throws IOException {
        for (Operand column : ComparisonOperands.columns()) {
            String table = column.name();
            for (String constant : ComparisonOperands.constants()) {
                for (String operator : OPERATORS) {
                    if (!isChosen(1)) {
                        continue;
                    }
                    String condition = "c " + operator + " " + constant;
                    String from = "SELECT id FROM " + table + " WHERE ";
                    expect(
                            table + ": NOT (" + condition + ")",
                            ids(from + "NOT (" + condition + ")"),
                            idsWhere(table, condition, "0"));
                    expect(
                            table + ": (" + condition + ") IS NULL",
                            ids(from + "(" + condition + ") IS NULL"),
                            idsWhere(table, condition, "NULL"));
                    expect(
                            table + ": (" + condition + ") IS TRUE",
                            ids(from + "(" + condition + ") IS TRUE"),
                            idsWhere(table, condition, "1"));
                }
            }
        }
    }

    /// What can be said in several ways means the same in all of them.
    @Test
    void formsOfOneConditionAgree() throws IOException {
        for (Operand column : ComparisonOperands.columns()) {
            String table = column.name();
            for (String k : ComparisonOperands.constants()) {
                if (isChosen(2)) {
                    String equal = idsWhere(table, "c = " + k, "1");
                    String less = idsWhere(table, "c < " + k, "1");
                    String most = idsWhere(table, "c <= " + k, "1");
                    String least = idsWhere(table, "c >= " + k, "1");
                    same(table, equal, "c IN (" + k + ")", k + " = c", "c IN (" + k + ", " + k + ")");
                    same(table, equal, "CASE c WHEN " + k + " THEN 1 ELSE 0 END", "NOT (c <> " + k + ")");
                    same(table, equal, "(c, 1) = (" + k + ", 1)", "(c, 1) IN ((" + k + ", 1), (" + k + ", 2))");
                    same(table, equal, "c >= " + k + " AND c <= " + k);
                    same(table, less, k + " > c", "(c, 2) < (" + k + ", 1)", "NOT (c >= " + k + ")");
                    same(table, most, k + " >= c", "(c, 1) <= (" + k + ", 1)", "NOT (c > " + k + ")");
                    same(table, idsWhere(table, "c >= " + k + " AND c <= " + k, "1"), "c BETWEEN " + k + " AND " + k);
                    same(table, least, "NOT (c < " + k + ")", "c = " + k + " OR c > " + k);
                    expect(
                            table + " HAVING c < " + k,
                            ids("SELECT id FROM " + table + " HAVING id >= 0 AND id IN" + " (SELECT id FROM " + table
                                    + " GROUP BY id, c HAVING c < " + k + ")"),
                            less);
                    same(table, idsWhere(table, "c <> " + k, "1"), "c NOT IN (" + k + ")", "NOT (c = " + k + ")");
                }
            }
        }
    }

    private void same(String table, String expected, String... conditions) throws IOException {
        for (String condition : conditions) {
            String sql = "SELECT id FROM " + table + " WHERE " + condition;
            expect(sql, ids(sql), expected);
        }
    }

    /// Pairs of columns: joins by either side's index, by hash, and subqueries.
    @Test
    void joinsFindWhatTheSelectListSays() throws IOException {
        List<Operand> columns = ComparisonOperands.columns();
        for (Operand left : columns) {
            for (Operand right : columns) {
                if (isChosen(2)) {
                    String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
                    join(left.name(), right.name(), operator);
                    join(left.name(), right.name(), "=");
                }
            }
        }
    }

    private void join(String a, String b, String operator) throws IOException {
        String on = "x.c " + operator + " y.c";
        String expected;
        String matched;
        try {
            List<String> pairs = client.rows("SELECT x.id, y.id, " + on + " FROM " + a + " x, " + b + " y");
            List<String> found = pairs.stream()
                    .filter(line -> line.endsWith("\t1"))
                    .map(line -> line.substring(0, line.lastIndexOf('\t')))
                    .toList();
            expected = new TreeSet<>(found).toString();
            matched = found.stream()
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
        } catch (ServerError e) {
            expected = "error " + e.errno();
            matched = expected;
        }
        String select = "SELECT x.id, y.id FROM ";
        for (String from : List.of(
                a + " x JOIN " + b + " y ON ",
                a + " x STRAIGHT_JOIN " + b + " y FORCE INDEX (c) ON ",
                b + " y STRAIGHT_JOIN " + a + " x FORCE INDEX (c) ON ",
                a + " x IGNORE INDEX (c) JOIN " + b + " y IGNORE INDEX (c) ON ")) {
            expect(select + from + on, ids(select + from + on), expected);
        }
        String exists = "SELECT id FROM " + a + " x WHERE EXISTS (SELECT 1 FROM " + b + " y WHERE " + on + ")";
        expect(exists, ids(exists), matched);
        if (operator.equals("=")) {
            String in = "SELECT id FROM " + a + " x WHERE c IN (SELECT c FROM " + b + ")";
            expect(in, ids(in), matched);
        }
    }

    /// Integers and decimals, compared with numbers in any form, by exact arithmetic.
    @Test
    void numbersCompareExactly() throws IOException {
        for (Operand column : ComparisonOperands.columns()) {
            boolean isInteger = column.type().matches(".*int.*|bit.*");
            if (!isInteger && !column.type().startsWith("decimal")) {
                continue;
            }
            for (String constant : ComparisonOperands.constants()) {
                BigDecimal k = number(constant, isInteger);
                if (k == null) {
                    continue;
                }
                for (String operator : OPERATORS) {
                    if (isChosen(3)) {
                        String condition = "c " + operator + " " + constant;
                        String sql = "SELECT id FROM " + column.name() + " WHERE " + condition;
                        expect(sql, ids(sql), expected(column, operator, k));
                        expect(
                                "select list: " + sql,
                                idsWhere(column.name(), condition, "1"),
                                expected(column, operator, k));
                    }
                }
            }
        }
    }

    /// A number with the digits of a date or time has its place among them, whether it is one or not.
    @Test
    void datesAndTimesCompareWithTheirDigits() throws IOException {
        List<String> dates = List.of("20240101", "20240231", "20241301", "99991231", "20240200", "10000100", "0");
        List<String> times = List.of(
                "0",
                "5",
                "0.5",
                "100000",
                "100000.5",
                "100059.5",
                "100075",
                "106000",
                "8385959",
                "8390000",
                "20240101");
        List<String> moments = List.of(
                "20240101100000",
                "20240101100000.5",
                "20240101100075",
                "20240101100059.9999995",
                "20240229236000",
                "20240231000000",
                "20240231000000.5",
                "19691231235959",
                "19700101020001",
                "99991231235959",
                "20380119051407",
                "20380119051408",
                "20240001000000",
                "20240100000000",
                "10000000000000",
                "0");
        for (Operand column : ComparisonOperands.columns()) {
            String type = column.type();
            List<String> numbers = new ArrayList<>(List.of("-1", "-0.5", "-100000.5", "-8390000", "1e19", "-1e20"));
            numbers.add("18446744073709551616");
            if (type.equals("date")) {
                numbers.addAll(dates);
            } else if (type.startsWith("time(") || type.equals("time")) {
                numbers.addAll(times);
            } else if (type.startsWith("datetime") || type.startsWith("timestamp")) {
                numbers.addAll(moments);
            } else {
                continue;
            }
            for (String number : numbers) {
                for (String operator : OPERATORS) {
                    String expected = idsWhere(column.name(), "c + 0 " + operator + " " + number, "1");
                    String sql = "SELECT id FROM " + column.name() + " WHERE c " + operator + " " + number;
                    expect(sql, ids(sql), expected);
                }
            }
        }
    }

    /// What the constant is as a number, or null if it is none or is compared as a double.
    private static @Nullable BigDecimal number(String constant, boolean isInteger) {
        String text = constant.replace("'", "");
        boolean isDouble = text.matches("-?[0-9.]+e-?[0-9]+");
        if (!text.matches("-?[0-9.]+") && !(isDouble && isInteger && !text.contains("400"))) {
            return null;
        }
        return new BigDecimal(text);
    }

    private static String expected(Operand column, String operator, BigDecimal k) {
        TreeSet<String> ids = new TreeSet<>();
        for (int i = 0; i < column.values().size(); i++) {
            int order = new BigDecimal(column.values().get(i)).compareTo(k);
            boolean holds = switch (operator) {
                case "=", "<=>" -> order == 0;
                case "<>" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
            if (holds) {
                ids.add(Integer.toString(i));
            }
        }
        return ids.toString();
    }
}
