package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// The conversation: history, several lines per statement, completion of keywords and of the database's tables.
final class InteractiveShell {
    private static final List<String> KEYWORDS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP BY",
            "ORDER BY",
            "HAVING",
            "LIMIT",
            "INSERT INTO",
            "VALUES",
            "UPDATE",
            "SET",
            "DELETE FROM",
            "REPLACE INTO",
            "CREATE TABLE",
            "CREATE DATABASE",
            "CREATE INDEX",
            "CREATE VIEW",
            "ALTER TABLE",
            "DROP TABLE",
            "DROP DATABASE",
            "TRUNCATE TABLE",
            "SHOW DATABASES",
            "SHOW TABLES",
            "SHOW CREATE TABLE",
            "SHOW PROCESSLIST",
            "SHOW VARIABLES LIKE",
            "DESCRIBE",
            "EXPLAIN",
            "USE",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "JOIN",
            "LEFT JOIN",
            "INNER JOIN",
            "ON",
            "USING",
            "UNION ALL",
            "DISTINCT",
            "AS",
            "AND",
            "OR",
            "NOT",
            "NULL",
            "LIKE",
            "BETWEEN",
            "EXISTS",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END");

    private final Connection connection;
    private final SqlOptions options;
    private final Set<String> names = new TreeSet<>();

    InteractiveShell(Connection connection, SqlOptions options) {
        this.connection = connection;
        this.options = options;
    }

    int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            PrintWriter out = terminal.writer();
            out.printf(
                    "Connected to %s (connection %d). End statements with ; or \\G; `help` helps, `exit` leaves.%n%n",
                    connection.serverVersion(), connection.connectionId());
            DefaultParser parser = new DefaultParser();
            parser.setEscapeChars(new char[0]);
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(parser)
                    .completer((line, words, found) -> complete(words.word(), found))
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".qomo_history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            learnNames();
            converse(reader, out);
        }
        return 0;
    }

    private void converse(LineReader reader, PrintWriter out) throws IOException {
        StatementSplitter splitter = new StatementSplitter();
        while (true) {
            String line;
            try {
                line = reader.readLine(splitter.isBlank() ? "qomo> " : "   " + splitter.pending() + "> ");
            } catch (UserInterruptException e) {
                splitter.takeRest();
                continue;
            } catch (EndOfFileException e) {
                out.println("Bye");
                return;
            }
            String word = line.strip().toLowerCase(Locale.ROOT).replaceAll(";$", "");
            if (splitter.isBlank() && Set.of("exit", "quit", "\\q").contains(word)) {
                out.println("Bye");
                return;
            }
            if (splitter.isBlank() && Set.of("help", "\\h", "?").contains(word)) {
                out.println("""
                        Statements may span lines and end with ; (table), \\G (one value per line).
                        DELIMITER xx changes the ending; Tab completes; arrows walk through history; Ctrl-C forgets
                        what is typed; exit, quit or Ctrl-D leave.
                        """);
                continue;
            }
            for (StatementSplitter.Statement statement : splitter.addLine(line)) {
                execute(statement, out);
            }
        }
    }

    private void execute(StatementSplitter.Statement statement, PrintWriter out) throws IOException {
        TablePrinter.Form form = statement.vertical() ? TablePrinter.Form.VERTICAL : TablePrinter.Form.TABLE;
        try {
            connection.query(statement.sql(), new TablePrinter(out, form, false));
            String start = statement.sql().toLowerCase(Locale.ROOT);
            if (start.startsWith("use ") || start.startsWith("create ") || start.startsWith("drop ")) {
                learnNames();
            }
        } catch (ServerError e) {
            out.printf("ERROR %d (%s): %s%n%n", e.errno(), e.sqlState(), e.getMessage());
        }
        out.flush();
    }

    private void learnNames() throws IOException {
        names.clear();
        try {
            connection.query(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                            + " UNION SELECT schema_name FROM information_schema.schemata",
                    new NameCollector());
        } catch (ServerError e) {
            // Completion of names is a convenience: a user who may not list tables still has a shell.
            names.clear();
        }
    }

    private void complete(String word, List<Candidate> found) {
        String start = word.toLowerCase(Locale.ROOT);
        for (String name : names) {
            if (name.toLowerCase(Locale.ROOT).startsWith(start)) {
                found.add(new Candidate(name));
            }
        }
        for (String keyword : KEYWORDS) {
            if (keyword.toLowerCase(Locale.ROOT).startsWith(start)) {
                found.add(new Candidate(keyword));
            }
        }
    }

    private final class NameCollector implements ResultHandler {
        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {
            byte[] name = values[0];
            if (name != null) {
                names.add(new String(name, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void endOfRows(int warnings) {}
    }
}
