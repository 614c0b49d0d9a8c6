package io.qomo.serve.systemtable;

import io.qomo.query.catalog.TableDef;
import io.qomo.serve.variable.VariableValue;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What system tables ask of the server. Any thread.
public interface ServerFacts {
    /// The sessions there are.
    List<ProcessRow> processes();

    /// The nodes of the cluster, in order; none for a node alone.
    List<NodeRow> nodes();

    /// The open transactions that have touched tables.
    List<TransactionRow> transactions();

    /// SHOW GLOBAL STATUS.
    Map<String, String> globalStatus();

    /// What SET PERSIST left, by name.
    SortedMap<String, VariableValue> persistedVariables();

    /// The next AUTO_INCREMENT value of a table that has such a column.
    long nextAutoIncrement(TableDef table);

    /// A node of the cluster.
    ///
    /// @param id never given twice
    /// @param address where other nodes reach it
    /// @param holdsReplica whether it holds the data
    /// @param leads whether it takes the writes
    /// @param isLocal whether it is the one that is asked
    /// @param isReached whether the one that is asked is connected to it
    record NodeRow(long id, String address, boolean holdsReplica, boolean leads, boolean isLocal, boolean isReached) {}

    /// An open transaction.
    ///
    /// @param id unique among those of this process
    /// @param connectionId of its session
    /// @param startedMicros when it first touched a table, UTC
    /// @param modifiedRows rows changed so far
    /// @param isolation as MySQL prints it
    /// @param isReadOnly START TRANSACTION READ ONLY
    /// @param isAutocommit a statement of its own
    /// @param query the statement it runs now, or null
    record TransactionRow(
            long id,
            long connectionId,
            long startedMicros,
            long modifiedRows,
            String isolation,
            boolean isReadOnly,
            boolean isAutocommit,
            @Nullable String query) {}

    /// A session in the process list.
    ///
    /// @param id connection id
    /// @param user of the account
    /// @param host with port
    /// @param database current one, or null
    /// @param command as in SHOW PROCESSLIST
    /// @param seconds since the command began
    /// @param state what it does, or empty
    /// @param info the statement, or null
    record ProcessRow(
            long id,
            String user,
            String host,
            @Nullable String database,
            String command,
            long seconds,
            String state,
            @Nullable String info) {}
}
