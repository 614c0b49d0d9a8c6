package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Literal.DecimalLiteral;
import io.qomo.query.sql.ast.Literal.IntegerLiteral;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.Statement;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values leave the text, everything else stays as it was written.
class ParameterizedSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "SELECT c FROM t WHERE id=5                        ~ SELECT c FROM t WHERE id=?                       ~ i",
                "SELECT c+1 FROM t WHERE id BETWEEN 5 AND -7 ORDER BY 1 ~ SELECT c+1 FROM t WHERE id BETWEEN ? AND ? ORDER BY 1 ~ ii",
                "UPDATE t SET k=k+1 WHERE id=3                     ~ UPDATE t SET k=k+1 WHERE id=?                    ~ i",
                "UPDATE t SET c='x' WHERE id=3 LIMIT 4             ~ UPDATE t SET c=? WHERE id=? LIMIT ?              ~ sii",
                "INSERT INTO t (a,b) VALUES (1,'x'),(-2.5,NULL)    ~ INSERT INTO t (a,b) VALUES (?,?),(?,NULL)        ~ isd",
                "INSERT INTO t SET a=1 ON DUPLICATE KEY UPDATE a=VALUES(a)+1 ~ INSERT INTO t SET a=? ON DUPLICATE KEY UPDATE a=VALUES(a)+1 ~ i",
                "DELETE FROM t WHERE a IN (1,2) AND b LIKE 'x%'    ~ DELETE FROM t WHERE a IN (?,?) AND b LIKE ?      ~ iis",
                "SELECT a FROM t WHERE (a,b) IN ((1,2),(3,4))      ~ SELECT a FROM t WHERE (a,b) IN ((?,?),(?,?))     ~ iiii",
                "SELECT a = 1, b IN (2), (SELECT c FROM u WHERE d = 3) FROM t WHERE e = 4 ~ SELECT a = 1, b IN (2), (SELECT c FROM u WHERE d = 3) FROM t WHERE e = ? ~ i",
                "SELECT a FROM t WHERE ROUND(a, 2) = 1.5           ~ SELECT a FROM t WHERE ROUND(a, 2) = ?            ~ d",
                "SELECT a FROM t WHERE b = (SELECT 1 FROM u WHERE c = 2) ~ SELECT a FROM t WHERE b = (SELECT 1 FROM u WHERE c = ?) ~ i",
                "SELECT a FROM t WHERE a = 1 + b AND c IN (2, 3 * 4) AND d = -5 - 6 ~ SELECT a FROM t WHERE a = 1 + b AND c IN (?, 3 * 4) AND d = -5 - 6 ~ i",
                "SELECT a FROM t LIMIT 5, 10                       ~ SELECT a FROM t LIMIT ?, ?                       ~ ii",
                "SELECT a FROM t WHERE d = DATE '2020-01-01' AND x = 0x4D ~ SELECT a FROM t WHERE d = DATE '2020-01-01' AND x = ? ~ x",
                "SELECT COUNT(*) FROM t WHERE (a = 1 OR b < 2e5) GROUP BY 1 HAVING COUNT(*) > 3 ~ SELECT COUNT(*) FROM t WHERE (a = ? OR b < ?) GROUP BY 1 HAVING COUNT(*) > ? ~ ifi",
            })
    void takesValuesOut(String sql, String text, String types) {
        ParameterizedSql found = Objects.requireNonNull(ParameterizedSql.of(sql, ParserOptions.DEFAULT));
        assertThat(found.text()).isEqualTo(text);
        assertThat(found.types()).isEqualTo(types);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET a = 1",
                "SELECT 1; SELECT 2",
                "SELECT a FROM t WHERE b = ?",
                "SELECT /*+ BKA(t) */ a FROM t WHERE b = 1",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "SELECT a FROM t WHERE b = 'x' 'y'",
                "SELECT a FROM t WHERE b = 'x",
                "SELECT (1",
                "",
            })
    void leavesOthersAlone(String sql) {
        assertThat(ParameterizedSql.of(sql, ParserOptions.DEFAULT)).isNull();
    }

    @Test
    void handsTheValuesBack() {
        ParameterizedSql found = Objects.requireNonNull(ParameterizedSql.of(
                "INSERT INTO t VALUES (7, -9223372036854775808, 'it''s', -1.5, 18446744073709551615)",
                ParserOptions.DEFAULT));
        assertThat(IntStream.range(0, found.count()).mapToObj(found::literal))
                .containsExactly(
                        new IntegerLiteral(Span.NONE, 7, false),
                        new IntegerLiteral(Span.NONE, Long.MIN_VALUE, false),
                        new StringLiteral(Span.NONE, null, "it's"),
                        new DecimalLiteral(Span.NONE, "-1.5"),
                        new IntegerLiteral(Span.NONE, -1, true));
    }

    /// Putting the values back gives a text with the same tree: nothing else was lost.
    @Test
    void losesNothing() {
        int parameterized = 0;
        for (String sql : Corpus.valid()) {
            ParameterizedSql found = ParameterizedSql.of(sql, ParserOptions.DEFAULT);
            if (found != null) {
                parameterized++;
                Statement whole = SqlParser.parse(sql, ParserOptions.DEFAULT);
                SqlParser.parse(found.text(), ParserOptions.DEFAULT);
                assertThat(SqlParser.parse(refill(found, sql), ParserOptions.DEFAULT))
                        .isEqualTo(whole);
            }
        }
        assertThat(parameterized).isGreaterThan(50);
    }

    private static String refill(ParameterizedSql found, String sql) {
        String[] pieces = found.text().split("\\?", -1);
        return pieces[0]
                + IntStream.range(0, found.count())
                        .mapToObj(i -> source(found.literal(i), sql) + pieces[i + 1])
                        .collect(Collectors.joining());
    }

    private static String source(Literal literal, String sql) {
        return literal.span().of(sql);
    }
}
