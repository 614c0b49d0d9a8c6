package io.qomo.serve.cluster;

import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.ChangeListener.Subject;
import io.qomo.serve.session.Neighbours.KillOutcome;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.variable.VariableValue;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// The server of this node, as other nodes ask things of it. Any thread.
public interface LocalServer {
    /// Reads something anew.
    void refresh(Subject subject);

    /// Takes the value that another node was told for a global variable.
    void setGlobal(String name, VariableValue value);

    /// The global variables that differ from what a server begins with and may be set.
    Map<String, VariableValue> changedGlobals();

    /// Kills a session of this server.
    KillOutcome kill(long connectionId, boolean onlyQuery, String user, String host, boolean mayAny);

    /// The sessions of this server.
    List<ProcessRow> processes();

    /// Removes what is left of changes whose owner has gone.
    void removeUnfinished(Predicate<String> isGone, BiConsumer<LockName, Runnable> exclusively);
}
