package io.qomo.testing.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The papers say what the program says. `-Dmanual.rewrite=true` writes the generated pages.
class ManualTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void generatedPagesAreCurrent() throws IOException {
        for (Map.Entry<String, String> page : ManualPages.all(Path.of("sql")).entrySet()) {
            Path file = ROOT.resolve("docs/manual").resolve(page.getKey());
            if (Boolean.getBoolean("manual.rewrite")) {
                Files.writeString(file, page.getValue());
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as(page.getKey() + " is old: ./qomo test manual writes it")
                    .isEqualTo(page.getValue());
        }
    }

    @Test
    void functionsWithAGrammarOfTheirOwnAreListed() throws IOException {
        String parser =
                Files.readString(ROOT.resolve("query/src/main/java/io/qomo/query/sql/parser/FunctionParser.java"));
        String special = parser.substring(parser.indexOf("Expression special("), parser.indexOf("/// A plain call"));
        String page = Files.readString(ROOT.resolve("docs/manual/functions.md"));
        Matcher cases =
                Pattern.compile("case (Token\\.\\w+(?:, Token\\.\\w+)*) ->").matcher(special);
        int found = 0;
        while (cases.find()) {
            for (String token : cases.group(1).split(", ")) {
                found++;
                assertThat(page).contains("`" + token.substring("Token.".length()) + "(");
            }
        }
        assertThat(found).isGreaterThan(15);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        try (Stream<Path> pages = Stream.concat(Files.list(ROOT), Files.walk(ROOT.resolve("docs")))) {
            for (Path page :
                    pages.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
                Matcher link = LINK.matcher(Files.readString(page));
                while (link.find()) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as("link in " + page)
                            .exists();
                }
            }
        }
    }

    @Test
    void architectureNamesPackagesThatExist() throws IOException {
        String text = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        Matcher layer =
                Pattern.compile("(?m)^(base|store|query|serve)/ +(\\w+)").matcher(text);
        int found = 0;
        while (layer.find()) {
            found++;
            assertThat(ROOT.resolve(
                            "%s/src/main/java/io/qomo/%s/%s".formatted(layer.group(1), layer.group(1), layer.group(2))))
                    .exists();
        }
        assertThat(found).isEqualTo(4);
    }
}
