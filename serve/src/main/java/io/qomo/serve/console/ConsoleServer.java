package io.qomo.serve.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.qomo.base.env.Env;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Serves `/health`, `/metrics`, `/api/status` and the page `/`.
///
/// Started at once but made of nothing costly: classes of the HTTP server are loaded by the first request's thread.
public final class ConsoleServer implements AutoCloseable {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /// A request holds a thread from its first byte on, so slow or silent clients must not take the last one.
    private static final int MAX_THREADS = 64;

    private final HttpServer server;
    private final ExecutorService workers;
    private final NodeStatus status;

    /// Listens; port 0 takes a free one. Throws [IOException] if the address cannot be had.
    public ConsoleServer(String host, int port, NodeStatus status, Env env) throws IOException {
        this.status = status;
        this.server = HttpServer.create(new InetSocketAddress(host, port), 16);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), env.threads("console"));
        threads.allowCoreThreadTimeOut(true);
        this.workers = threads;
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /// The port it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                send(exchange, 405, TEXT, "only GET\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> send(exchange, 200, HTML, page());
                case "/health" -> send(exchange, status.isReady() ? 200 : 503, TEXT, health());
                case "/metrics" -> send(exchange, 200, TEXT, metricsText());
                case "/api/status" -> send(exchange, 200, JSON, statusJson());
                default -> send(exchange, 404, TEXT, "no such page\n");
            }
        }
    }

    private String health() {
        if (!status.isReady()) {
            return "not ready\n";
        }
        return status.isDiskFull() ? "ready, but writes are refused: the disk is full\n" : "ready\n";
    }

    private static void send(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self' 'unsafe-inline'");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, isHead ? -1 : bytes.length);
        if (!isHead) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private static String page() throws IOException {
        try (InputStream in = ConsoleServer.class.getResourceAsStream("console.html")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String metricsText() {
        StringBuilder text = new StringBuilder();
        for (Metric metric : status.metrics()) {
            text.append("# HELP ")
                    .append(metric.name())
                    .append(' ')
                    .append(metric.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(metric.name())
                    .append(' ')
                    .append(metric.type().name().toLowerCase(Locale.ROOT))
                    .append('\n');
            for (Metric.Series series : metric.series()) {
                text.append(metric.name()).append(series.suffix());
                if (!series.labels().isEmpty()) {
                    text.append('{').append(series.labels()).append('}');
                }
                text.append(' ').append(number(series.value())).append('\n');
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private String statusJson() {
        StringBuilder json =
                new StringBuilder("{\"ready\":").append(status.isReady()).append(",\"facts\":[");
        List<NodeStatus.Fact> facts = status.facts();
        for (int i = 0; i < facts.size(); i++) {
            json.append(i == 0 ? "" : ",").append("{\"name\":");
            quote(json, facts.get(i).name());
            json.append(",\"value\":");
            quote(json, facts.get(i).value());
            json.append('}');
        }
        json.append("],\"metrics\":[");
        String separator = "";
        for (Metric metric : status.metrics()) {
            if (metric.type() != Metric.Type.HISTOGRAM) {
                for (Metric.Series series : metric.series()) {
                    json.append(separator);
                    metric(json, metric, series);
                    separator = ",";
                }
            }
        }
        return json.append("]}\n").toString();
    }

    private static void metric(StringBuilder json, Metric metric, Metric.Series series) {
        json.append("{\"name\":");
        quote(json, metric.name());
        json.append(",\"labels\":");
        quote(json, series.labels());
        json.append(",\"help\":");
        quote(json, metric.help());
        json.append(",\"counter\":").append(metric.type() == Metric.Type.COUNTER);
        json.append(",\"value\":").append(number(series.value())).append('}');
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /// Stops listening; requests in progress are cut off.
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
