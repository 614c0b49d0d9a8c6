package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.parser.SqlParser.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Texts with several statements, as clients send them with CLIENT_MULTI_STATEMENTS.
class SeveralStatementsTest {
    private static List<String> split(String sql) {
        List<String> texts = new ArrayList<>();
        int from = 0;
        while (from >= 0) {
            ParsedStatement parsed = SqlParser.parseNext(sql, from, ParserOptions.DEFAULT);
            texts.add(sql.substring(parsed.start(), parsed.end()));
            from = parsed.next();
        }
        return texts;
    }

    @Test
    void findsEachStatement() {
        assertThat(split("SELECT 1; /* c */ SELECT ';' ;; # x\n INSERT t VALUES (1) ; -- end"))
                .containsExactly("SELECT 1", "SELECT ';'", "INSERT t VALUES (1)");
        assertThat(split(" SELECT 1 ; ")).containsExactly("SELECT 1");
        assertThat(split("/*!40101 SET NAMES utf8 */; SELECT 2")).containsExactly("SET NAMES utf8", "SELECT 2");
    }

    @Test
    void semicolonsInBodiesBelongToTheBody() {
        String procedure = "CREATE PROCEDURE p() BEGIN SELECT 1; IF 1 THEN SELECT 2; END IF; END";
        assertThat(split(procedure + "; SELECT 3")).containsExactly(procedure, "SELECT 3");
        assertThat(split("BEGIN; SELECT 1; COMMIT")).containsExactly("BEGIN", "SELECT 1", "COMMIT");
    }

    @Test
    void laterErrorsAreFoundWhenTheirTurnComes() {
        ParsedStatement first = SqlParser.parseNext("SELECT 1;\n\nSELECT 2 3 4", 0, ParserOptions.DEFAULT);
        assertThat(first.hasNext()).isTrue();
        assertThatThrownBy(() -> SqlParser.parseNext("SELECT 1;\n\nSELECT 2 3 4", first.next(), ParserOptions.DEFAULT))
                .isInstanceOf(SqlException.class)
                .hasMessageEndingWith("near '3 4' at line 1");
    }

    @Test
    void oneStatementMeansOne() {
        assertThat(SqlParser.parseOne("SELECT ?, ?;", ParserOptions.DEFAULT).parameterCount())
                .isEqualTo(2);
        assertThatThrownBy(() -> SqlParser.parse("SELECT 1; SELECT 2", ParserOptions.DEFAULT))
                .isInstanceOf(SqlException.class)
                .hasMessageEndingWith("near 'SELECT 2' at line 1");
    }
}
