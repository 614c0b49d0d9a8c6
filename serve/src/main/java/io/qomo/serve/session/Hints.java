package io.qomo.serve.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Optimizer hints the session itself obeys.
final class Hints {
    private static final Pattern MAX_EXECUTION_TIME =
            Pattern.compile("MAX_EXECUTION_TIME\\s*\\(\\s*(\\d{1,10})\\s*\\)");

    private Hints() {}

    /// The limit of a MAX_EXECUTION_TIME hint, or the one given.
    static long maxExecutionMs(String hints, long otherwise) {
        Matcher matcher = MAX_EXECUTION_TIME.matcher(hints.toUpperCase(Locale.ROOT));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
    }
}
