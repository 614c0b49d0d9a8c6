package io.qomo.testing.manual;

import io.qomo.base.error.ErrorCode;
import io.qomo.query.aggregate.Aggregates;
import io.qomo.query.function.Functions;
import io.qomo.query.sql.ast.WindowFunction;
import io.qomo.serve.variable.Variable;
import io.qomo.serve.variable.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes the generated pages of the manual.
public final class ManualPages {
    private static final String GENERATED = "\n*Generated from the program by `ManualTest`; see CONTRIBUTING.md.*\n\n";

    private static final String OPERATORS = """
            Aggregate functions may have an OVER clause, too; window functions must. Operators (`+`, `LIKE`, `REGEXP`, `->` …) are not
            listed, nor is `JSON_TABLE`, which stands where a table does.

            """;

    private ManualPages() {}

    /// File name to text, of every generated page.
    ///
    /// @param goldenFiles the directory of the golden files
    public static Map<String, String> all(Path goldenFiles) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        pages.put("functions.md", functions());
        pages.put("variables.md", variables());
        pages.put("errors.md", errors());
        pages.put("examples.md", examples(goldenFiles));
        return pages;
    }

    private static String functions() {
        StringBuilder page =
                new StringBuilder("# Functions\n").append(GENERATED).append(OPERATORS);
        Map<String, List<String>> families = new TreeMap<>();
        for (Functions.Entry entry : Functions.all()) {
            if (!OwnGrammar.NAMES.contains(entry.name().toUpperCase(Locale.ROOT))) {
                add(families, entry.family(), entry.signature());
            }
        }
        OwnGrammar.FORMS.forEach(form -> add(families, form.family(), form.signature()));
        for (WindowFunction function : WindowFunction.values()) {
            add(families, "Window Functions", OwnGrammar.signature(function));
        }
        families.values().forEach(list -> list.sort(Comparator.comparing(s -> s.toLowerCase(Locale.ROOT))));
        families.put(
                "Aggregate Functions",
                Aggregates.names().stream()
                        .map(name -> "`" + name.toUpperCase(Locale.ROOT) + "`")
                        .toList());
        families.forEach((family, signatures) -> {
            page.append("## ").append(family).append("\n\n");
            signatures.forEach(s -> page.append("- ").append(s).append('\n'));
            page.append('\n');
        });
        return page.toString();
    }

    private static void add(Map<String, List<String>> families, String family, String signature) {
        families.computeIfAbsent(family, f -> new ArrayList<>()).add("`" + signature + "`");
    }

    private static String variables() {
        StringBuilder page =
                new StringBuilder("# System variables\n").append(GENERATED).append("""
                        *Effect* says what setting it does: **live** changes what the server does; **kept** stores the value and says in a
                        note that nothing changes by it; **stored** does the same without a note, for what clients set as a matter of course;
                        **fixed** takes its one value only; **read-only** answers error 1238.

                        | variable | scope | initial | effect |
                        |---|---|---|---|
                        """);
        for (Variable variable : Variables.load().all()) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            variable.name(),
                            switch (variable.scope()) {
                                case GLOBAL -> "global";
                                case SESSION -> "session";
                                case BOTH -> "both";
                            },
                            cell(variable.type().show(variable.initial())),
                            switch (variable.treatment()) {
                                case LIVE -> "live";
                                case TUNE -> "kept";
                                case QUIET -> "stored";
                                case FIXED -> "fixed";
                                case READ_ONLY -> "read-only";
                            }));
        }
        return page.toString();
    }

    private static String errors() {
        StringBuilder page = new StringBuilder("# Errors\n").append(GENERATED).append("""
                        *Kind* says what a caller can do: USER correct the statement, CONFLICT retry the transaction, RESOURCE retry later or raise
                        the limit, UNAVAILABLE wait, INTERNAL report a defect.

                        | number | SQLSTATE | kind | message |
                        |---|---|---|---|
                        """);
        Stream.of(ErrorCode.values())
                .sorted(Comparator.comparingInt(ErrorCode::errno).thenComparing(ErrorCode::name))
                .map(code -> "| %d | %s | %s | %s |\n"
                        .formatted(code.errno(), code.sqlState(), code.kind(), cell(code.format())))
                // Some have two entries: as an error and as a note.
                .distinct()
                .forEach(page::append);
        return page.toString();
    }

    private static String examples(Path goldenFiles) throws IOException {
        StringBuilder page = new StringBuilder("# SQL by example\n")
                .append(GENERATED)
                .append("Each file shows statements with the answers Qomo gives; the test suite runs them all.\n");
        List<Path> files;
        try (Stream<Path> found = Files.walk(goldenFiles)) {
            files = found.filter(p -> p.toString().endsWith(".test")).sorted().toList();
        }
        String area = "";
        for (Path file : files) {
            String path = goldenFiles.relativize(file).toString().replace('\\', '/');
            String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            if (!folder.equals(area)) {
                area = folder;
                page.append("\n## ").append(area).append("\n\n");
            }
            List<String> lines = Files.readAllLines(file);
            page.append("- [%s](../../dev/testing/sql/%s): %s\n"
                    .formatted(header(lines, "# name: "), path, header(lines, "# description: ")));
        }
        return page.toString();
    }

    private static String header(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a golden file lacks the line '" + key + "'"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
