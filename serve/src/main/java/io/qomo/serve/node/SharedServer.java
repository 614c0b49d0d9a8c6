package io.qomo.serve.node;

import io.qomo.serve.cluster.LocalServer;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.ChangeListener.Subject;
import io.qomo.serve.session.Neighbours.KillOutcome;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.variable.Variable;
import io.qomo.serve.variable.VariableValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// A server as the other nodes of its cluster see it.
final class SharedServer implements LocalServer {
    private final ServerWiring.Wired wired;

    SharedServer(ServerWiring.Wired wired) {
        this.wired = wired;
    }

    @Override
    public void refresh(Subject subject) {
        switch (subject) {
            case SCHEMA -> wired.catalog().refresh();
            case ACCOUNTS -> wired.accounts().refresh();
            case STATISTICS -> wired.statistics().refresh();
        }
    }

    @Override
    public void setGlobal(String name, VariableValue value) {
        wired.variables()
                .table()
                .find(name)
                .ifPresent(variable -> wired.variables().set(variable, value));
    }

    @Override
    public Map<String, VariableValue> changedGlobals() {
        Map<String, VariableValue> changed = new TreeMap<>();
        for (Variable variable : wired.variables().table().all()) {
            boolean isSettable = variable.treatment() != Variable.Treatment.READ_ONLY
                    && variable.treatment() != Variable.Treatment.FIXED;
            if (variable.hasGlobal()
                    && isSettable
                    && !wired.variables().value(variable).equals(variable.initial())) {
                changed.put(variable.name(), wired.variables().value(variable));
            }
        }
        return changed;
    }

    @Override
    public KillOutcome kill(long connectionId, boolean onlyQuery, String user, String host, boolean mayAny) {
        return wired.server().kill(connectionId, onlyQuery, user, host, mayAny);
    }

    @Override
    public List<ProcessRow> processes() {
        return wired.server().ownProcesses();
    }

    @Override
    public void removeUnfinished(Predicate<String> isGone, BiConsumer<LockName, Runnable> exclusively) {
        wired.schema().removeUnfinished(isGone, exclusively);
    }
}
