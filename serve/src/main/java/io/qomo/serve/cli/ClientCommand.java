package io.qomo.serve.cli;

import java.util.Locale;

/// A line for the shell itself, as the MySQL client has them: recognised only where a statement would begin, needs no
/// `;`.
///
/// @param kind what to do
/// @param argument of `use` and `source`, else empty
record ClientCommand(Kind kind, String argument) {
    /// What the shell can do itself.
    enum Kind {
        /// Not a command: a piece of SQL.
        NONE,
        QUIT,
        HELP,
        USE,
        STATUS,
        SOURCE
    }

    static final ClientCommand NONE = new ClientCommand(Kind.NONE, "");

    static final String HELP_TEXT = """
            Statements may span lines and end with ; (a table) or \\G (one value per line).
              use DB           \\u  another database
              source FILE      \\.  run the statements of a file
              status           \\s  server, connection, user
              delimiter XX         change the ending of statements
              \\c                   forget what was typed of this statement
              help             \\?  this text
              exit, quit       \\q  leave (or Ctrl-D)
            Tab completes, arrows walk through history, Ctrl-C cancels a running statement or forgets what is typed.
            """;

    /// The command in `line`, or [#NONE].
    static ClientCommand parse(String line) {
        String text = line.strip();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        int space = text.indexOf(' ');
        String word = (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
        String argument = space < 0 ? "" : text.substring(space + 1).strip();
        return switch (word) {
            case "exit", "quit", "\\q" -> bare(Kind.QUIT, argument);
            case "help", "?", "\\?", "\\h" -> bare(Kind.HELP, argument);
            case "status", "\\s" -> bare(Kind.STATUS, argument);
            case "use", "\\u" -> named(Kind.USE, argument);
            case "source", "\\." -> named(Kind.SOURCE, argument);
            default -> NONE;
        };
    }

    /// What `status` runs on a connection with this cipher, empty if it is not encrypted.
    static String statusQuery(String cipher) {
        return "SELECT VERSION() AS `server`, CONNECTION_ID() AS `connection`, CURRENT_USER() AS `user`,"
                + " DATABASE() AS `database`, '" + (cipher.isEmpty() ? "no" : cipher) + "' AS `encrypted`,"
                + " @@character_set_client AS `client character set`, @@transaction_isolation AS `isolation`";
    }

    private static ClientCommand bare(Kind kind, String argument) {
        return argument.isEmpty() ? new ClientCommand(kind, "") : NONE;
    }

    private static ClientCommand named(Kind kind, String argument) {
        return argument.isEmpty() || (kind == Kind.USE && argument.indexOf(';') >= 0)
                ? NONE
                : new ClientCommand(kind, argument);
    }

    /// The statement behind `use`.
    StatementSplitter.Statement useStatement(int line) {
        return new StatementSplitter.Statement(StatementSplitter.latin1("USE " + quote(argument)), false, line);
    }

    /// `name` between backquotes, which it may already have.
    static String quote(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("`") && name.endsWith("`");
        return quoted ? name : "`" + name.replace("`", "``") + "`";
    }
}
