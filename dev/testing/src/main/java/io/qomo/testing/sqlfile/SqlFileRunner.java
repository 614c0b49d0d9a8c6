package io.qomo.testing.sqlfile;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs one golden file against a server, in a database of its own that is dropped at the end.
public final class SqlFileRunner {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /// How long a statement must stay without an answer to count as waiting.
    private static final long START_WAIT_MS = 100;
    private static final int BINARY_COLLATION = 63;
    /// MYSQL_TYPE_JSON: text, though its collation is binary.
    private static final int JSON = 245;

    /// The server under test.
    ///
    /// @param name `qomo` or `mariadb`, as in `skip NAME`
    /// @param host its address
    /// @param port its port
    public record Target(String name, String host, int port) {}

    private final Target target;
    private final boolean rewrite;
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, Future<Answer>> started = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final StringBuilder rewritten = new StringBuilder();
    private String database = "";

    /// With `rewrite` nothing fails: the file gets what the server says.
    public SqlFileRunner(Target target, boolean rewrite) {
        this.target = target;
        this.rewrite = rewrite;
    }

    /// Runs the file and returns what differed, one text per block.
    public List<String> run(SqlFile file) throws IOException {
        database = "test_" + Integer.toHexString(file.path().hashCode() & 0x7FFFFFFF);
        try {
            connect("default", "").query("DROP DATABASE IF EXISTS " + database, new Collector());
            connection("default").query("CREATE DATABASE " + database, new Collector());
            connection("default").query("USE " + database, new Collector());
            runBlocks(file);
            connection("default").query("DROP DATABASE " + database, new Collector());
        } finally {
            for (Connection connection : connections.values()) {
                connection.close();
            }
        }
        if (rewrite) {
            Files.writeString(file.path(), rewritten.toString());
        }
        return failures;
    }

    private void runBlocks(SqlFile file) throws IOException {
        String current = "default";
        boolean skipNext = false;
        for (Block block : file.blocks()) {
            if (block.directive().startsWith("connection ")) {
                current = block.directive().substring("connection ".length()).strip();
                keep(block);
            } else if (block.directive().startsWith("skip ")) {
                skipNext = block.directive().startsWith("skip " + target.name() + " ");
                keep(block);
            } else if (block.directive().startsWith("only ")) {
                keep(block);
                if (!block.directive().startsWith("only " + target.name() + " ")) {
                    return;
                }
            } else if (block.isStart()) {
                keep(block);
                start(block, current);
            } else if (block.isQuery() || block.isStatement() || block.isFinish()) {
                if (skipNext || (block.isPlan() && !target.name().equals("qomo"))) {
                    keep(block);
                } else {
                    check(block, block.isFinish() ? finish(block, current) : run(block, connection(current)));
                }
                skipNext = false;
            } else if (block.directive().startsWith("#")) {
                keep(block);
            } else {
                failures.add(file.path() + ":" + block.line() + ": unknown directive " + block.directive());
            }
        }
    }

    private Connection connection(String name) throws IOException {
        Connection known = connections.get(name);
        return known != null ? known : connect(name, database);
    }

    private Connection connect(String name, String initialDatabase) throws IOException {
        String[] words = name.split(" ");
        boolean isOther = words.length == 4 && words[1].equals("as");
        String user = isOther ? words[2] : "root";
        String password = isOther ? words[3] : "";
        Connection fresh = new Connection(
                new Connection.Options(target.host(), target.port(), user, password, initialDatabase, TIMEOUT));
        connections.put(name, fresh);
        return fresh;
    }

    private void keep(Block block) {
        rewritten.append(rewritten.isEmpty() ? "" : "\n").append(block.text(block.expected(), block.directive()));
    }

    /// What a statement answered; `errno` is 0 if it succeeded.
    private record Answer(int errno, List<String> lines) {}

    private static Answer run(Block block, Connection connection) throws IOException {
        Collector collector = block.isPlan() ? new PlanCollector() : new Collector();
        try {
            connection.query(block.sql(), collector);
            return new Answer(0, collector.lines);
        } catch (ServerError e) {
            return new Answer(e.errno(), List.of(Objects.toString(e.getMessage(), "")));
        }
    }

