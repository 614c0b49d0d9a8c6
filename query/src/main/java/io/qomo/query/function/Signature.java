package io.qomo.query.function;

import java.util.Locale;

/// A signature as the manual prints it: `LPAD(str, len, pad)`, `ROUND(x[, d])`, `CONCAT(str[, …])`. Name and number of
/// arguments are read from it, so a table of functions says everything once.
///
/// @param text as written
/// @param name in lower case
/// @param minArguments least number
/// @param maxArguments greatest number; Integer.MAX_VALUE for `…`
record Signature(String text, String name, int minArguments, int maxArguments) {
    static Signature parse(String text) {
        int open = text.indexOf('(');
        String name = text.substring(0, open).toLowerCase(Locale.ROOT);
        String inside = text.substring(open + 1, text.lastIndexOf(')')).trim();
        int required = 0;
        int all = 0;
        boolean any = inside.contains("…");
        int depth = 0;
        for (String part : inside.split(",", -1)) {
            String word = part.trim();
            boolean startsOptional = word.startsWith("[");
            if (startsOptional) {
                depth++;
            }
            if (!word.replaceAll("[\\[\\]…\\s]", "").isEmpty()) {
                all++;
                required += depth == 0 ? 1 : 0;
            }
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                depth += c == '[' && !(startsOptional && i == 0) ? 1 : c == ']' ? -1 : 0;
            }
        }
        return new Signature(text, name, required, any ? Integer.MAX_VALUE : all);
    }

    boolean accepts(int arguments) {
        return arguments >= minArguments && arguments <= maxArguments;
    }
}
