package io.qomo.serve.console;

/// A number to show.
///
/// @param name in Prometheus' form: `qomo_connections`, `qomo_queries_total`
/// @param help one sentence
/// @param isCounter only ever rises; else it is a gauge
/// @param value now
public record Metric(String name, String help, boolean isCounter, double value) {}
