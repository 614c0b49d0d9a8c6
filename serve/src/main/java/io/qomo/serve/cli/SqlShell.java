package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `qomo sql`: runs statements from `-e`, files or standard input, or a conversation if there is a terminal.
final class SqlShell {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long PROGRESS_EVERY_NANOS = 500_000_000L;

    private final SqlOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    SqlShell(SqlOptions options, PrintWriter out, PrintWriter err) {
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
        try (Connection connection = connect(options, password)) {
            return run(connection, password);
        } catch (ServerError e) {
            printError(e);
            return 1;
        } catch (IOException e) {
            err.printf(
                    "cannot talk to a server at %s:%d (%s); is one running? `./qomo start` starts one%n",
                    options.host(), options.port(), e.getMessage());
            err.flush();
            return 1;
        }
    }

    static Connection connect(SqlOptions options, String password) throws IOException {
        return new Connection(new Connection.Options(
                options.host(), options.port(), options.user(), password, options.database(), CONNECT_TIMEOUT));
    }

    private int run(Connection connection, String password) throws IOException {
        if (options.execute() != null) {
            return runAll(connection, new java.io.StringReader(options.execute()), 0, "");
        }
        if (!options.files().isEmpty()) {
            for (String name : options.files()) {
                int status = runFile(connection, name);
                if (status != 0) {
                    return status;
                }
            }
            return 0;
        }
        if (System.console() == null || !System.console().isTerminal()) {
            return runAll(connection, new InputStreamReader(System.in, StandardCharsets.UTF_8), 0, "");
        }
        return new InteractiveShell(connection, options, password).run();
    }

    /// Runs the statements of a file; stops at the first error. Returns 0, or 1 after an error.
    int runFile(Connection connection, String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("cannot read the file '" + name + "'");
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return runAll(connection, reader, Files.size(file), name);
        }
    }

    /// Runs the statements of a text; stops at the first error. Progress goes to the error stream if it is a terminal.
    private int runAll(Connection connection, Reader text, long totalBytes, String name) throws IOException {
        StatementSplitter splitter = new StatementSplitter();
        BufferedReader reader = new BufferedReader(text, 1 << 16);
        boolean showProgress = totalBytes > 1 << 20 && System.console() != null;
        long doneBytes = 0;
        long lastShown = System.nanoTime();
        int line = 0;
        String next = reader.readLine();
        while (next != null) {
            line++;
            doneBytes += next.length() + 1L;
            int status = runEach(connection, splitter.addLine(next), line);
            if (status != 0) {
                return status;
            }
            if (showProgress && System.nanoTime() - lastShown > PROGRESS_EVERY_NANOS) {
                lastShown = System.nanoTime();
                err.printf("\r%s: %d%%", name, Math.min(100, doneBytes * 100 / totalBytes));
                err.flush();
            }
            next = reader.readLine();
        }
        if (showProgress) {
            err.printf("\r%s: done%n", name);
        }
        String rest = splitter.takeRest();
        return rest.isEmpty() ? 0 : runEach(connection, List.of(new StatementSplitter.Statement(rest, false)), line);
    }

    private int runEach(Connection connection, List<StatementSplitter.Statement> statements, int line)
            throws IOException {
        boolean table =
                options.table() || (System.console() != null && System.console().isTerminal());
        for (StatementSplitter.Statement statement : statements) {
            TablePrinter.Form form = statement.vertical()
                    ? TablePrinter.Form.VERTICAL
                    : table ? TablePrinter.Form.TABLE : TablePrinter.Form.TABS;
            try {
                connection.query(statement.sql(), new TablePrinter(out, form, true));
                out.flush();
            } catch (ServerError e) {
                out.flush();
                err.printf("at line %d: ", line);
                printError(e);
                return 1;
            }
        }
        return 0;
    }

    private void printError(ServerError e) {
        err.printf("ERROR %d (%s): %s%n", e.errno(), e.sqlState(), e.getMessage());
        err.flush();
    }
}
