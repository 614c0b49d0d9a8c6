package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Span;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The lists of words agree with their numbers, and reserved means reserved.
class KeywordsTest {
    private static final List<String> RESERVED = List.of(Reserved.WORDS.split(" ", -1));
    private static final List<String> UNRESERVED = List.of(Unreserved.WORDS.split(" ", -1));
    private static final List<String> FUNCTIONS = List.of(Token.FUNCTION_WORDS.split(" ", -1));

    @Test
    void constantsFollowTheLists() throws IllegalAccessException {
        int checked = 0;
        for (Class<?> owner : List.of(Reserved.class, Unreserved.class, Token.class)) {
            for (Field field : owner.getDeclaredFields()) {
                if (field.getType() == int.class && !field.getName().startsWith("FIRST_")) {
                    int kind = field.getInt(null);
                    if (kind >= Reserved.FIRST_RESERVED) {
                        assertThat(wordOf(kind)).isEqualTo(field.getName().replace("_KEYWORD", ""));
                        checked++;
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(600);
        assertThat(Reserved.FIRST_RESERVED + RESERVED.size()).isLessThanOrEqualTo(Unreserved.FIRST_UNRESERVED);
        assertThat(Unreserved.FIRST_UNRESERVED + UNRESERVED.size()).isLessThanOrEqualTo(Token.FIRST_FUNCTION);
    }

    private static String wordOf(int kind) {
        if (kind >= Token.FIRST_FUNCTION) {
            return FUNCTIONS.get(kind - Token.FIRST_FUNCTION);
        }
        return kind >= Unreserved.FIRST_UNRESERVED
                ? UNRESERVED.get(kind - Unreserved.FIRST_UNRESERVED)
                : RESERVED.get(kind - Reserved.FIRST_RESERVED);
    }

    @Test
    void findsEveryWordInAnyCase() {
        List<String> all = new ArrayList<>(RESERVED);
        all.addAll(UNRESERVED);
        for (String word : all) {
            for (String text : List.of(word, word.toLowerCase(Locale.ROOT))) {
                Lexer lexer = new Lexer(text, 0, ParserOptions.DEFAULT);
                assertThat(wordOf(lexer.next())).isEqualTo(word);
            }
            assertThat(new Lexer(word + "x", 0, ParserOptions.DEFAULT).next())
                    .isNotEqualTo(new Lexer(word, 0, ParserOptions.DEFAULT).next());
        }
    }

    /// Source: MySQL 8.0 manual, "Keywords and Reserved Words".
    @Test
    void reservedWordsAreNoNames() {
        assertThat(RESERVED).hasSize(262).doesNotHaveDuplicates();
        for (String word : RESERVED) {
            assertThat(isName(word)).as(word).isFalse();
            assertThat(isName("`" + word + "`")).as(word).isTrue();
            assertThat(isName("t." + word)).as(word).isTrue();
            assertThat(SqlParser.isReserved(word)).isTrue();
        }
    }

    @Test
    void otherWordsAreNames() {
        for (String word : UNRESERVED) {
            assertThat(isName(word)).as(word).isTrue();
            assertThat(SqlParser.isReserved(word)).isFalse();
        }
        for (String word : FUNCTIONS) {
            assertThat(isName(word)).as(word).isTrue();
        }
        for (String word : UNRESERVED) {
            SqlParser.parse("CREATE TABLE " + word + " (" + word + " INT)", ParserOptions.DEFAULT);
            SqlParser.parse("SELECT a AS " + word + " FROM t AS " + word, ParserOptions.DEFAULT);
            SqlParser.parse("SELECT a " + word + ", b FROM t " + word, ParserOptions.DEFAULT);
        }
    }

    private static boolean isName(String text) {
        try {
            return SqlParser.parseExpression(text, ParserOptions.DEFAULT) instanceof ColumnReference column
                    && column.span().equals(Span.NONE);
        } catch (SqlException e) {
            return false;
        }
    }

    @Test
    void namesOfFunctionsThatNeedNoQuotes() {
        for (String plain : List.of("concat", "now", "if", "date", "left", "my_udf", "substring", "current_user")) {
            assertThat(SqlParser.isPlainFunctionName(plain)).as(plain).isTrue();
        }
        for (String quoted : List.of("sum", "rank", "select", "cast", "a b", "", "a.b", "json_value", "1")) {
            assertThat(SqlParser.isPlainFunctionName(quoted)).as(quoted).isFalse();
        }
    }
}
