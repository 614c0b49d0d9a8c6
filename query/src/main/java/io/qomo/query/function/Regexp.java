package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.query.expr.EvalContext;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression with the pattern compiled last; belongs to one statement.
///
/// MySQL's patterns are ICU's; they are run by the JDK's engine, which has the same syntax but for POSIX classes
/// (`[[:alpha:]]`), translated here. A match that takes too many steps ends with REGEXP_TIME_OUT, and a killed
/// statement stops a match.
final class Regexp {
    /// Characters looked at before a match is given up; MySQL's limit (regexp_time_limit) is of this order.
    private static final long MAX_STEPS = 20_000_000;
    private static final int CHECK_INTERVAL = 1 << 16;

    private final boolean foldsCase;
    private String source = "";
    private String flags = "";
    private @Nullable Pattern pattern;

    Regexp(Collation collation) {
        this.foldsCase = !CollationMix.isBin(collation) && !collation.sqlName().endsWith("_cs");
    }

    /// A matcher of the pattern in an argument, with `match_type` flags.
    Matcher matcher(Row row, int patternArgument, String matchType, String text) {
        String wanted = row.text(patternArgument);
        Pattern known = pattern;
        if (known == null || !wanted.equals(source) || !matchType.equals(flags)) {
            known = compile(wanted, matchType);
            pattern = known;
            source = wanted;
            flags = matchType;
        }
        return known.matcher(new Watched(text, row.context));
    }

    private Pattern compile(String wanted, String matchType) {
        if (wanted.isEmpty()) {
            throw new SqlException(ErrorCode.REGEXP_ILLEGAL_ARGUMENT);
        }
        boolean folds = foldsCase;
        int options = 0;
        for (int i = 0; i < matchType.length(); i++) {
            switch (matchType.charAt(i)) {
                case 'c' -> folds = false;
                case 'i' -> folds = true;
                case 'm' -> options |= Pattern.MULTILINE;
                case 'n' -> options |= Pattern.DOTALL;
                case 'u' -> options |= Pattern.UNIX_LINES;
                default -> throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "regexp_like");
            }
        }
        if (folds) {
            options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        }
        try {
            Pattern compiled = Pattern.compile(translate(wanted), options | Pattern.UNICODE_CHARACTER_CLASS);
            checkReferences(wanted, compiled.matcher("").groupCount());
            return compiled;
        } catch (PatternSyntaxException e) {
            throw error(e);
        } catch (StackOverflowError e) {
            throw new SqlException(ErrorCode.REGEXP_STACK_OVERFLOW);
        }
    }

    /// Error 3694 for a `\1` without a group 1.
    private static void checkReferences(String pattern, int groups) {
        for (int i = 0; i + 1 < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                i++;
                char c = pattern.charAt(i);
                if (c == 'Q') {
                    return;
                }
                if (c >= '1' && c <= '9' && c - '0' > groups) {
                    throw new SqlException(ErrorCode.REGEXP_INVALID_BACK_REF);
                }
            }
        }
    }

    /// MySQL's error for what the JDK's engine found.
    private static SqlException error(PatternSyntaxException e) {
        String found = e.getDescription().toLowerCase(Locale.ROOT);
        int at = Math.max(e.getIndex(), 0) + 1;
        if (found.contains("overflow")) {
            return new SqlException(ErrorCode.REGEXP_STACK_OVERFLOW);
        }
        if (found.contains("unclosed group") || found.contains("unmatched closing")) {
            return new SqlException(ErrorCode.REGEXP_MISMATCHED_PAREN);
        }
        if (found.contains("escape") || found.contains("backslash")) {
            return new SqlException(ErrorCode.REGEXP_BAD_ESCAPE_SEQUENCE);
        }
        if (found.contains("illegal repetition range")) {
            return new SqlException(ErrorCode.REGEXP_MAX_LT_MIN);
        }
        if (found.contains("counted closure")) {
            return new SqlException(ErrorCode.REGEXP_BAD_INTERVAL);
        }
        if (found.contains("unclosed character class")) {
            return new SqlException(ErrorCode.REGEXP_MISSING_CLOSE_BRACKET);
        }
        if (found.contains("illegal character range")) {
            return new SqlException(ErrorCode.REGEXP_INVALID_RANGE);
        }
        if (found.contains("look-behind") && found.contains("maximum length")) {
            return new SqlException(ErrorCode.REGEXP_LOOK_BEHIND_LIMIT);
        }
        if (found.contains("inline modifier")) {
            return new SqlException(ErrorCode.REGEXP_INVALID_FLAG);
        }
        if (found.contains("capturing group")) {
            return new SqlException(ErrorCode.REGEXP_INVALID_CAPTURE_GROUP_NAME);
        }
        if (found.contains("unknown character") || found.contains("unknown unicode")) {
            return new SqlException(ErrorCode.REGEXP_ILLEGAL_ARGUMENT);
        }
        return found.contains("internal error")
                ? new SqlException(ErrorCode.REGEXP_INTERNAL_ERROR)
                : new SqlException(ErrorCode.REGEXP_RULE_SYNTAX, 1, at);
    }

    /// Turns `[:alpha:]` within brackets into `\p{Alpha}`.
    static String translate(String pattern) {
        if (!pattern.contains("[:")) {
            return pattern;
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            int close = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i) : -1;
            String name = close > 0 ? pattern.substring(i + 2, close) : "";
            boolean negated = name.startsWith("^");
            String translated = posix(negated ? name.substring(1) : name);
            if (translated == null) {
                out.append(pattern.charAt(i));
                i++;
            } else {
                out.append(negated ? "\\P{" : "\\p{").append(translated).append('}');
                i = close + 2;
            }
        }
        return out.toString();
    }

    private static @Nullable String posix(String name) {
        return switch (name) {
            case "alpha" -> "Alpha";
            case "digit" -> "Digit";
            case "alnum" -> "Alnum";
            case "upper" -> "Upper";
            case "lower" -> "Lower";
            case "punct" -> "Punct";
            case "space" -> "Space";
            case "blank" -> "Blank";
            case "cntrl" -> "Cntrl";
            case "graph" -> "Graph";
            case "print" -> "Print";
            case "xdigit" -> "XDigit";
            default -> null;
        };
    }

    /// The text, counting how often the engine looks at it.
    private static final class Watched implements CharSequence {
        private final CharSequence text;
        private final EvalContext context;
        private long steps;

        Watched(CharSequence text, EvalContext context) {
            this.text = text;
            this.context = context;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps++;
            if (steps % CHECK_INTERVAL == 0) {
                context.checkInterrupted();
                if (steps > MAX_STEPS) {
                    throw new SqlException(ErrorCode.REGEXP_TIME_OUT);
                }
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
