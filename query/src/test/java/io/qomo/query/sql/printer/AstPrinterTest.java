package io.qomo.query.sql.printer;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.DdlStatement.CreateTable;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.TableElement.ColumnDefinition;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The canonical form, and that it means what was written.
class AstPrinterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '%',
            value = {
                "a+1                       ~ (`a` + 1)",
                "t.a = 1 and b or not c    ~ (((`t`.`a` = 1) and `b`) or (not(`c`)))",
                "a and b and c and (d)     ~ (`a` and `b` and `c` and `d`)",
                "- a * -5                  ~ (-(`a`) * -5)",
                "a not in (1,'x')          ~ (`a` not in (1,'x'))",
                "a between 1 and 2 and b   ~ ((`a` between 1 and 2) and `b`)",
                "COUNT(*) + SUM(DISTINCT x)~ (count(*) + sum(distinct `x`))",
                "DATE_ADD(d, INTERVAL 1 DAY) ~ (`d` + interval 1 day)",
                "case when a then 'it''s' end ~ (case when `a` then 'it''s' end)",
                "cast(a as char(3) charset latin1) ~ cast(`a` as char(3) charset latin1)",
                "_utf8mb4'x' collate utf8mb4_bin ~ (_utf8mb4'x' collate utf8mb4_bin)",
                "date '2020-01-01'         ~ DATE'2020-01-01'",
                "x'4d' + b'1'              ~ (x'4d' + b'1')",
                "`a``b`.c                  ~ `a``b`.`c`",
                "@a := @@global.x          ~ (@`a`:=@@global.`x`)",
                "lower(c) is not true      ~ (lower(`c`) is not true)",
                "substring(a from 2 for 3) ~ substring(`a`,2,3)",
                "rank() over (order by a desc) ~ rank() OVER (ORDER BY `a` desc)",
                "j->'$.a'                  ~ `j`->'$.a'",
            })
    void printsExpressions(String sql, String canonical) {
        Expression expression = SqlParser.parseExpression(sql, ParserOptions.DEFAULT);
        assertThat(AstPrinter.print(expression)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '%',
            value = {
                "SELECT a x, b FROM t WHERE a>1 ORDER BY 1 DESC LIMIT 2,3 ~ select `a` AS `x`,`b` from `t` where (`a` > 1) order by 1 desc limit 2,3",
                "SELECT * FROM a JOIN b ON a.x=b.x LEFT JOIN c USING (y) ~ select * from ((`a` join `b` on((`a`.`x` = `b`.`x`))) left join `c` using (`y`))",
                "SELECT 1 UNION ALL SELECT 2 UNION SELECT 3       ~ select 1 union all select 2 union select 3",
                "SELECT 1 UNION (SELECT 2 UNION SELECT 3)         ~ select 1 union (select 2 union select 3)",
                "(SELECT 1 UNION SELECT 2) INTERSECT SELECT 3     ~ (select 1 union select 2) intersect select 3",
                "SELECT DISTINCT a '' FROM (SELECT 1) x (a)       ~ select distinct `a` AS '' from (select 1) `x` (`a`)",
                "WITH RECURSIVE c(n) AS (SELECT 1) SELECT n FROM c FOR UPDATE NOWAIT ~ with recursive `c` (`n`) as (select 1) select `n` from `c` for update nowait",
            })
    void printsQueries(String sql, String canonical) {
        QueryExpression query = SqlParser.parseQuery(sql, ParserOptions.DEFAULT);
        assertThat(AstPrinter.print(query)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int unsigned",
                "decimal(10,2) unsigned zerofill",
                "varchar(10) CHARACTER SET latin1 COLLATE latin1_bin",
                "enum('a','it''s')",
                "datetime(6)",
                "longtext",
            })
    void printsTypes(String type) {
        CreateTable table = (CreateTable) SqlParser.parse("CREATE TABLE t (c " + type + ")", ParserOptions.DEFAULT);
        DataType parsed = ((ColumnDefinition) table.elements().getFirst()).type();
        assertThat(AstPrinter.print(parsed)).isEqualTo(type);
    }

    /// Every expression and query of the corpus, wherever it stands, parses to the same tree when it was printed; one
    /// that calls a function by another name than MySQL's own to a tree that is printed alike.
    @Test
    void whatIsPrintedMeansTheSame() throws IOException {
        for (String resource : List.of("mysql8-valid.sql", "more-valid.sql")) {
            for (String sql : read(resource)) {
                Statement statement = SqlParser.parse(sql, ParserOptions.DEFAULT);
                visit(statement, node -> {
                    if (node instanceof QueryExpression query && query.into() == null) {
                        String text = AstPrinter.print(query);
                        QueryExpression again = SqlParser.parseQuery(text, ParserOptions.DEFAULT);
                        assertThat(AstPrinter.print(again)).isEqualTo(text);
                        assertThat(again).as(text).isEqualTo(isRenamed(query) ? again : query);
                    } else if (node instanceof Expression expression && standsAlone(expression)) {
                        String text = AstPrinter.print(expression);
                        Expression again = SqlParser.parseExpression(text, ParserOptions.DEFAULT);
                        assertThat(AstPrinter.print(again)).isEqualTo(text);
                        assertThat(again).as(text).isEqualTo(isRenamed(expression) ? again : expression);
                    }
                });
            }
        }
    }

    private static boolean isRenamed(Object tree) {
        boolean[] found = new boolean[1];
        visit(
                tree,
                node -> found[0] |= node instanceof Expression.FunctionCall call
                        && (call.name().startsWith("current_") || call.name().startsWith("localtime")));
        return found[0];
    }

    private static boolean standsAlone(Expression expression) {
        return switch (expression) {
            case Expression.DefaultValue _, Expression.NamedArgument _, Expression.ParameterMarker _ -> false;
            default -> true;
        };
    }

    private static List<String> read(String resource) throws IOException {
        try (InputStream in = AstPrinterTest.class.getResourceAsStream("/io/qomo/query/sql/" + resource)) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /// Visits every record in a tree.
    private static void visit(@Nullable Object node, Consumer<Object> visitor) {
        switch (node) {
            case Record element -> {
                visitor.accept(element);
                for (RecordComponent component : element.getClass().getRecordComponents()) {
                    try {
                        visit(component.getAccessor().invoke(element), visitor);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new AssertionError(e);
                    }
                }
            }
            case Iterable<?> elements -> elements.forEach(element -> visit(element, visitor));
            case null, default -> {}
        }
    }
}
