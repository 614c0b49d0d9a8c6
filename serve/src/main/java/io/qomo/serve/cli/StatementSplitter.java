package io.qomo.serve.cli;

import java.util.ArrayList;
import java.util.List;

/// Cuts text typed or read from a file into statements, as the MySQL client does: at the delimiter (`;` until a
/// `DELIMITER` line changes it), `\G` or `\g`, outside quotes and comments.
final class StatementSplitter {
    /// A statement.
    ///
    /// @param sql without its delimiter
    /// @param vertical ended by `\G`
    record Statement(String sql, boolean vertical) {}

    private String delimiter = ";";
    private final StringBuilder text = new StringBuilder();
    private char quote;
    private boolean inBlockComment;

    /// Adds a line (without its end) and returns the statements it completes.
    List<Statement> addLine(String line) {
        List<Statement> done = new ArrayList<>();
        if (isBlank()
                && quote == 0
                && line.strip().toLowerCase(java.util.Locale.ROOT).startsWith("delimiter ")) {
            delimiter = line.strip().substring("delimiter ".length()).strip();
            return done;
        }
        int from = 0;
        int i = 0;
        while (i < line.length()) {
            int next = step(line, i);
            if (next < 0) {
                text.append(line, from, i);
                int end = -next;
                finish(line.startsWith("\\G", i), done);
                from = end;
                i = end;
            } else {
                i = next;
            }
        }
        text.append(line, from, line.length()).append('\n');
        return done;
    }

    /// The position after what stands at `i`, or its negative if that ends a statement.
    private int step(String line, int i) {
        char c = line.charAt(i);
        if (inBlockComment) {
            if (c == '*' && line.startsWith("*/", i)) {
                inBlockComment = false;
                return i + 2;
            }
            return i + 1;
        }
        if (quote != 0) {
            if (c == '\\' && quote != '`') {
                return i + 2;
            }
            if (c == quote) {
                quote = 0;
            }
            return i + 1;
        }
        if (c == '\'' || c == '"' || c == '`') {
            quote = c;
            return i + 1;
        }
        if (c == '#' || (line.startsWith("--", i) && (i + 2 == line.length() || line.charAt(i + 2) <= ' '))) {
            return line.length();
        }
        if (line.startsWith("/*", i)) {
            inBlockComment = true;
            return i + 2;
        }
        if (line.startsWith(delimiter, i)) {
            return -(i + delimiter.length());
        }
        return line.startsWith("\\G", i) || line.startsWith("\\g", i) ? -(i + 2) : i + 1;
    }

    private void finish(boolean vertical, List<Statement> done) {
        String sql = text.toString().strip();
        text.setLength(0);
        if (!sql.isEmpty()) {
            done.add(new Statement(sql, vertical));
        }
    }

    /// True if nothing but white space waits.
    boolean isBlank() {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// What the prompt should show about the unfinished statement: a quote sign, `*` for a comment, `-` for neither.
    char pending() {
        return quote != 0 ? quote : inBlockComment ? '*' : '-';
    }

    /// The unfinished statement, which is then forgotten.
    String takeRest() {
        String rest = text.toString().strip();
        text.setLength(0);
        quote = 0;
        inBlockComment = false;
        return rest;
    }
}
