package io.qomo.serve.schema;

/// Identifiers and strings as MySQL prints them.
public final class SqlText {
    private SqlText() {}

    /// An identifier in backticks.
    public static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /// A string literal with quotes doubled and what would not survive a line escaped.
    public static String string(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\'' -> out.append("''");
                case '\\' -> out.append("\\\\");
                case '\0' -> out.append("\\0");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out.append('\'').toString();
    }
}
