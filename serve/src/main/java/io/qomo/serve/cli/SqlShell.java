package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import java.io.ByteArrayInputStream;
import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `qomo sql`: runs statements from `-e`, files or standard input, or a conversation if there is a terminal.
///
/// Bytes pass through as they are, in both directions: a dump may hold binary strings.
final class SqlShell {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long PROGRESS_EVERY_NANOS = 500_000_000L;
    /// As deep as a script may run scripts.
    private static final int MAX_DEPTH = 16;

    private static final int MAX_COMMAND_BYTES = 4 << 10;

    private final SqlOptions options;
    private final PrintStream out;
    private final PrintStream err;

    /// A script: a file's name, or empty, and how many bytes it has, or 0.
    private record Script(String name, long totalBytes, int depth) {}

    /// A file with statements cannot be read.
    private static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String name, IOException cause) {
            super("cannot read " + (name.isEmpty() ? "standard input" : name) + ": " + cause.getMessage(), cause);
        }
    }

    SqlShell(SqlOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /// Runs to the end and returns the exit status: 0, or 1 after an error.
    int run() throws IOException {
        String password = options.password();
        if (password == null) {
            Console console = System.console();
            char[] typed = console == null ? null : console.readPassword("Enter password: ");
            password = typed == null ? "" : new String(typed);
        }
        try (Connection connection = connect(options, password, options.database())) {
            return run(connection, password);
        } catch (ServerError e) {
            printError(e, "");
            return 1;
        } catch (UnreadableException e) {
            throw e;
        } catch (IOException e) {
            err.printf(
                    "cannot talk to a server at %s:%d (%s); is one running? `./qomo start` starts one%n",
                    options.host(), options.port(), e.getMessage());
            err.flush();
            return 1;
        }
    }

    static Connection connect(SqlOptions options, String password, String database) throws IOException {
        return new Connection(new Connection.Options(
                options.host(),
                options.port(),
                options.user(),
                password,
                database,
                CONNECT_TIMEOUT,
                options.tls(),
                isConversation(options)));
    }

    private static boolean isConversation(SqlOptions options) {
        return options.execute() == null && options.files().isEmpty() && isTerminal();
    }

    private int run(Connection connection, String password) throws IOException {
        if (options.execute() != null) {
            byte[] text = options.execute().getBytes(StandardCharsets.UTF_8);
            return runAll(connection, new ByteArrayInputStream(text), new Script("", 0, 0));
        }
        if (!options.files().isEmpty()) {
            for (String name : options.files()) {
                int status = runFile(connection, name, 0);
                if (status != 0) {
                    return status;
                }
            }
            return 0;
        }
        if (!isConversation(options)) {
            return runAll(connection, System.in, new Script("", 0, 0));
        }
        return new InteractiveShell(connection, options, password).run();
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /// Runs the statements of a file; stops at the first error. Returns 0, or 1 after an error.
    int runFile(Connection connection, String name) throws IOException {
        return runFile(connection, name, 0);
    }

    private int runFile(Connection connection, String name, int depth) throws IOException {
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("cannot read the file '" + name + "'");
        }
        if (depth > MAX_DEPTH) {
            throw new UsageException("the script '" + name + "' is run by too many others, or by itself");
        }
        try (InputStream in = new FileInputStream(name)) {
            return runAll(connection, in, new Script(name, Files.size(file), depth));
        }
    }

    /// Runs the statements of a text; stops at the first error. Progress goes to the error stream if it is a terminal.
    private int runAll(Connection connection, InputStream text, Script script) throws IOException {
        StatementSplitter splitter = new StatementSplitter();
        ByteLines lines = new ByteLines(text);
        boolean showProgress = script.totalBytes > 1 << 20 && System.console() != null;
        long doneBytes = 0;
        long lastShown = System.nanoTime();
        String line = next(lines, script);
        while (line != null) {
            doneBytes += line.length() + 1L;
            ClientCommand command = splitter.isBlank() && line.length() <= MAX_COMMAND_BYTES
                    ? ClientCommand.parse(StatementSplitter.unicode(line))
                    : ClientCommand.NONE;
            if (command.kind() == ClientCommand.Kind.QUIT) {
                return 0;
            }
            int status = command.kind() == ClientCommand.Kind.NONE
                    ? runEach(connection, splitter.addLine(line), script)
                    : run(connection, command, script, splitter);
            if (status != 0) {
                return status;
            }
            splitter.setBackslashEscapes(connection.hasBackslashEscapes());
            if (showProgress && System.nanoTime() - lastShown > PROGRESS_EVERY_NANOS) {
                lastShown = System.nanoTime();
                err.printf("\r%s: %d%%", script.name, Math.min(100, doneBytes * 100 / script.totalBytes));
                err.flush();
            }
            line = next(lines, script);
        }
        if (showProgress) {
            err.printf("\r%s: done%n", script.name);
        }
        return runEach(connection, splitter.takeRest(), script);
    }

    private static @Nullable String next(ByteLines lines, Script script) throws IOException {
        try {
            return lines.next();
        } catch (IOException e) {
            throw new UnreadableException(script.name, e);
        }
    }

    /// A command of the shell in a script.
    private int run(Connection connection, ClientCommand command, Script script, StatementSplitter splitter)
            throws IOException {
        splitter.skipLine();
        int line = splitter.lineNumber();
        return switch (command.kind()) {
            case SOURCE -> runFile(connection, command.argument(), script.depth + 1);
            case USE -> runEach(connection, List.of(command.useStatement(line)), script);
            case STATUS ->
                runEach(
                        connection,
                        List.of(new StatementSplitter.Statement(
                                ClientCommand.statusQuery(connection.cipher()), true, line)),
                        script);
            case NONE, QUIT, HELP -> 0;
        };
    }

    private int runEach(Connection connection, List<StatementSplitter.Statement> statements, Script script)
            throws IOException {
        boolean table = options.table() || isTerminal();
        for (StatementSplitter.Statement statement : statements) {
            TablePrinter.Form form = statement.vertical()
                    ? TablePrinter.Form.VERTICAL
                    : table ? TablePrinter.Form.TABLE : TablePrinter.Form.TABS;
            try {
                connection.query(statement.bytes(), new TablePrinter(out, form, true));
                out.flush();
            } catch (ServerError e) {
                out.flush();
                String file = script.name.isEmpty() ? "" : " in file: '" + script.name + "'";
                printError(e, " at line " + statement.line() + file);
                return 1;
            }
        }
        return 0;
    }

    private void printError(ServerError e, String place) {
        err.printf("ERROR %d (%s)%s: %s%n", e.errno(), e.sqlState(), place, e.getMessage());
        err.flush();
    }
}
