package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.Signals;

/// The conversation: history, several lines per statement, completion, and a connection that outlives the server's
/// restarts.
final class InteractiveShell {
    private static final String VERTICAL = "\\G";
    /// Statements after which names, or the current database, may be others.
    private static final Set<String> CHANGING = Set.of("use", "create", "drop", "alter", "rename");

    private final Connection first;
    private final SqlOptions options;
    private final String password;
    private final StringBuilder typed = new StringBuilder();
    private final ShellHistory history = new ShellHistory();
    private volatile boolean running;

    InteractiveShell(Connection connection, SqlOptions options, String password) {
        this.first = connection;
        this.options = options;
        this.password = password;
    }

    int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            PrintStream out = new PrintStream(terminal.output(), false, StandardCharsets.UTF_8);
            out.printf(
                    "Connected to %s (connection %d). End statements with ; or %s; `help` helps, `exit` leaves.%n%n",
                    first.serverVersion(), first.connectionId(), VERTICAL);
            out.flush();
            try (LiveConnection connection = new LiveConnection(first, options, password, out)) {
                terminal.handle(Terminal.Signal.INT, signal -> interruptStatement(connection, out));
                if (terminal instanceof DumbTerminal) {
                    // It hears no signals of its own: the JVM would end.
                    Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
                }
                SchemaNames names = new SchemaNames(connection);
                new Conversation(connection, names, reader(terminal, names), out).hold();
            }
        }
        return 0;
    }

    private LineReader reader(Terminal terminal, SchemaNames names) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new LastWord())
                .completer((reader, line, found) -> complete(line, names, found))
                .history(history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
                .option(LineReader.Option.AUTO_MENU, false);
        String home = System.getenv("HOME");
        Path file = ShellHistory.file(
                Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", ".") : home));
        if (file != null) {
            builder.variable(LineReader.HISTORY_FILE, file);
        }
        LineReader reader = builder.build();
        ShellKeys.bind(reader);
        return reader;
    }

    private void complete(ParsedLine line, SchemaNames names, List<Candidate> found) {
        String before = typed + line.line().substring(0, line.cursor());
        String after = line.line().substring(line.cursor());
        for (String word : Completions.of(before, after, names)) {
            found.add(new Candidate(word));
        }
    }

    /// Ctrl-C while a statement runs ends the statement, not the shell: another connection kills it.
    private void interruptStatement(LiveConnection connection, PrintStream out) {
        if (!running) {
            return;
        }
        try (LiveConnection killer =
                new LiveConnection(SqlShell.connect(options, password, ""), options, password, out)) {
            killer.quietly("KILL QUERY " + connection.connectionId(), values -> {});
        } catch (IOException e) {
            out.println("could not cancel the statement: " + e.getMessage());
            out.flush();
        }
    }

    /// Takes the piece of a name before the cursor as the word to complete.
    private static final class LastWord implements Parser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            int from = cursor;
            while (from > 0 && SqlWords.isPartOfName(line.charAt(from - 1))) {
                from--;
            }
            return new Word(line, cursor, line.substring(from, cursor));
        }
    }

    private record Word(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }

    /// What is said, line by line.
    private final class Conversation {
        private final LiveConnection connection;
        private final SchemaNames names;
        private final LineReader reader;
        private final PrintStream out;
        private final StatementSplitter splitter = new StatementSplitter();

        Conversation(LiveConnection connection, SchemaNames names, LineReader reader, PrintStream out) {
            this.connection = connection;
            this.names = names;
            this.reader = reader;
            this.out = out;
        }

        void hold() {
            boolean goesOn = true;
            while (goesOn) {
                try {
                    goesOn = take(reader.readLine(splitter.isBlank() ? prompt() : continuation()));
                } catch (UserInterruptException e) {
                    splitter.takeRest();
                    typed.setLength(0);
                } catch (EndOfFileException e) {
                    goesOn = false;
                }
                out.flush();
            }
            out.println("Bye");
            out.flush();
        }

        private String prompt() {
            return connection.database().isEmpty() ? "qomo> " : "qomo " + connection.database() + "> ";
        }

        /// As wide as the prompt.
        private String continuation() {
            String sign = splitter.pending() + "> ";
            return " ".repeat(Math.max(0, DisplayWidth.of(prompt()) - sign.length())) + sign;
        }

        /// What was entered: a line, or several if they were pasted or come from history. False to leave.
        private boolean take(String entered) {
            boolean isStart = splitter.isBlank();
            ClientCommand command = isStart ? ClientCommand.parse(entered) : ClientCommand.NONE;
            if (command.kind() != ClientCommand.Kind.NONE) {
                history.remember(entered);
                return obey(command);
            }
            typed.append(entered).append('\n');
            boolean hasStatement = false;
            for (String line : entered.split("\n", -1)) {
                for (StatementSplitter.Statement statement : splitter.addLine(StatementSplitter.latin1(line))) {
                    hasStatement = true;
                    if (splitter.isBlank()) {
                        remember(true);
                    }
                    execute(statement, false);
                }
            }
            if (splitter.isBlank()) {
                remember(
                        hasStatement || entered.strip().toLowerCase(Locale.ROOT).startsWith("delimiter "));
            }
            return true;
        }

        private void remember(boolean isWorthIt) {
            if (isWorthIt) {
                history.remember(typed.toString());
            }
            typed.setLength(0);
        }

        private boolean obey(ClientCommand command) {
            switch (command.kind()) {
                case NONE -> {}
                case QUIT -> {
                    return false;
                }
                case HELP -> out.println(ClientCommand.HELP_TEXT);
                case USE -> execute(command.useStatement(1), false);
                case STATUS ->
                    execute(
                            new StatementSplitter.Statement(ClientCommand.statusQuery(connection.cipher()), true, 1),
                            true);
                case SOURCE -> source(command.argument());
            }
            return true;
        }

        private void source(String file) {
            try {
                new SqlShell(options, out, out).runFile(connection.open(), file);
                connection.learnDatabase();
                names.forget();
            } catch (ServerError e) {
                print(e);
            } catch (UsageException | InvalidPathException | IOException e) {
                out.println(e.getMessage());
            }
        }

        private void execute(StatementSplitter.Statement statement, boolean quiet) {
            TablePrinter.Form form = statement.vertical() ? TablePrinter.Form.VERTICAL : TablePrinter.Form.TABLE;
            try {
                running = true;
                connection.query(statement.bytes(), new TablePrinter(out, form, quiet));
                splitter.setBackslashEscapes(connection.hasBackslashEscapes());
                String start = statement.latin1().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
                if (CHANGING.contains(start)) {
                    connection.learnDatabase();
                    names.forget();
                }
            } catch (ServerError e) {
                print(e);
            } finally {
                running = false;
            }
            out.flush();
        }

        private void print(ServerError e) {
            out.printf("ERROR %d (%s): %s%n%n", e.errno(), e.sqlState(), e.getMessage());
        }
    }
}
