package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statements that differ in values only have one digest.
class SqlDigestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "select * from t where a = 1                    ~ SELECT * FROM `t` WHERE `a` = ?",
                "SELECT a,b FROM db.t WHERE x IN (1,2,3)        ~ SELECT `a` , `b` FROM `db` . `t` WHERE `x` IN (...)",
                "SELECT 1 FROM t WHERE x IN (1)                 ~ SELECT ? FROM `t` WHERE `x` IN (?)",
                "INSERT INTO t VALUES (1,'a'),(2,'b'),(3,null)  ~ INSERT INTO `t` VALUES (...) /* , ... */",
                "INSERT INTO t (a) VALUES (1), (2)              ~ INSERT INTO `t` ( `a` ) VALUES (?) /* , ... */",
                "SELECT -1, - 2.5e3, a - 1 FROM t /* c */ -- x  ~ SELECT ?, ... , `a` - ? FROM `t`",
                "SELECT `a``b` FROM t LIMIT 5, 10;              ~ SELECT `a``b` FROM `t` LIMIT ?, ...",
                "SELECT x'4D' /*! , 3 */                       ~ SELECT ?, ...",
            })
    void printsTheNormalForm(String sql, String digest) {
        assertThat(SqlDigest.of(sql, ParserOptions.DEFAULT).text()).isEqualTo(digest);
    }

    @Test
    void keepsTheLiteralsInOrder() {
        SqlDigest digest = SqlDigest.of("SELECT 'a', 2 FROM t WHERE b = 0x4D AND c = NULL", ParserOptions.DEFAULT);
        assertThat(digest.literals()).containsExactly("'a'", "2", "0x4D", "NULL");
    }

    @Test
    void hashesTheText() {
        SqlDigest one = SqlDigest.of("SELECT * FROM t WHERE a = 1", ParserOptions.DEFAULT);
        SqlDigest two = SqlDigest.of("select  *\nfrom t where a='x'", ParserOptions.DEFAULT);
        assertThat(one.hash())
                .isEqualTo(two.hash())
                .hasSize(64)
                .isNotEqualTo(SqlDigest.of("SELECT * FROM u WHERE a = 1", ParserOptions.DEFAULT)
                        .hash());
    }

    @Test
    void takesAnyText() {
        assertThat(SqlDigest.of("", ParserOptions.DEFAULT).text()).isEmpty();
        assertThat(SqlDigest.of("SELECT 'unclosed", ParserOptions.DEFAULT).text())
                .isEqualTo("SELECT 'unclosed");
        assertThat(SqlDigest.of(")) ; ;", ParserOptions.DEFAULT).text()).isEqualTo(") )");
    }
}
