package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
    private final StatementSplitter splitter = new StatementSplitter();

    private List<String> split(String... lines) {
        List<String> done = new ArrayList<>();
        for (String line : lines) {
            splitter.addLine(StatementSplitter.latin1(line))
                    .forEach(s -> done.add(StatementSplitter.unicode(s.latin1())));
        }
        return done;
    }

    @Test
    void cutsAtSemicolonsOutsideQuotesAndComments() {
        assertThat(split("select 1; select ';' /* ; */; -- ;", "select `a;b`", ", \"x\\\";\";"))
                .containsExactly("select 1", "select ';' /* ; */", "select `a;b`\n, \"x\\\";\"");
        assertThat(splitter.isBlank()).isTrue();
    }

    @Test
    void delimiterLinesChangeTheDelimiter() {
        assertThat(split("DELIMITER //", "create procedure p() begin select 1; end//", "delimiter ;", "select 2;"))
                .containsExactly("create procedure p() begin select 1; end", "select 2");
    }

    @Test
    void verticalEndIsNoticed() {
        assertThat(splitter.addLine("select 1\\G").getFirst().vertical()).isTrue();
    }

    @Test
    void anUnfinishedStatementSaysWhatIsOpen() {
        assertThat(split("select 'it''s")).isEmpty();
        assertThat(splitter.pending()).isEqualTo("'");
        assertThat(splitter.takeRest().getFirst().latin1()).isEqualTo("select 'it''s");
        assertThat(split("/* so")).isEmpty();
        assertThat(splitter.pending()).isEqualTo("/*");
        assertThat(splitter.isBlank()).isFalse();
    }

    @Test
    void dropsCommentsInFrontOfStatementsAndStatementsOfCommentsOnly() {
        assertThat(split("/* c */; -- d", "# e", "/* f", "; ' */ ; ;", "  select 1 -- g", "/* h */;", "-- done"))
                .containsExactly("select 1 -- g\n/* h */");
        assertThat(splitter.takeRest()).isEmpty();
        assertThat(split("select 2", "-- done")).isEmpty();
        assertThat(splitter.takeRest().getFirst().latin1()).isEqualTo("select 2\n-- done");
    }

    @Test
    void versionCommentsAreStatements() {
        assertThat(split("/*!40101 SET NAMES utf8mb4 */;", "/*!50001 SELECT '*/;' */;", "/*+ x */ ;"))
                .containsExactly("/*!40101 SET NAMES utf8mb4 */", "/*!50001 SELECT '*/;' */", "/*+ x */");
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c == '\n' ? "" : c == '\'' || c == '\\' ? "\\" + c : String.valueOf(c));
        }
        String literal = "SELECT '" + all + "'";
        assertThat(splitter.addLine(literal + ";\r").getFirst().latin1()).isEqualTo(literal);
        assertThat(splitter.isBlank()).isTrue();
    }

    @Test
    void withoutBackslashEscapesABackslashIsASign() {
        splitter.setBackslashEscapes(false);
        assertThat(split("select 'a\\'; select 2;")).containsExactly("select 'a\\'", "select 2");
    }

    @Test
    void skipsAByteOrderMarkAndTellsTheLineOfAStatement() {
        assertThat(split("\uFEFFselect 1;")).containsExactly("select 1");
        List<StatementSplitter.Statement> none = splitter.addLine("-- c");
        assertThat(none).isEmpty();
        splitter.addLine("select");
        assertThat(splitter.addLine("2; select 3;"))
                .extracting(StatementSplitter.Statement::line)
                .containsExactly(3, 4);
    }

    @Test
    void backslashCForgetsTheStatement() {
        assertThat(split("select oops \\c select 1;", "select", "nonsense\\c", "select 2;"))
                .containsExactly("select 1", "select 2");
    }
}
