package io.qomo.serve.session;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.serve.variable.Charsets;
import io.qomo.serve.variable.SessionVariables;
import io.qomo.serve.variable.VariableValue;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.TransactionOptions;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The system variables every statement looks at, decoded. Immutable; made anew when a variable changes.
///
/// @param sqlMode sql_mode
/// @param parserOptions what the parser makes of sql_mode, without parameter markers
/// @param clientCharset character_set_client
/// @param resultCharset character_set_results, null for none
/// @param connectionCollation collation_connection
/// @param serverCollation collation_server
/// @param utf8mb4Default default_collation_for_utf8mb4
/// @param zone time_zone
/// @param autocommit autocommit
/// @param transactionOptions of transactions that begin now
/// @param lockWaitTimeoutMs lock_wait_timeout
/// @param maxErrorCount max_error_count
/// @param sqlNotes sql_notes
/// @param maxExecutionMs max_execution_time, 0 for none
/// @param selectLimit sql_select_limit, -1 for none
/// @param divPrecisionIncrement div_precision_increment
/// @param maxAllowedPacketBytes max_allowed_packet
/// @param queryMemoryBytes query_memory_limit
/// @param longQueryNanos long_query_time: what takes longer is counted as slow
record SessionSettings(
        SqlMode sqlMode,
        ParserOptions parserOptions,
        Charset clientCharset,
        @Nullable Charset resultCharset,
        Collation connectionCollation,
        Collation serverCollation,
        Collation utf8mb4Default,
        TimeZoneRule zone,
        boolean autocommit,
        TransactionOptions transactionOptions,
        long lockWaitTimeoutMs,
        int maxErrorCount,
        boolean sqlNotes,
        long maxExecutionMs,
        long selectLimit,
        int divPrecisionIncrement,
        int maxAllowedPacketBytes,
        long queryMemoryBytes,
        long longQueryNanos) {

    /// Decodes a session's variables.
    static SessionSettings of(SessionVariables variables, ZoneId systemZone) {
        SqlMode mode = sqlMode(variables.value("sql_mode").text());
        Charset client = Charsets.named(variables.value("character_set_client").text());
        VariableValue results = variables.value("character_set_results");
        return new SessionSettings(
                mode,
                parserOptions(mode, client),
                client,
                results.equals(VariableValue.NULL) ? null : Charsets.named(results.text()),
                Charsets.collationNamed(variables.value("collation_connection").text()),
                Charsets.collationNamed(variables.value("collation_server").text()),
                Charsets.collationNamed(
                        variables.value("default_collation_for_utf8mb4").text()),
                TimeZoneRule.of(variables.value("time_zone").text(), systemZone),
                variables.isOn("autocommit"),
                new TransactionOptions(
                        isolation(variables.value("transaction_isolation").text()),
                        variables.isOn("transaction_read_only"),
                        Duration.ofSeconds(variables.number("innodb_lock_wait_timeout")),
                        TransactionOptions.DEFAULT.maxBytes()),
                variables.number("lock_wait_timeout") * 1000,
                (int) variables.number("max_error_count"),
                variables.isOn("sql_notes"),
                variables.number("max_execution_time"),
                variables.number("sql_select_limit"),
                (int) variables.number("div_precision_increment"),
                (int) variables.number("max_allowed_packet"),
                variables.number("query_memory_limit"),
                (long) (Double.parseDouble(variables.value("long_query_time").text()) * 1e9));
    }

    /// The level of `transaction_isolation`.
    static IsolationLevel isolation(String name) {
        return switch (name) {
            case "SERIALIZABLE" -> IsolationLevel.SERIALIZABLE;
            case "REPEATABLE-READ" -> IsolationLevel.REPEATABLE_READ;
            default -> IsolationLevel.READ_COMMITTED;
        };
    }

    /// The bits of sql_mode's words.
    static SqlMode sqlMode(String words) {
        long bits = 0;
        for (String word : words.split(",")) {
            bits |= switch (word) {
                case "REAL_AS_FLOAT" -> SqlMode.REAL_AS_FLOAT;
                case "PIPES_AS_CONCAT" -> SqlMode.PIPES_AS_CONCAT;
                case "ANSI_QUOTES" -> SqlMode.ANSI_QUOTES;
                case "IGNORE_SPACE" -> SqlMode.IGNORE_SPACE;
                case "ONLY_FULL_GROUP_BY" -> SqlMode.ONLY_FULL_GROUP_BY;
                case "NO_UNSIGNED_SUBTRACTION" -> SqlMode.NO_UNSIGNED_SUBTRACTION;
                case "NO_DIR_IN_CREATE" -> SqlMode.NO_DIR_IN_CREATE;
                case "NO_AUTO_VALUE_ON_ZERO" -> SqlMode.NO_AUTO_VALUE_ON_ZERO;
                case "NO_BACKSLASH_ESCAPES" -> SqlMode.NO_BACKSLASH_ESCAPES;
                case "STRICT_TRANS_TABLES" -> SqlMode.STRICT_TRANS_TABLES;
                case "STRICT_ALL_TABLES" -> SqlMode.STRICT_ALL_TABLES;
                case "NO_ZERO_IN_DATE" -> SqlMode.NO_ZERO_IN_DATE;
                case "NO_ZERO_DATE" -> SqlMode.NO_ZERO_DATE;
                case "ALLOW_INVALID_DATES" -> SqlMode.ALLOW_INVALID_DATES;
                case "ERROR_FOR_DIVISION_BY_ZERO" -> SqlMode.ERROR_FOR_DIVISION_BY_ZERO;
                case "HIGH_NOT_PRECEDENCE" -> SqlMode.HIGH_NOT_PRECEDENCE;
                case "NO_ENGINE_SUBSTITUTION" -> SqlMode.NO_ENGINE_SUBSTITUTION;
                case "PAD_CHAR_TO_FULL_LENGTH" -> SqlMode.PAD_CHAR_TO_FULL_LENGTH;
                case "TIME_TRUNCATE_FRACTIONAL" -> SqlMode.TIME_TRUNCATE_FRACTIONAL;
                default -> 0;
            };
        }
        return new SqlMode(bits);
    }

    private static ParserOptions parserOptions(SqlMode mode, Charset client) {
        return new ParserOptions(
                mode.has(SqlMode.ANSI_QUOTES),
                mode.has(SqlMode.PIPES_AS_CONCAT),
                mode.has(SqlMode.NO_BACKSLASH_ESCAPES),
                mode.has(SqlMode.IGNORE_SPACE),
                mode.has(SqlMode.HIGH_NOT_PRECEDENCE),
                mode.has(SqlMode.REAL_AS_FLOAT),
                false,
                client);
    }
}
