package io.qomo.query.sql.parser;

/// The content of quoted strings.
///
/// Source: MySQL 8.0 manual, "String Literals", table of escape sequences.
final class Strings {
    private Strings() {}

    /// The content of the literal at `[from, to)`, quotes included in the range (`N` in front is skipped).
    static String value(String sql, int from, int to, boolean noBackslashEscapes) {
        char quote = sql.charAt(from);
        int start = from + 1;
        if (quote == 'n' || quote == 'N') {
            quote = '\'';
            start++;
        }
        int end = to - 1;
        for (int i = start; i < end; i++) {
            char c = sql.charAt(i);
            if (c == quote || c == '\\' && !noBackslashEscapes) {
                return unescape(sql, start, i, end, quote, noBackslashEscapes);
            }
        }
        return sql.substring(start, end);
    }

    private static String unescape(
            String sql, int start, int firstSpecial, int end, char quote, boolean noBackslashEscapes) {
        StringBuilder out = new StringBuilder(end - start).append(sql, start, firstSpecial);
        int i = firstSpecial;
        while (i < end) {
            char c = sql.charAt(i);
            if (c == quote) {
                out.append(quote);
                i += 2;
            } else if (c == '\\' && !noBackslashEscapes && i + 1 < end) {
                char escaped = sql.charAt(i + 1);
                if (escaped == '%' || escaped == '_') {
                    out.append('\\');
                }
                out.append(meaning(escaped));
                i += 2;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 26;
            default -> escaped;
        };
    }
}
