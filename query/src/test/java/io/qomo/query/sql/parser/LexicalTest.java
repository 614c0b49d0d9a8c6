package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.SystemVariable;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Literal.BitLiteral;
import io.qomo.query.sql.ast.Literal.DecimalLiteral;
import io.qomo.query.sql.ast.Literal.DoubleLiteral;
import io.qomo.query.sql.ast.Literal.HexLiteral;
import io.qomo.query.sql.ast.Literal.IntegerLiteral;
import io.qomo.query.sql.ast.Literal.NullLiteral;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SelectItem.ExpressionItem;
import io.qomo.query.sql.ast.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Literals, names, variables, comments.
class LexicalTest {
    private static final Span ANY = Span.NONE;

    private static Expression parse(String sql) {
        return SqlParser.parseExpression(sql, ParserOptions.DEFAULT);
    }

    private static StringLiteral string(String value) {
        return new StringLiteral(ANY, null, value);
    }

    private static ColumnReference column(String name) {
        return new ColumnReference(ANY, null, null, name);
    }

    @Test
    void readsStrings() {
        assertThat(parse("'it''s'")).isEqualTo(string("it's"));
        assertThat(parse("\"say \"\"x\"\" 'y'\"")).isEqualTo(string("say \"x\" 'y'"));
        assertThat(parse("'\\0\\'\\\"\\b\\n\\r\\t\\Z\\\\\\%\\_\\x'")).isEqualTo(string("\0'\"\b\n\r\t\u001A\\\\%\\_x"));
        assertThat(parse("'a' 'b'\n\"c\"")).isEqualTo(string("abc"));
        assertThat(parse("''")).isEqualTo(string(""));
        assertThat(parse("N'x'")).isEqualTo(new StringLiteral(ANY, "utf8mb3", "x"));
        assertThat(parse("_LATIN1 'x'")).isEqualTo(new StringLiteral(ANY, "latin1", "x"));
        assertThat(parse("'😀é'")).isEqualTo(string("😀é"));
    }

    @Test
    void keepsBackslashesUnderNoBackslashEscapes() {
        ParserOptions options = new ParserOptions(false, false, true, false, false, false, true);
        assertThat(SqlParser.parseExpression("'a\\'", options)).isEqualTo(string("a\\"));
        assertThat(SqlParser.parseExpression("'\\n''x'", options)).isEqualTo(string("\\n'x"));
    }

    @Test
    void readsNumbers() {
        assertThat(parse("0")).isEqualTo(new IntegerLiteral(ANY, 0, false));
        assertThat(parse("007")).isEqualTo(new IntegerLiteral(ANY, 7, false));
        assertThat(parse("9223372036854775807")).isEqualTo(new IntegerLiteral(ANY, Long.MAX_VALUE, false));
        assertThat(parse("9223372036854775808")).isEqualTo(new IntegerLiteral(ANY, Long.MIN_VALUE, true));
        assertThat(parse("18446744073709551615")).isEqualTo(new IntegerLiteral(ANY, -1, true));
        assertThat(parse("18446744073709551616")).isEqualTo(new DecimalLiteral(ANY, "18446744073709551616"));
        assertThat(parse("1.50")).isEqualTo(new DecimalLiteral(ANY, "1.50"));
        assertThat(parse(".5")).isEqualTo(new DecimalLiteral(ANY, ".5"));
        assertThat(parse("1.")).isEqualTo(new DecimalLiteral(ANY, "1."));
        assertThat(parse("1e3")).isEqualTo(new DoubleLiteral(ANY, "1e3"));
        assertThat(parse("1.5E-3")).isEqualTo(new DoubleLiteral(ANY, "1.5E-3"));
        assertThat(((DoubleLiteral) parse(".5e+1")).value()).isEqualTo(5.0);
    }

    @Test
    void readsBytes() {
        assertThat(parse("X'4d4E'")).isEqualTo(new HexLiteral(ANY, null, "4d4E"));
        assertThat(parse("0x4")).isEqualTo(new HexLiteral(ANY, null, "04"));
        assertThat(parse("_binary 0xFF")).isEqualTo(new HexLiteral(ANY, "binary", "FF"));
        assertThat(parse("b'101'")).isEqualTo(new BitLiteral(ANY, null, "101"));
        assertThat(parse("0b101")).isEqualTo(new BitLiteral(ANY, null, "101"));
        assertThat(((HexLiteral) parse("x'00fF'")).bytes()).containsExactly(0, 0xFF);
        assertThat(((BitLiteral) parse("b'100000001'")).bytes()).containsExactly(1, 1);
        assertThat(((BitLiteral) parse("b''")).bytes()).isEmpty();
        assertThat(parse("\\N")).isEqualTo(new NullLiteral(ANY));
    }

