package io.qomo.serve.session;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The LIKE of SHOW: case does not count, `\` takes the next character as it is.
final class ShowPattern {
    private final @Nullable String pattern;

    /// @param pattern null takes everything
    ShowPattern(@Nullable String pattern) {
        this.pattern = pattern == null ? null : pattern.toLowerCase(Locale.ROOT);
    }

    /// True if a name is asked for.
    boolean takes(String name) {
        String p = pattern;
        return p == null || matches(p, name.toLowerCase(Locale.ROOT));
    }

    private static boolean matches(String p, String t) {
        int i = 0;
        int j = 0;
        int star = -1;
        int mark = 0;
        while (j < t.length()) {
            boolean isEscape = i + 1 < p.length() && p.charAt(i) == '\\';
            if (i < p.length() && p.charAt(i) == '%') {
                star = i;
                mark = j;
                i++;
            } else if (i < p.length()
                    && (isEscape ? p.charAt(i + 1) == t.charAt(j) : p.charAt(i) == '_' || p.charAt(i) == t.charAt(j))) {
                i += isEscape ? 2 : 1;
                j++;
            } else if (star >= 0) {
                i = star + 1;
                mark++;
                j = mark;
            } else {
                return false;
            }
        }
        while (i < p.length() && p.charAt(i) == '%') {
            i++;
        }
        return i == p.length();
    }
}
