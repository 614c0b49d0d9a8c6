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
            splitter.addLine(line).forEach(s -> done.add(s.sql()));
        }
        return done;
    }

    @Test
    void cutsAtSemicolonsOutsideQuotesAndComments() {
        assertThat(split("select 1; select ';' /* ; */; -- ;", "select `a;b`", ", \"x\\\";\";"))
                .containsExactly("select 1", "select ';' /* ; */", "-- ;\nselect `a;b`\n, \"x\\\";\"");
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
        assertThat(splitter.pending()).isEqualTo('\'');
        assertThat(splitter.takeRest()).isEqualTo("select 'it''s");
    }
}
