package io.qomo.testing.differential;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import io.qomo.testing.differential.QueryGenerator.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks two servers the same and compares what they say.
public final class Comparison {
    private static final int MAX_SHOWN = 12;

    private final Connection tested;
    private final Connection reference;

    /// @param tested the server under test
    /// @param reference the one that is right, unless MySQL's manual says otherwise
    public Comparison(Connection tested, Connection reference) {
        this.tested = tested;
        this.reference = reference;
    }

    /// An answer: rows as text, or an error.
    private record Answer(List<String> rows, int errno, String message) {}

    /// Runs a statement that must succeed on both.
    public void run(String sql) throws IOException {
        for (Connection c : List.of(tested, reference)) {
            Answer answer = ask(c, sql, true);
            if (answer.errno != 0) {
                throw new IOException(sql + ": " + answer.message);
            }
        }
    }

    /// What differs, or null. An error both report is no difference.
    public @Nullable String difference(Query query) throws IOException {
        Answer a = ask(tested, query.sql(), query.isOrdered());
        Answer b = ask(reference, query.sql(), query.isOrdered());
        boolean same = a.errno != 0 || b.errno != 0 ? a.errno != 0 && b.errno != 0 : a.rows.equals(b.rows);
        if (same) {
            return null;
        }
        return query.sql() + ";\n  tested    " + shown(a) + "\n  reference " + shown(b);
    }

    private static String shown(Answer a) {
        if (a.errno != 0) {
            return "error " + a.errno + " " + a.message;
        }
        List<String> first = a.rows.subList(0, Math.min(MAX_SHOWN, a.rows.size()));
        return a.rows.size() + " rows " + String.join(" | ", first);
    }

    private static Answer ask(Connection connection, String sql, boolean isOrdered) throws IOException {
        List<String> rows = new ArrayList<>();
        try {
            connection.query(sql, new ResultHandler() {
                @Override
                public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

                @Override
                public void columns(List<Column> header) {}

                @Override
                public void row(byte[] @Nullable [] values) {
                    StringBuilder line = new StringBuilder();
                    for (byte[] value : values) {
                        line.append(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8))
                                .append(',');
                    }
                    rows.add(line.toString());
                }

                @Override
                public void endOfRows(int warnings) {}
            });
        } catch (ServerError e) {
            return new Answer(List.of(), e.errno(), String.valueOf(e.getMessage()));
        }
        if (!isOrdered) {
            rows.sort(null);
        }
        return new Answer(rows, 0, "");
    }
}
