package io.qomo.serve.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts text typed or read from a file into statements, as the MySQL client does: at the delimiter (`;` until a
/// `DELIMITER` line changes it), `\G` or `\g`, outside quotes and comments. `\c` forgets what was typed.
///
/// Text is bytes, one in each char (ISO 8859-1), so that whatever a dump holds reaches the server unharmed. Every
/// character set a client may use keeps the signs that matter here.
///
/// Comments in front of a statement are dropped, and so are statements that hold nothing else; comments inside one
/// stay. `/*! … */` is no comment but a statement.
final class StatementSplitter {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private String delimiter = ";";
    private boolean hasBackslashEscapes = true;
    private final StringBuilder text = new StringBuilder();
    private char quote;
    private Comment comment = Comment.NONE;
    private int lineNumber;
    private int firstLine;
    private int commentLine;

    /// A statement.
    ///
    /// @param latin1 its bytes without its delimiter, one in each char
    /// @param vertical ended by `\G`
    /// @param line the line it starts in, from 1
    record Statement(String latin1, boolean vertical, int line) {
        byte[] bytes() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /// The comment the text ends in.
    private enum Comment {
        NONE,
        /// In front of a statement, not kept.
        DROPPED,
        KEPT,
        /// `/*!`: what it holds is read as SQL, quotes too, but does not end.
        VERSION
    }

    /// The bytes of a text in UTF-8, one in each char.
    static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// The text whose bytes in UTF-8 are the chars.
    static String unicode(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Whether `\` escapes inside quotes: not under NO_BACKSLASH_ESCAPES.
    void setBackslashEscapes(boolean escapes) {
        hasBackslashEscapes = escapes;
    }

    /// Adds a line (without its end) and returns the statements it completes.
    List<Statement> addLine(String added) {
        lineNumber++;
        String line = lineNumber == 1 && added.startsWith(BYTE_ORDER_MARK)
                ? added.substring(BYTE_ORDER_MARK.length())
                : added;
        List<Statement> done = new ArrayList<>();
        if (isBlank() && line.trim().toLowerCase(Locale.ROOT).startsWith("delimiter ")) {
            delimiter = line.trim().substring("delimiter ".length()).trim();
            return done;
        }
        int from = 0;
        int i = 0;
        while (i < line.length()) {
            if (comment == Comment.DROPPED) {
                i = skipDropped(line, i);
                from = i;
            } else if (from == i && isBlank() && isSkipped(line, i)) {
                i = skip(line, i);
                from = i;
            } else {
                if (from == i && text.isEmpty()) {
                    firstLine = lineNumber;
                }
                int next = step(line, i);
                if (next < 0) {
                    finish(line, from, i, done);
                    from = -next;
                }
                i = Math.abs(next);
            }
        }
        if (from < line.length()) {
            text.append(line, from, line.length());
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        return done;
    }

    /// True of what may stand in front of a statement: white space and comments.
    private static boolean isSkipped(String line, int i) {
        return line.charAt(i) <= ' ' || isLineComment(line, i) || isPlainComment(line, i);
    }

    private int skip(String line, int i) {
        if (line.charAt(i) <= ' ') {
            return i + 1;
        }
        if (isLineComment(line, i)) {
            return line.length();
        }
        comment = Comment.DROPPED;
        commentLine = lineNumber;
        return i + 2;
    }

    private int skipDropped(String line, int i) {
        int end = line.indexOf("*/", i);
        if (end < 0) {
            return line.length();
        }
        comment = Comment.NONE;
        return end + 2;
    }

    private static boolean isLineComment(String line, int i) {
        return line.charAt(i) == '#'
                || (line.startsWith("--", i) && (i + 2 == line.length() || line.charAt(i + 2) <= ' '));
    }

    private static boolean isPlainComment(String line, int i) {
        return line.startsWith("/*", i) && !line.startsWith("/*!", i) && !line.startsWith("/*+", i);
    }

    /// The position after what stands at `i`, or its negative if that ends a statement.
    private int step(String line, int i) {
        char c = line.charAt(i);
        if (comment == Comment.KEPT || (comment == Comment.VERSION && quote == 0)) {
            if (line.startsWith("*/", i)) {
                comment = Comment.NONE;
                return i + 2;
            }
            if (comment == Comment.KEPT) {
                return i + 1;
            }
        }
        if (quote != 0) {
            if (c == '\\' && quote != '`' && hasBackslashEscapes) {
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
        if (comment == Comment.VERSION) {
            return i + 1;
        }
        return stepOutsideQuotes(line, i);
    }

    private int stepOutsideQuotes(String line, int i) {
        if (isLineComment(line, i)) {
            return line.length();
        }
        if (line.startsWith("/*", i)) {
            comment = line.startsWith("/*!", i) ? Comment.VERSION : Comment.KEPT;
            return i + 2;
        }
        if (line.startsWith(delimiter, i)) {
            return -(i + delimiter.length());
        }
        boolean isEnd = line.startsWith("\\G", i) || line.startsWith("\\g", i) || line.startsWith("\\c", i);
        return isEnd ? -(i + 2) : i + 1;
    }

    private void finish(String line, int from, int end, List<Statement> done) {
        String sql = text.isEmpty()
                ? line.substring(from, end).trim()
                : text.append(line, from, end).toString().trim();
        text.setLength(0);
        if (!sql.isEmpty() && !line.startsWith("\\c", end)) {
            done.add(new Statement(sql, line.startsWith("\\G", end), firstLine));
        }
    }

    /// A line has gone by that is none of the statements'.
    void skipLine() {
        lineNumber++;
    }

    /// Lines there were.
    int lineNumber() {
        return lineNumber;
    }

    /// True if nothing of a statement waits, and no comment or quote is open.
    boolean isBlank() {
        return text.isEmpty() && quote == 0 && comment == Comment.NONE;
    }

    /// What the prompt should show about what is unfinished: a quote sign, `/*` for a comment, `-` for neither.
    String pending() {
        return quote != 0 ? String.valueOf(quote) : comment == Comment.NONE ? "-" : "/*";
    }

    /// The unfinished statement, which is then forgotten; none if there is nothing. Of a comment without an end its
    /// beginning is left, for the server to refuse: the statements in it would be lost without a word.
    List<Statement> takeRest() {
        String rest = text.toString().trim();
        if (comment == Comment.DROPPED) {
            rest = "/*";
            firstLine = commentLine;
        }
        text.setLength(0);
        quote = 0;
        comment = Comment.NONE;
        return rest.isEmpty() ? List.of() : List.of(new Statement(rest, false, firstLine));
    }
}
