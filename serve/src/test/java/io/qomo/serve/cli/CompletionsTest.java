package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private static final Map<String, Set<String>> TOUR =
            Map.of("commits", Set.of("id", "subject"), "changes", Set.of("commit_id", "file"), "odd name", Set.of("x"));

    private static final Completions.Names NAMES = new Completions.Names() {
        @Override
        public Set<String> databases() {
            return Set.of("information_schema", "tour");
        }

        @Override
        public Set<String> tables(String database) {
            return database.isEmpty() || database.equals("tour")
                    ? TOUR.keySet()
                    : database.equals("information_schema") ? new TreeSet<>(Set.of("TABLES", "COLUMNS")) : Set.of();
        }

        @Override
        public Set<String> columns(String database, String table) {
            return new TreeMap<>(TOUR).getOrDefault(table, Set.of());
        }
    };

    private static List<String> complete(String before) {
        return Completions.of(before, "", NAMES);
    }

    @Test
    void offersTheKindOfNameThatMayStandThere() {
        assertThat(complete("use ")).containsExactly("information_schema", "tour");
        assertThat(complete("select * from ")).containsExactly("changes", "commits", "`odd name`");
        assertThat(complete("select * from ch")).containsExactly("changes");
        assertThat(complete("select * from commits c join ")).containsExactly("changes", "commits", "`odd name`");
        assertThat(complete("insert into co")).containsExactly("commits");
        assertThat(complete("insert into commits (")).containsExactly("id", "subject");
        assertThat(complete("show tables from ")).containsExactly("information_schema", "tour");
        assertThat(complete("update commits set ")).containsExactly("id", "subject");
    }

    @Test
    void offersColumnsOfTheTablesOfTheStatement() {
        assertThat(complete("select * from commits where ")).containsExactly("id", "subject");
        assertThat(complete("select * from commits c, changes as h where h.")).containsExactly("commit_id", "file");
        assertThat(Completions.of("select c.sub", " from commits c", NAMES)).containsExactly("subject");
        assertThat(complete("select commit_")).containsExactly("commit_id");
        assertThat(complete("select c.sub")).containsExactly("subject");
        assertThat(complete("select count(sub")).containsExactly("subject");
        assertThat(complete("select 1; select * from changes order by f")).contains("file");
    }

    @Test
    void offersTablesOfANamedDatabase() {
        assertThat(complete("select * from information_schema.tab")).containsExactly("TABLES");
        assertThat(complete("select * from tour.")).containsExactly("changes", "commits", "`odd name`");
        assertThat(complete("select tour.commits.")).containsExactly("id", "subject");
    }

    @Test
    void offersKeywordsWhereTheyAreBegun() {
        assertThat(complete("SEL")).containsExactly("SELECT");
        assertThat(complete("")).contains("SELECT", "USE");
        assertThat(complete("select * from commits wh")).containsExactly("WHEN", "WHERE");
        assertThat(complete("select * from commits ")).isEmpty();
        assertThat(complete("create table t (id int pri")).containsExactly("PRIMARY KEY");
    }

    @Test
    void offersNothingInsideQuotesAndComments() {
        assertThat(complete("select 'sel")).isEmpty();
        assertThat(complete("select /* sel")).isEmpty();
        assertThat(complete("select -- sel")).isEmpty();
        assertThat(complete("select 'it\\'s' from ch")).containsExactly("changes");
    }
}
