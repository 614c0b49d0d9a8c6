package io.qomo.query.sql.parser;

import java.util.Set;

/// The names of privileges, as far as grammar goes.
///
/// Source: MySQL 8.0 manual, "Privileges Provided by MySQL".
final class Privileges {
    private static final Set<String> STATIC = Set.of(
            "ALL",
            "ALTER",
            "ALTER ROUTINE",
            "CREATE",
            "CREATE ROLE",
            "CREATE ROUTINE",
            "CREATE TABLESPACE",
            "CREATE TEMPORARY TABLES",
            "CREATE USER",
            "CREATE VIEW",
            "DELETE",
            "DROP",
            "DROP ROLE",
            "EVENT",
            "EXECUTE",
            "FILE",
            "GRANT OPTION",
            "INDEX",
            "INSERT",
            "LOCK TABLES",
            "PROCESS",
            "REFERENCES",
            "RELOAD",
            "REPLICATION CLIENT",
            "REPLICATION SLAVE",
            "SELECT",
            "SHOW DATABASES",
            "SHOW VIEW",
            "SHUTDOWN",
            "SUPER",
            "TRIGGER",
            "UPDATE",
            "USAGE");

    private Privileges() {}

    /// True of the static privileges, and of every single word with an underscore: dynamic ones are registered by
    /// components, so their names are checked when they are granted.
    static boolean isKnown(String words) {
        return STATIC.contains(words) || words.indexOf(' ') < 0 && words.indexOf('_') > 0;
    }
}
