package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.printer.AstPrinter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How operators bind: the printer's parentheses show it.
class PrecedenceTest {
    private static String canonical(String sql, ParserOptions options) {
        return AstPrinter.print(SqlParser.parseExpression(sql, options));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "==> ",
            quoteCharacter = '%',
            value = {
                "a + b * c               ==> (`a` + (`b` * `c`))",
                "a - b - c               ==> ((`a` - `b`) - `c`)",
                "a * b DIV c MOD d       ==> (((`a` * `b`) DIV `c`) % `d`)",
                "a | b & c << d + e * f ^ g ==> (`a` | (`b` & (`c` << (`d` + (`e` * (`f` ^ `g`))))))",
                "-a ^ b                  ==> (-(`a`) ^ `b`)",
                "- - a                   ==> -(-(`a`))",
                "!a + b                  ==> ((not(`a`)) + `b`)",
                "~a * b                  ==> (~(`a`) * `b`)",
                "-a COLLATE c            ==> -((`a` collate c))",
                "BINARY a = b            ==> ((binary `a`) = `b`)",
                "NOT a = b               ==> (not((`a` = `b`)))",
                "NOT a AND b             ==> ((not(`a`)) and `b`)",
                "NOT NOT a               ==> (not((not(`a`))))",
                "a OR b XOR c AND d      ==> (`a` or (`b` xor (`c` and `d`)))",
                "a AND (b AND c) AND d   ==> (`a` and `b` and `c` and `d`)",
                "a AND b OR c AND d OR e ==> ((`a` and `b`) or (`c` and `d`) or `e`)",
                "a XOR b XOR c           ==> ((`a` xor `b`) xor `c`)",
                "a = b = c               ==> ((`a` = `b`) = `c`)",
                "a = b IS NULL           ==> ((`a` = `b`) is null)",
                "a = b IS TRUE           ==> ((`a` = `b`) is true)",
                "a IS NULL = b           ==> ((`a` is null) = `b`)",
                "a = b IN (c)            ==> (`a` = (`b` in (`c`)))",
                "a + b IN (c) AND d      ==> (((`a` + `b`) in (`c`)) and `d`)",
                "a BETWEEN b AND c AND d ==> ((`a` between `b` and `c`) and `d`)",
                "a BETWEEN 1 AND 2 BETWEEN 3 AND 4 ==> (`a` between 1 and (2 between 3 and 4))",
                "a BETWEEN b + 1 AND c IN (d) ==> (`a` between (`b` + 1) and (`c` in (`d`)))",
                "a NOT BETWEEN b AND c OR d ==> ((`a` not between `b` and `c`) or `d`)",
                "a LIKE b ESCAPE c = d   ==> ((`a` like `b` escape `c`) = `d`)",
                "a REGEXP b | c          ==> (`a` regexp (`b` | `c`))",
                "a + INTERVAL b + c DAY - d ==> ((`a` + interval (`b` + `c`) day) - `d`)",
                "@a := b + 1 OR c        ==> (@`a`:=((`b` + 1) or `c`))",
                "a || b && c             ==> (`a` or (`b` and `c`))",
                "a <=> b <> c            ==> ((`a` <=> `b`) <> `c`)",
                "1 MEMBER OF (a) AND b   ==> ((1 member of (`a`)) and `b`)",
                "+ a * + b               ==> (`a` * `b`)",
            })
    void bindsAsInMysql(String sql, String canonical) {
        assertThat(canonical(sql, ParserOptions.DEFAULT)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "==> ",
            quoteCharacter = '%',
            value = {
                "a || b = c      ==> (concat(`a`,`b`) = `c`)",
                "a ^ b || c      ==> (`a` ^ concat(`b`,`c`))",
                "a || b || c     ==> concat(concat(`a`,`b`),`c`)",
                "-a || b         ==> concat(-(`a`),`b`)",
                "a LIKE b || 'c' ==> (`a` like concat(`b`,'c'))",
            })
    void pipesConcatenateUnderPipesAsConcat(String sql, String canonical) {
        ParserOptions options = new ParserOptions(false, true, false, false, false, false, true);
        assertThat(canonical(sql, options)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "==> ",
            quoteCharacter = '%',
            value = {
                "NOT a = b             ==> ((not(`a`)) = `b`)",
                "NOT a BETWEEN 1 AND 2 ==> ((not(`a`)) between 1 and 2)",
                "a NOT IN (1)          ==> (`a` not in (1))",
            })
    void notBindsTightUnderHighNotPrecedence(String sql, String canonical) {
        ParserOptions options = new ParserOptions(false, false, false, false, true, false, true);
        assertThat(canonical(sql, options)).isEqualTo(canonical);
    }

    /// Predicates do not chain, and NOT is no operand of tighter operators.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a IN (1) IN (2)",
                "a IN (1) + 2",
                "a LIKE b LIKE c",
                "a LIKE b + c",
                "a - INTERVAL 1 DAY * 2",
                "a IS TRUE IS TRUE",
                "a IS TRUE = b",
                "a = NOT b",
                "a + NOT b",
                "a = ",
                "a NOT b",
                "a <=> ALL (SELECT 1)",
                "(a, )",
                "()",
                "a b",
                "INTERVAL 1 DAY",
                "f(a b c)",
                "COUNT(DISTINCT)",
                "COUNT (*)",
                "CAST(a AS INT)",
                "CASE END",
                "a.b.c.d",
                "t.*",
                "ROW(1)",
                "EXTRACT(DAYS FROM a)",
            })
    void refuses(String sql) {
        assertThatThrownBy(() -> canonical(sql, ParserOptions.DEFAULT)).isInstanceOf(SqlException.class);
    }
}
