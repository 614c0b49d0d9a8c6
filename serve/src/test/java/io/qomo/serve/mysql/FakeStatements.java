package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.session.api.PreparedStatement;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.StatementStatus;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The statements a [FakeSession] understands. Any of them may follow SELECT, as one driver looks at the
/// first word.
///
/// ```
/// SELECT ?[, ?…]        the parameters as a row        NUMBERS n       rows 0 to n − 1
/// ECHO text             one string                     BLOB n          one string of n bytes 'x'
/// LENGTH text           its length in bytes            TYPES           a row of all types, see FakeTypes
/// UPDATE                affected rows and info         BLOCK           until the query is killed
/// ERROR, CRASH, DEEP    failures of three kinds        LATE n          an error after n rows
/// LOAD                  bytes of a local file          SILENT          no result at all
/// SET …, and @@variables that drivers ask for
/// ```
final class FakeStatements {
    private static final SqlType TEXT = SqlType.varchar(100, Collation.UTF8MB4_0900_AI_CI);
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("auto_increment_increment", "1"),
            Map.entry("autocommit", "1"),
            Map.entry("character_set_client", "utf8mb4"),
            Map.entry("character_set_connection", "utf8mb4"),
            Map.entry("character_set_results", "utf8mb4"),
            Map.entry("character_set_server", "utf8mb4"),
            Map.entry("collation_server", "utf8mb4_0900_ai_ci"),
            Map.entry("collation_connection", "utf8mb4_0900_ai_ci"),
            Map.entry("init_connect", ""),
            Map.entry("interactive_timeout", "28800"),
            Map.entry("license", "Apache-2.0"),
            Map.entry("lower_case_table_names", "0"),
            Map.entry("max_allowed_packet", "67108864"),
            Map.entry("net_write_timeout", "60"),
            Map.entry("performance_schema", "0"),
            Map.entry("sql_mode", "STRICT_TRANS_TABLES"),
            Map.entry("system_time_zone", "UTC"),
            Map.entry("time_zone", "SYSTEM"),
            Map.entry("transaction_isolation", "REPEATABLE-READ"),
            Map.entry("tx_isolation", "REPEATABLE-READ"),
            Map.entry("transaction_read_only", "0"),
            Map.entry("wait_timeout", "28800"));

    record Prepared(String sql) implements PreparedStatement {
        @Override
        public List<ResultColumn> parameters() {
            List<ResultColumn> parameters = new ArrayList<>();
            for (int i = 0; i < sql.length(); i++) {
                if (sql.charAt(i) == '?') {
                    parameters.add(column("?", SqlType.NULL));
                }
            }
            return parameters;
        }

        @Override
        public List<ResultColumn> columns() {
            if (sql.startsWith("NUMBERS")) {
                return List.of(column("n", SqlType.BIGINT));
            }
            if (sql.startsWith("TYPES")) {
                return FakeTypes.columns();
            }
            if (sql.startsWith("POINT")) {
                return POINT_COLUMNS;
            }
            return sql.startsWith("SELECT ?") ? parameters() : List.of();
        }

        @Override
        public void close() {}
    }

    private final FakeSession session;
    private final boolean moreResults;

    FakeStatements(FakeSession session, boolean moreResults) {
        this.session = session;
        this.moreResults = moreResults;
    }

    static ResultColumn column(String name, SqlType type) {
        return new ResultColumn("", "", "", name, "", type, 0, null);
    }

    StatementStatus status(long affected, String info) {
        return new StatementStatus(
                affected, 0, 0, ServerStatus.AUTOCOMMIT, moreResults, info.isEmpty() ? null : info, List.of());
    }

    private static final List<ResultColumn> POINT_COLUMNS = List.of(new ResultColumn(
            "sbtest", "sbtest1", "sbtest1", "c", "c", SqlType.varchar(120, Collation.UTF8MB4_0900_AI_CI), 0, null));
    private static final Batch POINT = new Batch(new Vector[] {BytesVector.constant(TEXT, "c".repeat(119))}, 1);
    private static final StatementStatus POINT_STATUS =
            new StatementStatus(0, 0, 0, ServerStatus.AUTOCOMMIT, false, null, List.of());

    void run(String sql, List<Vector> parameters, ResultSink sink) {
        if (sql.startsWith("POINT")) {
            sink.columns(POINT_COLUMNS);
            sink.rows(POINT);
            sink.endOfRows(POINT_STATUS);
            return;
        }
        String[] words = sql.replaceFirst("(?s)^/\\*.*?\\*/\\s*", "").split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "SELECT" -> select(sql, rest, parameters, sink);
            case "ECHO" -> text(rest, sink);
            case "LENGTH" -> text(Integer.toString(rest.getBytes(StandardCharsets.UTF_8).length), sink);
            case "BLOB" -> text("x".repeat((int) number(rest)), sink);
            case "NUMBERS" -> numbers(parameters.isEmpty() ? number(rest) : number(parameters), sink, -1);
            case "LATE" -> numbers(1_000_000, sink, number(rest));
            case "TYPES" -> FakeTypes.send(sink, this);
            case "UPDATE" -> {
                StateChange change = new StateChange(0, "x", "y");
                sink.ok(new StatementStatus(
                        3, 17, 2, ServerStatus.AUTOCOMMIT, moreResults, "Rows matched: 3", List.of(change)));
            }
            case "ERROR" -> throw new SqlException(ErrorCode.DUPLICATE_ENTRY, "1", "t.PRIMARY");
            case "CRASH" -> throw new IllegalArgumentException("a defect");
            case "DEEP" -> text(Integer.toString(recurse(1)), sink);
            case "BLOCK" -> block(sink);
            case "LOAD" -> load(rest, sink);
            case "SILENT" -> {}
            case "INTERRUPT" -> {
                sink.ok(status(0, ""));
                Thread.currentThread().interrupt();
            }
            case "INTERRUPTED" -> text(Boolean.toString(Thread.currentThread().isInterrupted()), sink);
            case "SHOW", "KILL" -> text(sql, sink);
            case "CHARSET" -> {
                session.resultCharset = Charset.valueOf(rest);
                sink.ok(status(0, ""));
            }
            case "ZONE" -> {
                session.zone = TimeZoneRule.of(rest, ZoneOffset.UTC);
                sink.ok(status(0, ""));
            }
            case "IDLE" -> {
                session.idleTimeout = Duration.ofMillis(number(rest));
                sink.ok(status(0, ""));
            }
            case "PACKET" -> {
                session.maxAllowedPacket = (int) number(rest);
                sink.ok(status(0, ""));
            }
            case "METADATA" -> {
                session.metadata = rest.equals("FULL");
                sink.ok(status(0, ""));
            }
            case "SET", "START", "COMMIT", "ROLLBACK" -> sink.ok(status(0, ""));
            default -> throw new SqlException(ErrorCode.PARSE_ERROR, sql, 1);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new SqlException(ErrorCode.PARSE_ERROR, text, 1);
        }
    }

    private static long number(List<Vector> parameters) {
        return ((LongVector) parameters.getFirst()).get(0);
    }

    private static int recurse(int depth) {
        return depth == Integer.MAX_VALUE ? 0 : recurse(depth + 1) + 1;
    }

    private void select(String sql, String rest, List<Vector> parameters, ResultSink sink) {
        if (!parameters.isEmpty()) {
            List<ResultColumn> columns = new ArrayList<>();
            for (Vector parameter : parameters) {
                columns.add(column("?", parameter.type()));
            }
            sink.columns(columns);
            sink.rows(new Batch(parameters.toArray(Vector[]::new), 1));
            sink.endOfRows(status(0, ""));
        } else if (rest.contains("@@")) {
            variables(rest, sink);
        } else if (rest.contains("DATABASE()")) {
            text(session.database == null ? "" : session.database, sink);
        } else if (rest.startsWith("1")) {
            text(rest, sink);
        } else {
            run(rest, parameters, sink);
        }
    }

    private void variables(String list, ResultSink sink) {
        List<ResultColumn> columns = new ArrayList<>();
        List<Vector> values = new ArrayList<>();
        String clean = list.replaceAll("/\\*.*?\\*/", "").replaceAll("(?i)\\s+limit\\s+\\d+", "");
        for (String item : clean.split(",")) {
            String[] words = item.strip().split("\\s+");
            String name = words[0].replaceAll("^@@((?i)session\\.|global\\.)?", "");
            String value = VARIABLES.get(name.toLowerCase(Locale.ROOT));
            if (value == null) {
                throw new SqlException(ErrorCode.UNKNOWN_SYSTEM_VARIABLE, name);
            }
            columns.add(column(words[words.length - 1], TEXT));
            values.add(BytesVector.constant(TEXT, value));
        }
        sink.columns(columns);
        sink.rows(new Batch(values.toArray(Vector[]::new), 1));
        sink.endOfRows(status(0, ""));
    }

    private void text(String value, ResultSink sink) {
        sink.columns(List.of(column("text", TEXT)));
        sink.rows(new Batch(new Vector[] {BytesVector.constant(TEXT, value)}, 1));
        sink.endOfRows(status(0, ""));
    }

    private void numbers(long count, ResultSink sink, long failAfter) {
        sink.columns(List.of(column("n", SqlType.BIGINT)));
        LongVector vector = new LongVector(SqlType.BIGINT, Vector.BATCH_ROWS);
        for (long from = 0; from < count; from += Vector.BATCH_ROWS) {
            int rows = (int) Math.min(Vector.BATCH_ROWS, count - from);
            for (int i = 0; i < rows; i++) {
                vector.set(i, from + i);
            }
            if (failAfter >= 0 && from + rows > failAfter) {
                sink.rows(new Batch(new Vector[] {vector}, (int) (failAfter - from)));
                throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
            }
            if (session.isKilled()) {
                throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
            }
            sink.rows(new Batch(new Vector[] {vector}, rows));
        }
        sink.endOfRows(status(0, ""));
    }

    private void block(ResultSink sink) {
        session.running.countDown();
        try {
            if (!session.queryKilled.await(20, TimeUnit.SECONDS)) {
                sink.ok(status(0, ""));
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
    }

    private void load(String mode, ResultSink sink) {
        try (InputStream in = sink.localFile("data.csv")) {
            if (mode.equals("REFUSE")) {
                throw new SqlException(ErrorCode.DATA_TOO_LONG, "c", 1);
            }
            long bytes = 0;
            byte[] buffer = new byte[5000];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
            sink.ok(status(bytes, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
