package io.qomo.serve.console;

import java.util.List;

/// What the console shows; each call reads the present state.
public interface NodeStatus {
    /// Whether statements are served.
    boolean isReady();

    /// Whether writes are refused because the disk is full.
    boolean isDiskFull();

    /// Facts in words for the page: name and value (version, address, data directory, uptime).
    List<Fact> facts();

    /// Numbers for the page and for scrapers.
    List<Metric> metrics();

    /// A fact.
    record Fact(String name, String value) {}
}
