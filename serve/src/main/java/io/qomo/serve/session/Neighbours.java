package io.qomo.serve.session;

import io.qomo.serve.lock.Interruption;
import io.qomo.serve.systemtable.ServerFacts.NodeRow;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.variable.VariableValue;
import java.util.List;

/// What a server asks of the other servers of its cluster, besides locks. Any thread.
public interface Neighbours {
    /// There are none.
    Neighbours NONE = new Neighbours() {
        @Override
        public long connectionId(long sequence) {
            return sequence;
        }

        @Override
        public void checkCurrent(Interruption interruption) {
            // nobody else changes anything
        }

        @Override
        public KillOutcome kill(long connectionId, boolean onlyQuery, String user, String host, boolean mayAny) {
            return KillOutcome.NOT_FOUND;
        }

        @Override
        public List<ProcessRow> processes() {
            return List.of();
        }

        @Override
        public List<NodeRow> nodes() {
            return List.of();
        }

        @Override
        public void setGlobal(String name, VariableValue value) {
            // nobody to tell
        }
    };

    /// What became of a KILL.
    enum KillOutcome {
        DONE,
        NOT_FOUND,
        /// The account may not.
        DENIED
    }

    /// The id of this server's `sequence`th connection, different from those of all others.
    long connectionId(long sequence);

    /// Returns when what is known here of schema and accounts is certainly not out of date. Errors GROUP_UNAVAILABLE,
    /// QUERY_INTERRUPTED.
    void checkCurrent(Interruption interruption);

    /// Kills a connection of another server, or its statement.
    ///
    /// @param mayAny whether the account may kill those of others
    KillOutcome kill(long connectionId, boolean onlyQuery, String user, String host, boolean mayAny);

    /// The sessions of the others, as far as they answer.
    List<ProcessRow> processes();

    /// The nodes of the cluster, this one included.
    List<NodeRow> nodes();

    /// Sets a global variable of the others. Error GROUP_UNAVAILABLE.
    void setGlobal(String name, VariableValue value);
}
