package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// USE, EXPLAIN, prepared statements, KILL, FLUSH, table maintenance.
public sealed interface UtilityStatement extends Statement {
    /// `USE schema`.
    record Use(String schema) implements UtilityStatement {}

    /// `EXPLAIN [ANALYZE] [FORMAT = format] [INTO @variable] [FOR SCHEMA schema] statement`.
    ///
    /// @param format in upper case (TRADITIONAL, JSON, TREE), null when not written
    record Explain(
            boolean analyze,
            @Nullable String format,
            @Nullable String intoVariable,
            @Nullable String schema,
            Statement statement)
            implements UtilityStatement {}

    /// `EXPLAIN [FORMAT = format] FOR CONNECTION id`.
    record ExplainConnection(@Nullable String format, long connection) implements UtilityStatement {}

    /// `PREPARE name FROM 'text' | @variable`: a [Literal.StringLiteral] or [Expression.UserVariable].
    record Prepare(String name, Expression source) implements UtilityStatement {}

    /// `EXECUTE name [USING @a, ...]`.
    record Execute(String name, List<String> variables) implements UtilityStatement {
        /// Copies the list.
        public Execute {
            variables = List.copyOf(variables);
        }
    }

    /// `DEALLOCATE PREPARE name`, `DROP PREPARE name`.
    record Deallocate(String name) implements UtilityStatement {}

    /// `KILL [CONNECTION | QUERY] id`; the id is an expression.
    record Kill(boolean query, Expression id) implements UtilityStatement {}

    /// `FLUSH [NO_WRITE_TO_BINLOG | LOCAL] things`, e.g. PRIVILEGES, "ENGINE LOGS", "RELAY LOGS".
    record Flush(boolean local, List<String> things) implements UtilityStatement {
        /// Copies the list.
        public Flush {
            things = List.copyOf(things);
        }
    }

    /// `FLUSH TABLES [names] [WITH READ LOCK | FOR EXPORT]`.
    record FlushTables(boolean local, List<TableName> tables, boolean readLock, boolean export)
            implements UtilityStatement {
        /// Copies the list.
        public FlushTables {
            tables = List.copyOf(tables);
        }
    }

    /// ANALYZE, CHECK, CHECKSUM, OPTIMIZE, REPAIR TABLE.
    ///
    /// @param local NO_WRITE_TO_BINLOG or LOCAL
    /// @param options QUICK, FAST, MEDIUM, EXTENDED, CHANGED, USE_FRM, "FOR UPGRADE"
    record TableMaintenance(Operation operation, boolean local, List<TableName> tables, List<String> options)
            implements UtilityStatement {
        /// Copies the lists.
        public TableMaintenance {
            tables = List.copyOf(tables);
            options = List.copyOf(options);
        }

        /// What is done.
        public enum Operation {
            ANALYZE,
            CHECK,
            CHECKSUM,
            OPTIMIZE,
            REPAIR
        }
    }

    /// `ANALYZE TABLE table UPDATE|DROP HISTOGRAM ON columns ...`.
    ///
    /// @param buckets -1 when not given
    /// @param data of USING DATA, null without
    record Histogram(
            boolean local,
            TableName table,
            boolean drop,
            List<String> columns,
            int buckets,
            @Nullable Boolean autoUpdate,
            @Nullable String data)
            implements UtilityStatement {
        /// Copies the list.
        public Histogram {
            columns = List.copyOf(columns);
        }
    }

    /// `HELP 'topic'`.
    record Help(String topic) implements UtilityStatement {}

    /// `SHUTDOWN` and `RESTART`.
    record Shutdown(boolean restart) implements UtilityStatement {}
}
