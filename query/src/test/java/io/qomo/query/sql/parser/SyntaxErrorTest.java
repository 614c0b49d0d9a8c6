package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client is told: the rest of the text from the offending token, and its line.
class SyntaxErrorTest {
    private static SqlException error(String sql) {
        SqlException error =
                catchThrowableOfType(SqlException.class, () -> SqlParser.parse(sql, ParserOptions.DEFAULT));
        return Objects.requireNonNull(error, sql);
    }

    private static void assertNear(String sql, String near, int line) {
        SqlException error = error(sql);
        assertThat(error.text()).as(sql).isEqualTo(ErrorCode.PARSE_ERROR.format(near, line));
        assertThat(error.code()).isEqualTo(ErrorCode.PARSE_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '%',
            nullValues = "NULL",
            value = {
                "SELECT 1 +                         ~ %%",
                "SELECT * FROM t WHERE a IN ()      ~ )",
                "SELECT a, * FROM t                 ~ * FROM t",
                "SELECT select FROM t               ~ select FROM t",
                "SELECT * FROM table                ~ table",
                "SELECT rank FROM t                 ~ FROM t",
                "SELECT left, a FROM t              ~ , a FROM t",
                "SELECT groups FROM t               ~ groups FROM t",
                "SELECT a. select FROM t            ~ select FROM t",
                "SELECT @ `a`                       ~ `a`",
                "SELECT a,, b FROM t                ~ , b FROM t",
                "ALTER TABLE t ORDER BY 1           ~ 1",
                "ALTER TABLE t LOCK = SELECT        ~ SELECT",
                "SELECT COUNT (*) FROM t            ~ *) FROM t",
                "INSERT INTO t (a,) VALUES (1)      ~ ) VALUES (1)",
                "INSERT INTO t VALUES 1             ~ 1",
                "INSERT INTO t a VALUES (1)         ~ a VALUES (1)",
                "UPDATE t SET a                     ~ %%",
                "UPDATE a, b SET x = 1 LIMIT 2      ~ LIMIT 2",
                "DELETE FROM t WHERE                ~ %%",
                "CREATE TABLE t                     ~ %%",
                "CREATE TABLE t (a)                 ~ )",
                "CREATE TABLE t (a INT,)            ~ )",
                "CREATE TABLE t (a VARCHAR)         ~ )",
                "CREATE TABLE t (a INT DEFAULT b)   ~ b)",
                "CREATE TABLE count(a INT)          ~ count(a INT)",
                "CREATE INDEX ON t (a)              ~ ON t (a)",
                "ALTER TABLE t ADD                  ~ %%",
                "ALTER TABLE t DROP a b             ~ b",
                "DROP TABLE                         ~ %%",
                "SET @a                             ~ %%",
                "SET a = 1 b = 2                    ~ b = 2",
                "SHOW FULL DATABASES                ~ DATABASES",
                "SHOW GLOBAL TABLES                 ~ TABLES",
                "SELECT 1 FROM t LEFT JOIN u        ~ %%",
                "SELECT 1 UNION                     ~ %%",
                "SELECT 1 ORDER BY 1 UNION SELECT 2 ~ UNION SELECT 2",
                "SELECT 1 LIMIT 1 + 1               ~ + 1",
                "SELECT (SELECT 1 INTO @a)          ~ INTO @a)",
                "SELECT 1 INTO @a INTO @b           ~ INTO @b",
                "SELECT * FROM t FOR DELETE         ~ DELETE",
                "SELECT 0x FROM t WHERE x'1'        ~ x'1'",
                "SELECT 1.5e                        ~ 1.5e",
                "SELECT 1 /* open                   ~ /* open",
                "SELECT ?a                          ~ ?a",
                "SELECT \\                          ~ \\",
                "GRANT FOO ON *.* TO u              ~ FOO ON *.* TO u",
                "BEGIN; SELECT 1 1                  ~ SELECT 1 1",
            })
    void namesTheOffendingToken(String sql, String near) {
        assertNear(sql, near, 1);
    }

    @Test
    void countsLinesFromTheStatementsFirstCharacter() {
        assertNear("SELECT\n*\nFORM t", "FORM t", 3);
        assertNear("\n\n  SELECT\n1 2 3", "2 3", 2);
        assertNear("SELECT 'a\nb' c d", "d", 2);
    }

    @Test
    void leavesTrailingBlanksAndSemicolonsOut() {
        assertNear("SELEC 1 ;\n ; ", "SELEC 1", 1);
        assertNear("SELECT (1;", "", 1);
    }

    @Test
    void printsEightyCharacters() {
        String tail = "x".repeat(100);
        assertNear("SELECT a b " + tail, tail.substring(0, 80), 1);
        assertNear("SELECT a b " + "y".repeat(79) + "😀", "y".repeat(79), 1);
    }

    @Test
    void tellsEmptyTextApart() {
        for (String empty : new String[] {"", "  \n", "-- x", "/* x */ # y", "/*!99999 SELECT 1 */"}) {
            assertThat(error(empty).code()).as(empty).isEqualTo(ErrorCode.EMPTY_QUERY);
        }
    }

    @Test
    void asksForAliasesOfDerivedTables() {
        assertThat(error("SELECT * FROM (SELECT 1)").code()).isEqualTo(ErrorCode.DERIVED_MUST_HAVE_ALIAS);
        assertThat(error("SELECT * FROM (SELECT 1) WHERE 1").code()).isEqualTo(ErrorCode.DERIVED_MUST_HAVE_ALIAS);
        assertThat(error("SELECT ALL DISTINCT 1").code()).isEqualTo(ErrorCode.WRONG_USAGE);
    }

    @Test
    void refusesParametersInPlainText() {
        SqlException error = Objects.requireNonNull(catchThrowableOfType(
                SqlException.class,
                () -> SqlParser.parse("SELECT ?", ParserOptions.DEFAULT.withParameterMarkers(false))));
        assertThat(error.text()).isEqualTo(ErrorCode.PARSE_ERROR.format("?", 1));
    }
}
