package io.qomo.serve.console;

import java.util.List;

/// Numbers to show, as Prometheus has them.
///
/// @param name in Prometheus' form: `qomo_connections`, `qomo_statements_total`
/// @param help one sentence
/// @param type what may be done with the numbers
/// @param series the numbers now, at least one
public record Metric(String name, String help, Type type, List<Series> series) {
    /// What may be done with a number.
    public enum Type {
        /// Only ever rises, but for FLUSH STATUS.
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /// A number.
    ///
    /// @param suffix behind the metric's name (`_bucket`), or empty
    /// @param labels as they stand between braces: `kind="select"`, or empty
    /// @param value now
    public record Series(String suffix, String labels, double value) {}

    /// Copies the list.
    public Metric {
        series = List.copyOf(series);
    }

    /// A number that only ever rises.
    public static Metric counter(String name, String help, double value) {
        return new Metric(name, help, Type.COUNTER, List.of(new Series("", "", value)));
    }

    /// A number that goes up and down.
    public static Metric gauge(String name, String help, double value) {
        return new Metric(name, help, Type.GAUGE, List.of(new Series("", "", value)));
    }
}
