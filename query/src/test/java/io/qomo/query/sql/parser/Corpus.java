package io.qomo.query.sql.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The statements of the test resources, one a line.
final class Corpus {
    private Corpus() {}

    static List<String> valid() {
        return read("mysql8-valid.sql");
    }

    static List<String> invalid() {
        return read("mysql8-invalid.sql");
    }

    static List<String> more() {
        return read("more-valid.sql");
    }

    private static List<String> read(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream("/io/qomo/query/sql/" + name)) {
            if (in == null) {
                throw new IllegalStateException("missing test resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
