package io.qomo.testing.crash;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server in a process of its own.
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("qomo ready mysql=127\\.0\\.0\\.1:(\\d+) .*");

    private final Process process;
    private final int port;

    /// Starts a server on a directory and waits until it is ready.
    public ServerProcess(Path dataDir, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.qomo.serve.cli.Main",
                "start",
                "--data-dir",
                dataDir.toString(),
                "--http-port",
                "0"));
        if (!List.of(options).contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(dataDir + ".log")))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        Matcher ready = null;
        while (line != null) {
            ready = READY.matcher(line);
            if (ready.matches()) {
                break;
            }
            line = out.readLine();
        }
        if (line == null || ready == null) {
            throw new IOException("the server did not start; see " + dataDir + ".log");
        }
        port = Integer.parseInt(ready.group(1));
    }

    /// Of the MySQL protocol.
    public int port() {
        return port;
    }

    /// A session of root.
    public Connection connect(String database) throws IOException {
        return new Connection(new Connection.Options("127.0.0.1", port, "root", "", database, Duration.ofSeconds(30)));
    }

    /// Runs a statement and returns its rows.
    public static List<String> query(Connection connection, String sql) throws IOException {
        Rows rows = new Rows();
        connection.query(sql, rows);
        return rows.lines;
    }

    /// kill -9.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    /// SIGTERM; returns the exit status.
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /// SIGSTOP.
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// SIGCONT.
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static final class Rows implements ResultHandler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {
            List<String> texts = new ArrayList<>();
            for (byte[] value : values) {
                texts.add(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
            }
            lines.add(String.join("\t", texts));
        }

        @Override
        public void endOfRows(int warnings) {}
    }
}
