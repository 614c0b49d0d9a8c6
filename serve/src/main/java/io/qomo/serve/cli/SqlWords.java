package io.qomo.serve.cli;

import java.util.ArrayList;
import java.util.List;

/// The words of the statement that a text ends in, as far as completion needs them: names, keywords, and signs, each as
/// a string; names in backquotes without them.
///
/// @param words before the cursor, without the piece that is being typed
/// @param typed the piece of a word that ends at the cursor, perhaps empty
/// @param isOpen whether the text ends in quotes or in a comment, where nothing is completed
record SqlWords(List<String> words, String typed, boolean isOpen) {
    static SqlWords of(String text) {
        List<String> words = new ArrayList<>();
        int i = 0;
        int n = text.length();
        while (i < n) {
            char c = text.charAt(i);
            int end;
            if (isPartOfName(c)) {
                end = i;
                while (end < n && isPartOfName(text.charAt(end))) {
                    end++;
                }
                if (end == n) {
                    return new SqlWords(words, text.substring(i), false);
                }
                words.add(text.substring(i, end));
            } else if (c == '\'' || c == '"' || c == '`') {
                end = afterQuote(text, i);
                if (end < 0) {
                    return new SqlWords(words, "", true);
                }
                words.add(c == '`' ? text.substring(i + 1, end - 1) : "'");
            } else if (c == '#' || text.startsWith("-- ", i) || text.startsWith("/*", i)) {
                String close = c == '/' ? "*/" : "\n";
                int found = text.indexOf(close, i);
                if (found < 0) {
                    return new SqlWords(words, "", true);
                }
                end = found + close.length();
            } else {
                end = i + 1;
                if (c == ';') {
                    words.clear();
                } else if (c > ' ') {
                    words.add(String.valueOf(c));
                }
            }
            i = end;
        }
        return new SqlWords(words, "", false);
    }

    static boolean isPartOfName(char c) {
        return c == '_' || c == '$' || c >= 0x80 || Character.isLetterOrDigit(c);
    }

    /// The position behind the quoted text that starts at `i`, or -1 if it does not end.
    private static int afterQuote(String text, int i) {
        char quote = text.charAt(i);
        int at = i + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '`') {
                at++;
            } else if (c == quote) {
                return at + 1;
            }
            at++;
        }
        return -1;
    }

    /// The last word but `back` of them, in lower case; empty if there is none.
    String last(int back) {
        int at = words.size() - 1 - back;
        return at < 0 ? "" : words.get(at).toLowerCase(java.util.Locale.ROOT);
    }
}