    private void start(Block block, String name) throws IOException {
        Connection connection = connection(name);
        FutureTask<Answer> task = new FutureTask<>(() -> run(block, connection));
        Thread.ofVirtual().start(task);
        started.put(name, task);
        try {
            Answer early = task.get(START_WAIT_MS, TimeUnit.MILLISECONDS);
            failures.add("line " + block.line() + ": " + block.sql() + "\n  did not wait: " + early);
        } catch (TimeoutException e) {
            // as it should be
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private Answer finish(Block block, String name) throws IOException {
        Future<Answer> task = started.remove(name);
        if (task == null) {
            throw new IOException("line " + block.line() + ": nothing was started on this connection");
        }
        try {
            return task.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("line " + block.line() + ": no answer", e);
        }
    }

    private void check(Block block, Answer answer) {
        int errno = answer.errno;
        List<String> actual = new ArrayList<>();
        // The database's name depends on the file's place; in files it is `db`.
        answer.lines.forEach(line -> actual.add(line.replace(database, "db")));
        List<String> expected = new ArrayList<>(block.expected());
        if (block.isSorted()) {
            sortRows(actual);
            sortRows(expected);
        }
        String directive = directiveFor(block, errno);
        if (rewrite) {
            boolean showLines = block.isQuery() || errno != 0 || block.hasExpected();
            rewritten
                    .append(rewritten.isEmpty() ? "" : "\n")
                    .append(block.text(showLines ? actual : List.of(), directive));
            return;
        }
        if (block.isPlan() && errno == 0) {
            actual.replaceAll(String::stripTrailing);
        }
        boolean linesMatter = block.isQuery() || block.hasExpected();
        // MariaDB words many messages in its own way, so there the number alone counts.
        boolean textDiffers = target.name().equals("mariadb") && errno != 0 ? false : !actual.equals(expected);
        if (!directive.equals(block.directive()) || (linesMatter && textDiffers)) {
            failures.add("line " + block.line() + ": " + block.sql() + "\n  expected " + block.directive() + ": "
                    + String.join("\n    ", expected) + "\n  actual   " + directive + ": "
                    + String.join("\n    ", actual));
        }
    }

    private static String directiveFor(Block block, int errno) {
        if (errno != 0) {
            return (block.isFinish() ? "finish error " : "statement error ") + errno;
        }
        if (block.isFinish()) {
            return block.isQuery() ? "finish query" : "finish ok";
        }
        return block.isQuery() ? block.directive() : "statement ok";
    }

    private static void sortRows(List<String> lines) {
        if (lines.size() > 2) {
            lines.subList(1, lines.size()).sort(null);
        }
    }

    /// Turns a plan into lines without what changes from run to run: costs, numbers of rows, times.
    private static final class PlanCollector extends Collector {
        private static final Pattern COSTS = Pattern.compile("_cost\": \"[^\"]*\"");
        private static final Pattern ESTIMATES = Pattern.compile("  \\(cost=[^)]*\\)( \\(actual[^)]*\\))?");

        @Override
        public void columns(List<Column> header) {}

        @Override
        public void row(byte[] @Nullable [] values) {
            String plan = new String(Objects.requireNonNull(values[0]), StandardCharsets.UTF_8);
            COSTS.matcher(ESTIMATES.matcher(plan).replaceAll(""))
                    .replaceAll("_cost\": \"\"")
                    .lines()
                    .forEach(lines::add);
        }

        @Override
        public void endOfRows(int warnings) {}
    }

    /// Turns results into lines.
    private static class Collector implements ResultHandler {
        final List<String> lines = new ArrayList<>();
        private List<Column> columns = List.of();

        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {
            lines.add("affected " + affectedRows
                    + (lastInsertId == 0 ? "" : " insert id " + lastInsertId)
                    + (warnings == 0 ? "" : " warnings " + warnings));
        }

        @Override
        public void columns(List<Column> header) {
            columns = header;
            lines.add(String.join("\t", header.stream().map(Column::name).toList()));
        }

        @Override
        public void row(byte[] @Nullable [] values) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < values.length; i++) {
                line.append(i == 0 ? "" : "\t").append(text(values[i], columns.get(i)));
            }
            lines.add(line.toString());
        }

        private static String text(byte @Nullable [] value, Column column) {
            if (value == null) {
                return "NULL";
            }
            String text = new String(value, StandardCharsets.UTF_8);
            boolean raw = column.collation() == BINARY_COLLATION && !column.isNumeric() && column.type() != JSON;
            if (raw && !text.chars().allMatch(c -> c >= ' ' && c < 127)) {
                return "0x" + HexFormat.of().withUpperCase().formatHex(value);
            }
            return text.isEmpty()
                    ? "(empty)"
                    : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        }

        @Override
        public void endOfRows(int warnings) {
            if (warnings > 0) {
                lines.add("warnings " + warnings);
            }
        }
    }
}