    @Test
    void readsNames() {
        assertThat(parse("Abc_$1")).isEqualTo(column("Abc_$1"));
        assertThat(parse("größe")).isEqualTo(column("größe"));
        assertThat(parse("`a``b c`")).isEqualTo(column("a`b c"));
        assertThat(parse("1a")).isEqualTo(column("1a"));
        assertThat(parse("0xg")).isEqualTo(column("0xg"));
        assertThat(parse("0b2")).isEqualTo(column("0b2"));
        assertThat(parse("1e")).isEqualTo(column("1e"));
        assertThat(parse("_utf8mb4")).isEqualTo(column("_utf8mb4"));
        assertThat(parse("a.1b")).isEqualTo(new ColumnReference(ANY, null, "a", "1b"));
        assertThat(parse("a.1e5")).isEqualTo(new ColumnReference(ANY, null, "a", "1e5"));
        assertThat(parse("a . b")).isEqualTo(new ColumnReference(ANY, null, "a", "b"));
        assertThat(parse("a.select.from")).isEqualTo(new ColumnReference(ANY, "a", "select", "from"));
        assertThat(parse("select.a")).isEqualTo(new ColumnReference(ANY, null, "select", "a"));
        assertThat(parse("count")).isEqualTo(column("count"));
        assertThat(parse("x")).isEqualTo(column("x"));
        assertThat(parse("n")).isEqualTo(column("n"));
    }

    @Test
    void readsDoubleQuotesAsNamesUnderAnsiQuotes() {
        ParserOptions options = new ParserOptions(true, false, false, false, false, false, true);
        assertThat(SqlParser.parseExpression("\"a\"\"b\\\"", options)).isEqualTo(column("a\"b\\"));
    }

    @Test
    void readsCallsWithBlanksUnderIgnoreSpaceOnly() {
        ParserOptions ignoreSpace = new ParserOptions(false, false, false, true, false, false, true);
        assertThat(SqlParser.parseExpression("COUNT (*)", ignoreSpace)).isInstanceOf(Expression.AggregateCall.class);
        assertThat(parse("COUNT(*)")).isInstanceOf(Expression.AggregateCall.class);
        assertThat(parse("SUM (a)")).isInstanceOf(Expression.FunctionCall.class);
        assertThat(parse("AVG (a)")).isInstanceOf(Expression.AggregateCall.class);
        assertThatThrownBy(() -> parse("COUNT (*)")).isInstanceOf(SqlException.class);
    }

    @Test
    void readsVariables() {
        assertThat(parse("@a.b$c")).isEqualTo(new UserVariable(ANY, "a.b$c"));
        assertThat(parse("@'a b'")).isEqualTo(new UserVariable(ANY, "a b"));
        assertThat(parse("@`a b`")).isEqualTo(new UserVariable(ANY, "a b"));
        assertThat(parse("@@x")).isEqualTo(new SystemVariable(ANY, VariableScope.DEFAULT, null, "x"));
        assertThat(parse("@@GLOBAL.x")).isEqualTo(new SystemVariable(ANY, VariableScope.GLOBAL, null, "x"));
        assertThat(parse("@@local.x.y")).isEqualTo(new SystemVariable(ANY, VariableScope.SESSION, "x", "y"));
        assertThat(parse("@@x.y")).isEqualTo(new SystemVariable(ANY, VariableScope.DEFAULT, "x", "y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a /* c */ + /**/ b",
                "a -- c\n+ b",
                "a --\n+ b",
                "a # c\n+ b # d",
                "a /*! + */ b",
                "a /*!80036 + */ b",
                "a /*!080036 + */ b",
                "a /*!80037 - */ + b",
                "a /*!999999 - /* nested */ - */ + b",
                "/*!50000 a + b */",
                "a/*+ no hint here */+b",
            })
    void skipsComments(String sql) {
        assertThat(parse(sql)).isEqualTo(parse("a + b"));
    }

    @Test
    void readsDashesWithoutBlankAsMinus() {
        assertThat(parse("a--b")).isEqualTo(parse("a - -b"));
    }

    @Test
    void keepsOptimizerHints() {
        SelectStatement select =
                (SelectStatement) SqlParser.parse("SELECT /*+ BKA(t) */ a FROM t", ParserOptions.DEFAULT);
        assertThat(((QuerySpecification) select.query().body()).hints()).isEqualTo("BKA(t)");
    }

    /// The column's name is the text of the expression with its parentheses.
    @Test
    void knowsWhereExpressionsStand() {
        String sql = "SELECT (a + 1) x,b*( c -d ) , COUNT( * ), 'q' FROM t";
        SelectStatement select = (SelectStatement) SqlParser.parse(sql, ParserOptions.DEFAULT);
        List<String> texts = ((QuerySpecification) select.query().body())
                .items().stream()
                        .map(item -> ((ExpressionItem) item).span().of(sql))
                        .toList();
        assertThat(texts).containsExactly("(a + 1)", "b*( c -d )", "COUNT( * )", "'q'");
        Expression first = ((ExpressionItem)
                        ((QuerySpecification) select.query().body()).items().getFirst())
                .expression();
        assertThat(first.span().of(sql)).isEqualTo("a + 1");
        assertThat(first).isNotInstanceOf(Literal.class);
    }
}
