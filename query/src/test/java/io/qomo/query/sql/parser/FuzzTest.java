package io.qomo.query.sql.parser;

import static org.assertj.core.api.Assertions.fail;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.printer.AstPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the text, the parser answers with a tree or a SqlException.
class FuzzTest {
    private static final long SEED = 20261122;
    private static final int MUTATIONS = 30_000;
    private static final String CHARACTERS = "()'\"`,;.@#-/*!+%&|<>=:?{}\\ \n\0éa0_$";

    private final Random random = new Random(SEED);
    private final List<List<String>> statements = new ArrayList<>();

    @Test
    void mutatedTokensNeverBreakTheParser() {
        load();
        for (int i = 0; i < MUTATIONS; i++) {
            List<String> tokens = new ArrayList<>(pick(statements));
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                mutate(tokens);
            }
            check(String.join(random.nextInt(8) == 0 ? "" : " ", tokens), i);
        }
    }

    @Test
    void mutatedCharactersNeverBreakTheParser() {
        load();
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder text = new StringBuilder(String.join(" ", pick(statements)));
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                    case 1 -> text.setLength(at == 0 ? 1 : at);
                    default -> text.deleteCharAt(Math.min(at, text.length() - 1));
                }
                if (text.isEmpty()) {
                    text.append('(');
                }
            }
            check(text.toString(), i);
        }
    }

    private void load() {
        List<String> all = new ArrayList<>(Corpus.valid());
        all.addAll(Corpus.more());
        for (String sql : all) {
            Lexer lexer = new Lexer(sql, 0, ParserOptions.DEFAULT);
            List<String> tokens = new ArrayList<>();
            while (lexer.next() != Token.EOF) {
                tokens.add(sql.substring(lexer.tokenStart, lexer.tokenEnd));
            }
            statements.add(tokens);
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void mutate(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(5)) {
            case 0 -> {
                if (tokens.size() > 1) {
                    tokens.remove(at);
                }
            }
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> tokens.set(at, pick(pick(statements)));
            case 3 -> tokens.add(at, pick(pick(statements)));
            default -> {
                String other = tokens.set(at, tokens.getFirst());
                tokens.set(0, other);
            }
        }
    }

    private static void check(String sql, int round) {
        try {
            SqlParser.parse(sql, ParserOptions.DEFAULT);
        } catch (SqlException expected) {
            // Refused, as most mutations are.
        } catch (RuntimeException | Error e) {
            fail("seed " + SEED + ", round " + round + ": " + sql, e);
        }
        ParameterizedSql.of(sql, ParserOptions.DEFAULT);
        SqlDigest.of(sql, ParserOptions.DEFAULT);
        try {
            Expression expression = SqlParser.parseExpression(sql, ParserOptions.DEFAULT);
            AstPrinter.print(expression);
        } catch (SqlException expected) {
            // Hardly any statement is an expression.
        }
    }
}
