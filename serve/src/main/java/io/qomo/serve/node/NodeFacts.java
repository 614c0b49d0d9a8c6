package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.serve.console.Metric;
import io.qomo.serve.console.NodeStatus;
import io.qomo.serve.mysql.MySqlServer;
import io.qomo.serve.session.Server;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a node's console shows.
final class NodeFacts implements NodeStatus {
    private final NodeOptions options;
    private final Server service;
    private final MySqlServer listener;
    private final Env env;
    private final long startedNanos;

    NodeFacts(NodeOptions options, Server service, MySqlServer listener, Env env, long startedNanos) {
        this.options = options;
        this.service = service;
        this.listener = listener;
        this.env = env;
        this.startedNanos = startedNanos;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("version", service.serverVersion()),
                new Fact("MySQL address", options.host() + ":" + listener.port()),
                new Fact("data directory", options.dataDir() == null ? "in memory" : String.valueOf(options.dataDir())),
                new Fact("memory", (options.memoryBytes() >> 20) + " MiB"),
                new Fact("up for", TimeUnit.NANOSECONDS.toSeconds(env.nanoTime() - startedNanos) + " s"));
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        metrics.add(new Metric("qomo_connections", "Client connections", false, listener.connectionCount()));
        metrics.add(new Metric("qomo_heap_used_bytes", "Java heap in use, bytes", false, heap.getUsed()));
        metrics.add(new Metric("qomo_heap_max_bytes", "Java heap at most, bytes", false, heap.getMax()));
        metrics.add(new Metric(
                "qomo_uptime_seconds",
                "Seconds since the start",
                true,
                TimeUnit.NANOSECONDS.toSeconds(env.nanoTime() - startedNanos)));
        metrics.add(new Metric("qomo_sessions", "Sessions", false, service.sessionCount()));
        return metrics;
    }
}
