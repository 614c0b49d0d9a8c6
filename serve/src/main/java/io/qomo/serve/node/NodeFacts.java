package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.serve.console.Metric;
import io.qomo.serve.console.NodeStatus;
import io.qomo.serve.mysql.MySqlServer;
import io.qomo.serve.session.Server;
import io.qomo.serve.session.StatementTimes;
import io.qomo.store.Store;
import io.qomo.store.txn.TransactionManager;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a node's console shows. The counts are those of SHOW GLOBAL STATUS.
final class NodeFacts implements NodeStatus {
    private static final String COMMAND_PREFIX = "Com_";
    /// Counted beside what they run.
    private static final String PREPARED_PREFIX = "Com_stmt_";

    private final NodeOptions options;
    private final Server service;
    private final Store store;
    private final MySqlServer listener;
    private final int port;
    private final Env env;
    private final long startedNanos;

    NodeFacts(
            NodeOptions options,
            Server service,
            Store store,
            MySqlServer listener,
            int port,
            Env env,
            long startedNanos) {
        this.options = options;
        this.service = service;
        this.store = store;
        this.listener = listener;
        this.port = port;
        this.env = env;
        this.startedNanos = startedNanos;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isDiskFull() {
        return store.isDiskFull();
    }

    @Override
    public List<Fact> facts() {
        StatementTimes times = service.statementTimes();
        return List.of(
                new Fact("version", service.serverVersion()),
                new Fact("MySQL address", options.host() + ":" + port),
                new Fact("data directory", options.dataDir() == null ? "in memory" : String.valueOf(options.dataDir())),
                new Fact("memory", (options.memoryBytes() >> 20) + " MiB"),
                new Fact("up for", words(uptime())),
                new Fact(
                        "statements took",
                        "half of them less than %s, 99 %% less than %s"
                                .formatted(
                                        milliseconds(times.withinSeconds(0.5)),
                                        milliseconds(times.withinSeconds(0.99)))));
    }

    private Duration uptime() {
        return Duration.ofNanos(env.nanoTime() - startedNanos);
    }

    private static String words(Duration time) {
        String clock = "%d:%02d:%02d".formatted(time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
        return time.toDays() == 0 ? clock : time.toDays() + (time.toDays() == 1 ? " day " : " days ") + clock;
    }

    private static String milliseconds(double seconds) {
        return Double.isInfinite(seconds) ? "ever" : String.format(Locale.ROOT, "%.2f ms", seconds * 1000);
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        Map<String, Long> counters = service.counterValues();
        clients(metrics, counters);
        statements(metrics, counters);
        transactions(metrics, counters);
        memory(metrics);
        disk(metrics);
        metrics.add(Metric.gauge("qomo_uptime_seconds", "Seconds since the start", uptime().toSeconds()));
        return metrics;
    }

    private void clients(List<Metric> metrics, Map<String, Long> counters) {
        metrics.add(Metric.gauge("qomo_connections", "Client connections", listener.connectionCount()));
        metrics.add(counter(counters, "qomo_connections_total", "Sessions opened", "Connections"));
        metrics.add(counter(counters, "qomo_failed_logins_total", "Clients turned away at log-in", "Aborted_connects"));
        metrics.add(counter(
                counters,
                "qomo_lost_clients_total",
                "Clients gone without good-bye, or idle too long",
                "Aborted_clients"));
        metrics.add(counter(counters, "qomo_received_bytes_total", "Bytes received from clients", "Bytes_received"));
        metrics.add(counter(counters, "qomo_sent_bytes_total", "Bytes sent to clients", "Bytes_sent"));
    }

    private static Metric counter(Map<String, Long> counters, String name, String help, String statusName) {
        return Metric.counter(name, help, counters.getOrDefault(statusName, 0L));
    }

    private void statements(List<Metric> metrics, Map<String, Long> counters) {
        metrics.add(Metric.gauge("qomo_running_statements", "Statements that run now", service.runningCount()));
        metrics.add(counter(counters, "qomo_questions_total", "Statements", "Questions"));
        List<Metric.Series> kinds = new ArrayList<>();
        for (Map.Entry<String, Long> entry : counters.entrySet()) {
            String name = entry.getKey();
            if (name.startsWith(COMMAND_PREFIX) && !name.startsWith(PREPARED_PREFIX)) {
                String kind = name.substring(COMMAND_PREFIX.length()).replace(' ', '_');
                kinds.add(new Metric.Series("", "kind=\"" + kind + "\"", entry.getValue()));
            }
        }
        if (!kinds.isEmpty()) {
            metrics.add(new Metric("qomo_statements_total", "Statements by kind", Metric.Type.COUNTER, kinds));
        }
        metrics.add(counter(counters, "qomo_executions_total", "Prepared statements executed", "Com_stmt_execute"));
        metrics.add(counter(counters, "qomo_errors_total", "Statements that failed", "Qomo_errors"));
        metrics.add(counter(
                counters, "qomo_slow_statements_total", "Statements longer than long_query_time", "Slow_queries"));
        metrics.add(histogram(service.statementTimes()));
    }

    private static Metric histogram(StatementTimes times) {
        List<Metric.Series> series = new ArrayList<>();
        long[] counts = times.counts();
        long sum = 0;
        for (int i = 0; i < times.bounds(); i++) {
            sum += counts[i];
            String bound = String.format(Locale.ROOT, "%.9f", times.boundSeconds(i));
            series.add(new Metric.Series("_bucket", "le=\"" + bound + "\"", sum));
        }
        sum += counts[times.bounds()];
        series.add(new Metric.Series("_bucket", "le=\"+Inf\"", sum));
        series.add(new Metric.Series("_sum", "", times.totalSeconds()));
        series.add(new Metric.Series("_count", "", sum));
        return new Metric(
                "qomo_statement_seconds",
                "How long statements took, until their results were handed over",
                Metric.Type.HISTOGRAM,
                series);
    }

    private void transactions(List<Metric> metrics, Map<String, Long> counters) {
        TransactionManager transactions = store.transactions();
        metrics.add(Metric.gauge("qomo_open_transactions", "Open transactions", transactions.openTransactions()));
        metrics.add(counter(counters, "qomo_commits_total", "Transactions committed", "Handler_commit"));
        metrics.add(counter(counters, "qomo_rollbacks_total", "Transactions rolled back", "Handler_rollback"));
        metrics.add(Metric.counter("qomo_lock_waits_total", "Waits for row locks", transactions.lockWaits()));
        metrics.add(Metric.counter(
                "qomo_lock_wait_seconds_total", "Seconds waited for row locks", transactions.lockWaitNanos() / 1e9));
        metrics.add(counter(counters, "qomo_deadlocks_total", "Deadlocks (error 1213)", "Qomo_deadlocks"));
        metrics.add(counter(
                counters,
                "qomo_lock_timeouts_total",
                "Waits for locks given up (error 1205)",
                "Qomo_lock_wait_timeouts"));
    }

    private void memory(List<Metric> metrics) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        metrics.add(Metric.gauge("qomo_heap_used_bytes", "Java heap in use", heap.getUsed()));
        metrics.add(Metric.gauge("qomo_heap_max_bytes", "Java heap at most", heap.getMax()));
        MemoryAccount queries = service.queryMemory();
        metrics.add(Metric.gauge("qomo_query_memory_bytes", "Memory of running statements", queries.usedBytes()));
        metrics.add(Metric.gauge(
                "qomo_query_memory_max_bytes", "Memory of running statements at most", queries.limitBytes()));
        metrics.add(Metric.gauge(
                "qomo_transaction_memory_bytes",
                "Memory of writes not yet committed",
                store.transactions().bufferedBytes()));
    }

    private void disk(List<Metric> metrics) {
        if (options.dataDir() != null) {
            DiskUse use = DiskUse.of(options.dataDir());
            metrics.add(Metric.gauge("qomo_disk_used_bytes", "Disk space of the data directory", use.usedBytes()));
            metrics.add(Metric.gauge("qomo_disk_free_bytes", "Free disk space beside it", use.freeBytes()));
        }
    }
}
