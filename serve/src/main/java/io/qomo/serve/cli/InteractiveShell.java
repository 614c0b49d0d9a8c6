package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
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
    private final Connection connection;
    private final SqlOptions options;
    private final String password;
    private final Set<String> names = new TreeSet<>();
    private String database = "";
    private volatile boolean running;

    InteractiveShell(Connection connection, SqlOptions options, String password) {
        this.connection = connection;
        this.options = options;
        this.password = password;
    }

    int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            PrintWriter out = terminal.writer();
            out.printf(
                    "Connected to %s (connection %d). End statements with ; or \\G; `help` helps, `exit` leaves.%n%n",
                    connection.serverVersion(), connection.connectionId());
            terminal.handle(Terminal.Signal.INT, signal -> interruptStatement(out));
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
                line = reader.readLine(splitter.isBlank() ? prompt() : "   " + splitter.pending() + "> ");
            } catch (UserInterruptException e) {
                splitter.takeRest();
                continue;
            } catch (EndOfFileException e) {
                out.println("Bye");
                return;
            }
            ClientCommand command = splitter.isBlank() ? ClientCommand.parse(line) : ClientCommand.NONE;
            switch (command.kind()) {
                case NONE -> {
                    for (StatementSplitter.Statement statement : splitter.addLine(line)) {
                        execute(statement, out);
                    }
                }
                case QUIT -> {
                    out.println("Bye");
                    return;
                }
                case HELP -> out.println(ClientCommand.HELP_TEXT);
                case USE ->
                    execute(
                            new StatementSplitter.Statement("USE " + ClientCommand.quote(command.argument()), false),
                            out);
                case STATUS -> execute(new StatementSplitter.Statement(ClientCommand.STATUS_QUERY, true), out);
                case SOURCE -> source(command.argument(), out);
            }
            out.flush();
        }
    }

    private String prompt() {
        return database.isEmpty() ? "qomo> " : "qomo " + database + "> ";
    }

    private void source(String file, PrintWriter out) throws IOException {
        try {
            new SqlShell(options, out, out).runFile(connection, file);
            learnNames();
        } catch (UsageException | NoSuchFileException e) {
            out.println(e.getMessage());
        }
    }

    private void execute(StatementSplitter.Statement statement, PrintWriter out) throws IOException {
        TablePrinter.Form form = statement.vertical() ? TablePrinter.Form.VERTICAL : TablePrinter.Form.TABLE;
        try {
            running = true;
            connection.query(statement.sql(), new TablePrinter(out, form, false));
            String start = statement.sql().toLowerCase(Locale.ROOT);
            if (start.startsWith("use ") || start.startsWith("create ") || start.startsWith("drop ")) {
                learnNames();
            }
        } catch (ServerError e) {
            out.printf("ERROR %d (%s): %s%n%n", e.errno(), e.sqlState(), e.getMessage());
        } finally {
            running = false;
        }
        out.flush();
    }

    /// Ctrl-C while a statement runs ends the statement, not the shell: another connection kills it.
    private void interruptStatement(PrintWriter out) {
        if (!running) {
            return;
        }
        try (Connection killer = SqlShell.connect(options, password)) {
            killer.query("KILL QUERY " + connection.connectionId(), new NameCollector(new TreeSet<>()));
        } catch (IOException e) {
            out.println("could not cancel the statement: " + e.getMessage());
            out.flush();
        }
    }

    private void learnNames() throws IOException {
        names.clear();
        try {
            Set<String> current = new TreeSet<>();
            connection.query("SELECT DATABASE()", new NameCollector(current));
            database = current.isEmpty() ? "" : current.iterator().next();
            connection.query(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                            + " UNION SELECT schema_name FROM information_schema.schemata",
                    new NameCollector(names));
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
        for (String keyword : CompletionWords.ALL) {
            if (keyword.toLowerCase(Locale.ROOT).startsWith(start)) {
                found.add(new Candidate(keyword));
            }
        }
    }

    /// Adds the first column of every row to a set.
    private record NameCollector(Set<String> target) implements ResultHandler {
        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {
            byte[] name = values[0];
            if (name != null) {
                target.add(new String(name, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void endOfRows(int warnings) {}
    }
}
