package io.qomo.serve.session;

import io.qomo.query.catalog.TableDef;
import io.qomo.serve.systemtable.ServerFacts;
import io.qomo.serve.variable.VariableValue;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What system tables ask of the server, which is made after them.
final class LateServerFacts implements ServerFacts {
    private volatile @Nullable Server server;

    void set(Server made) {
        server = made;
    }

    @Override
    public List<ProcessRow> processes() {
        Server known = server;
        return known == null ? List.of() : known.processes();
    }

    @Override
    public Map<String, String> globalStatus() {
        Server known = server;
        return known == null ? Map.of() : known.globalStatus();
    }

    @Override
    public SortedMap<String, VariableValue> persistedVariables() {
        Server known = server;
        return known == null ? new TreeMap<>() : known.persistedVariables();
    }

    @Override
    public long nextAutoIncrement(TableDef table) {
        Server known = server;
        return known == null ? 0 : known.nextAutoIncrement(table);
    }
}
