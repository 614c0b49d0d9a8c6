package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What MySQL 8.0 accepts is accepted, what it refuses is refused at the same place.
class CorpusTest {
    static Stream<String> valid() {
        return Stream.concat(Corpus.valid().stream(), Corpus.more().stream());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void accepts(String sql) {
        assertThatCode(() -> SqlParser.parse(sql, ParserOptions.DEFAULT)).doesNotThrowAnyException();
    }

    @Test
    void refusesAtTheOffendingToken() {
        List<String> near = List.of(
                "SELEC 1",
                "FROM t",
                "",
                "= 1",
                "",
                "INTT, )",
                "WHERE a=1",
                ",3",
                "WHERE a=1",
                "trailing tokens here",
                "c FROM t",
                "ORDER BY a",
                "",
                "ENGIN=InnoDB",
                "'unterminated",
                "",
                "ON a=b",
                "TABEL t",
                "FROM t",
                "FORM t");
        List<String> invalid = Corpus.invalid();
        assertThat(invalid).hasSameSizeAs(near);
        for (int i = 0; i < near.size(); i++) {
            String sql = invalid.get(i);
            SqlException error =
                    catchThrowableOfType(SqlException.class, () -> SqlParser.parse(sql, ParserOptions.DEFAULT));
            assertThat(error).as(sql).isNotNull();
            assertThat(error.text()).as(sql).isEqualTo(ErrorCode.PARSE_ERROR.format(near.get(i), 1));
        }
    }
}
