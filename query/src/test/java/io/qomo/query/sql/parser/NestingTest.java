package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.LogicalOperation;
import io.qomo.query.sql.ast.Predicate.InPredicate;
import io.qomo.query.sql.printer.AstPrinter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Depth ends in an error before the stack does, width does not end.
class NestingTest {
    private static final int STACK_BYTES = 512 << 10;

    /// What stands in front, what is repeated, what stands in the middle, what closes each level.
    static Stream<Arguments> nestings() {
        return Stream.of(
                Arguments.of("SELECT ", "(", "1", ")"),
                Arguments.of("SELECT ", "-", "1", ""),
                Arguments.of("SELECT ", "NOT ", "1", ""),
                Arguments.of("SELECT ", "!", "1", ""),
                Arguments.of("SELECT ", "f(", "1", ")"),
                Arguments.of("SELECT ", "IF(1,2,", "1", ")"),
                Arguments.of("SELECT ", "(SELECT ", "1", ")"),
                Arguments.of("SELECT ", "((SELECT ", "1", "))"),
                Arguments.of("SELECT ", "EXISTS (SELECT ", "1", ")"),
                Arguments.of("SELECT ", "CASE WHEN 1 THEN ", "1", " END"),
                Arguments.of("SELECT ", "CAST(", "1", " AS SIGNED)"),
                Arguments.of("SELECT ", "a IN (", "1", ")"),
                Arguments.of("SELECT ", "@a := ", "1", ""),
                Arguments.of("SELECT ", "INTERVAL 1 DAY + ", "1", ""),
                Arguments.of("SELECT ", "1 + ", "1", ""),
                Arguments.of("SELECT ", "1 = ", "1", ""),
                Arguments.of("SELECT ", "1 XOR ", "1", ""),
                Arguments.of("SELECT ", "1 BETWEEN 1 AND ", "1", ""),
                Arguments.of("SELECT ", "{x ", "1", "}"),
                Arguments.of("SELECT a", "", "", " IS NULL"),
                Arguments.of("SELECT * FROM ", "(", "t", ")"),
                Arguments.of("SELECT * FROM ", "{OJ ", "t", "}"),
                Arguments.of("SELECT * FROM ", "(SELECT * FROM ", "t", ") x"),
                Arguments.of("SELECT * FROM ", "((SELECT * FROM ", "t", ") x)"),
                Arguments.of("", "(", "SELECT 1", ")"),
                Arguments.of("", "WITH x AS (", "SELECT 1", ") SELECT 1"),
                Arguments.of("", "SELECT 1 UNION ", "SELECT 1", ""),
                Arguments.of("CREATE PROCEDURE p() ", "BEGIN ", "SELECT 1", "; END"),
                Arguments.of("CREATE PROCEDURE p() ", "IF 1 THEN ", "SELECT 1;", " END IF;"),
                Arguments.of(
                        "SELECT * FROM JSON_TABLE('', '' ", "COLUMNS (NESTED '' ", "COLUMNS (a FOR ORDINALITY)", ")"));
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void depthIsAnError(String before, String open, String middle, String close) throws InterruptedException {
        String sql = before + open.repeat(20_000) + middle + close.repeat(20_000);
        assertThat(parseOnSmallStack(sql))
                .isInstanceOfSatisfying(
                        SqlException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.STACK_OVERRUN));
    }

    /// What people and generators write is far below the limit.
    @ParameterizedTest
    @MethodSource("nestings")
    void fiftyLevelsAreFine(String before, String open, String middle, String close) throws InterruptedException {
        String tail = before.contains("JSON_TABLE") ? ") x" : "";
        String fixed =
                before.startsWith("CREATE") && open.startsWith("IF") ? close.repeat(49) + " END IF" : close.repeat(50);
        assertThat(parseOnSmallStack(before + open.repeat(50) + middle + fixed + tail))
                .isNull();
    }

    private static @Nullable Throwable parseOnSmallStack(String sql) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        SqlParser.parse(sql, ParserOptions.DEFAULT);
                    } catch (SqlException | StackOverflowError e) {
                        thrown.set(e);
                    }
                },
                "parser",
                STACK_BYTES);
        thread.start();
        thread.join();
        return thrown.get();
    }

    @Test
    void longChainsOfAndAndOrAreOneNode() {
        Expression parsed = SqlParser.parseExpression("a = 1" + " OR a = 2".repeat(20_000), ParserOptions.DEFAULT);
        assertThat(((LogicalOperation) parsed).operands()).hasSize(20_001);
        assertThat(SqlParser.parseExpression(AstPrinter.print(parsed), ParserOptions.DEFAULT))
                .isEqualTo(parsed);
    }

    @Test
    void longListsAreFine() {
        Expression parsed = SqlParser.parseExpression("a IN (1" + ", 2".repeat(100_000) + ")", ParserOptions.DEFAULT);
        assertThat(((InPredicate) parsed).values()).hasSize(100_001);
    }
}
