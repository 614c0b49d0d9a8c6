package io.qomo.serve.cli;

import io.qomo.serve.client.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of `qomo sql`.
///
/// @param host of the server
/// @param port of the server
/// @param user to log in as
/// @param password null: ask for it
/// @param tls how far to go to be encrypted
/// @param database to select, or empty
/// @param execute statements of `-e`, or null
/// @param table whether to draw tables even where the output is no terminal
/// @param files to run
record SqlOptions(
        String host,
        int port,
        String user,
        @Nullable String password,
        Tls tls,
        String database,
        @Nullable String execute,
        boolean table,
        List<String> files) {

    /// Parses the arguments as the MySQL client does (`-pPW`, `-p` asks, `-h H` or `-hH`, `--host=H`). Without `-p` the
    /// password is what the environment has as `MYSQL_PWD`.
    static SqlOptions parse(List<String> arguments, Map<String, String> environment) {
        String host = "127.0.0.1";
        int port = 4000;
        String user = "root";
        String password = environment.getOrDefault("MYSQL_PWD", "");
        Tls.Mode mode = null;
        Path authorities = null;
        String database = "";
        String execute = null;
        boolean table = false;
        List<String> files = new ArrayList<>();
        Cursor cursor = new Cursor(arguments);
        while (cursor.hasNext()) {
            String argument = cursor.next();
            switch (Cursor.nameOf(argument)) {
                case "-h", "--host" -> host = cursor.valueOf(argument);
                case "-P", "--port" -> port = portOf(cursor.valueOf(argument));
                case "-u", "--user" -> user = cursor.valueOf(argument);
                case "-D", "--database" -> database = cursor.valueOf(argument);
                case "-e", "--execute" -> execute = cursor.valueOf(argument);
                case "-t", "--table" -> table = true;
                case "--ssl-mode" -> mode = modeOf(cursor.valueOf(argument));
                case "--ssl-ca" -> authorities = Path.of(cursor.valueOf(argument));
                case "-p" -> password = argument.length() > 2 ? argument.substring(2) : null;
                case "--password" -> password = argument.contains("=") ? cursor.valueOf(argument) : null;
                default -> files.add(plain(argument));
            }
        }
        if (execute != null && !files.isEmpty()) {
            throw new UsageException("give either -e or files, not both: '" + files.getFirst() + "' would not be run");
        }
        // As the MySQL client: who names authorities wants the server checked.
        Tls.Mode meant = authorities == null ? Tls.Mode.PREFERRED : Tls.Mode.VERIFY_CA;
        Tls tls = new Tls(mode == null ? meant : mode, authorities);
        return new SqlOptions(host, port, user, password, tls, database, execute, table, List.copyOf(files));
    }

    private static Tls.Mode modeOf(String text) {
        try {
            return Tls.Mode.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--ssl-mode takes one of " + Arrays.toString(Tls.Mode.values()) + ", not '" + text + "'");
        }
    }

    private static int portOf(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException("the port must be a number, not '" + text + "'");
        }
    }

    private static String plain(String argument) {
        if (argument.startsWith("-") && argument.length() > 1) {
            throw new UsageException("unknown option '" + argument + "' of qomo sql; `help` lists them");
        }
        return argument;
    }

    /// Walks over arguments.
    private static final class Cursor {
        private final List<String> arguments;
        private int at;

        Cursor(List<String> arguments) {
            this.arguments = arguments;
        }

        boolean hasNext() {
            return at < arguments.size();
        }

        String next() {
            String argument = arguments.get(at);
            at++;
            return argument;
        }

        static String nameOf(String argument) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                return equals < 0 ? argument : argument.substring(0, equals);
            }
            return argument.startsWith("-") && argument.length() > 2 ? argument.substring(0, 2) : argument;
        }

        String valueOf(String argument) {
            if (argument.startsWith("--") && argument.contains("=")) {
                return argument.substring(argument.indexOf('=') + 1);
            }
            if (!argument.startsWith("--") && argument.length() > 2) {
                return argument.substring(2);
            }
            if (!hasNext()) {
                throw new UsageException("option '" + argument + "' needs a value");
            }
            return next();
        }
    }
}
