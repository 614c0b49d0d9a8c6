package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Storage objects, plugins, replication and other administration that belongs to MySQL's own engine. The
/// trees keep
/// the
/// names and the text of the options.
public sealed interface AdminStatement extends Statement {
    /// `NAME [=] value` as text; lists are parted by commas.
    record Option(String name, String value) {}

    /// CREATE, ALTER, DROP of TABLESPACE, UNDO TABLESPACE and LOGFILE GROUP.
    ///
    /// @param type "TABLESPACE", "UNDO TABLESPACE" or "LOGFILE GROUP"
    /// @param action after ALTER: "ADD DATAFILE", "RENAME TO", "SET ACTIVE" ...; "ADD DATAFILE" or ""
    ///     after CREATE
    record TablespaceStatement(
            Verb verb,
            String type,
            String name,
            String action,
            @Nullable String file,
            List<Option> options) implements AdminStatement {
        /// Copies the list.
        public TablespaceStatement {
            options = List.copyOf(options);
        }
    }

    /// What is done to an object.
    enum Verb {
        CREATE,
        ALTER,
        DROP
    }

    /// CREATE, ALTER, DROP SERVER.
    record ServerStatement(
            Verb verb,
            boolean ifExists,
            String name,
            @Nullable String wrapper,
            List<Option> options) implements AdminStatement {
        /// Copies the list.
        public ServerStatement {
            options = List.copyOf(options);
        }
    }

    /// CREATE, DROP SPATIAL REFERENCE SYSTEM; `ifExists` is IF NOT EXISTS for CREATE.
    record SpatialReferenceSystemStatement(
            Verb verb, boolean orReplace, boolean ifExists, long srid, List<Option> attributes)
            implements AdminStatement {
        /// Copies the list.
        public SpatialReferenceSystemStatement {
            attributes = List.copyOf(attributes);
        }
    }

    /// CREATE, ALTER, DROP RESOURCE GROUP.
    record ResourceGroupStatement(Verb verb, String name, List<Option> options) implements AdminStatement {
        /// Copies the list.
        public ResourceGroupStatement {
            options = List.copyOf(options);
        }
    }

    /// `SET RESOURCE GROUP name [FOR threads]`.
    record SetResourceGroup(String name, List<Long> threads) implements AdminStatement {
        /// Copies the list.
        public SetResourceGroup {
            threads = List.copyOf(threads);
        }
    }

    /// `CREATE [AGGREGATE] FUNCTION name RETURNS type SONAME 'library'`.
    record CreateLoadableFunction(boolean aggregate, boolean ifNotExists, String name, String returns, String library)
            implements AdminStatement {}

    /// INSTALL, UNINSTALL of PLUGIN and COMPONENT.
    record PluginStatement(
            boolean uninstall,
            boolean component,
            List<String> names,
            @Nullable String library) implements AdminStatement {
        /// Copies the list.
        public PluginStatement {
            names = List.copyOf(names);
        }
    }

    /// `CLONE LOCAL DATA DIRECTORY 'path'` and `CLONE INSTANCE FROM ...`.
    ///
    /// @param source null for LOCAL
    record CloneStatement(
            Statement.@Nullable AccountName source,
            long port,
            @Nullable String directory) implements AdminStatement {}

    /// CHANGE REPLICATION SOURCE, START REPLICA, STOP GROUP_REPLICATION, RESET, PURGE BINARY LOGS, BINLOG
    /// ...
    ///
    /// @param command the leading words in upper case, terms of MySQL 8.0.22 and later ("START REPLICA")
    record ReplicationStatement(
            String command, List<Option> options, @Nullable String channel) implements AdminStatement {
        /// Copies the list.
        public ReplicationStatement {
            options = List.copyOf(options);
        }
    }

    /// `ALTER INSTANCE ...`, the rest in upper case.
    record AlterInstance(String action, @Nullable String channel) implements AdminStatement {}

    /// `CACHE INDEX ... IN cache` and `LOAD INDEX INTO CACHE ...`.
    record KeyCacheStatement(
            boolean load, List<TableName> tables, @Nullable String cache) implements AdminStatement {
        /// Copies the list.
        public KeyCacheStatement {
            tables = List.copyOf(tables);
        }
    }
}
