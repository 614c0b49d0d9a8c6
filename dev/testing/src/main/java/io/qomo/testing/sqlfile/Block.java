package io.qomo.testing.sqlfile;

import java.util.List;

/// A block of a golden file.
///
/// @param line where it starts, 1-based
/// @param directive its first line
/// @param sql the statement, or empty for comments and directives without one
/// @param expected the lines after `----`
/// @param hasExpected whether there was a `----`
record Block(int line, String directive, String sql, List<String> expected, boolean hasExpected) {
    Block {
        expected = List.copyOf(expected);
    }

    boolean isQuery() {
        return directive.startsWith("query") || directive.equals("finish query");
    }

    boolean isStatement() {
        return directive.startsWith("statement");
    }

    /// Sends a statement whose answer comes later.
    boolean isStart() {
        return directive.equals("start");
    }

    /// The answer of a statement that was started.
    boolean isFinish() {
        return directive.startsWith("finish ");
    }

    boolean isSorted() {
        return directive.equals("query sorted");
    }

    /// An EXPLAIN FORMAT=TREE, of which costs, numbers of rows and times do not count.
    boolean isPlan() {
        return directive.equals("query plan");
    }

    /// The expected error number, 0 for none.
    int expectedErrno() {
        return directive.startsWith("statement error")
                ? Integer.parseInt(
                        directive.substring("statement error".length()).strip())
                : 0;
    }

    /// The block as text, with other expected lines.
    String text(List<String> lines, String newDirective) {
        StringBuilder text = new StringBuilder(newDirective).append('\n');
        if (!sql.isEmpty()) {
            text.append(sql).append('\n');
        }
        if (!lines.isEmpty() || isQuery()) {
            text.append("----\n");
            lines.forEach(l -> text.append(l).append('\n'));
        }
        return text.toString();
    }
}
