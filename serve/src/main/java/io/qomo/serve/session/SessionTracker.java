package io.qomo.serve.session;

import io.qomo.serve.session.api.StatementStatus.StateChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Changes of session state since the last OK packet, for clients that track them. Owned by the session's thread.
final class SessionTracker {
    private static final int VARIABLE = 0;
    private static final int SCHEMA = 1;

    private final Map<String, StateChange> changes = new LinkedHashMap<>();

    /// The current database changed.
    void schema(String name) {
        changes.put("\0schema", new StateChange(SCHEMA, "", name));
    }

    /// A system variable of the session changed.
    void variable(String name, String value) {
        changes.put(name, new StateChange(VARIABLE, name, value));
    }

    /// The changes; they are told once.
    List<StateChange> take() {
        if (changes.isEmpty()) {
            return List.of();
        }
        List<StateChange> told = List.copyOf(changes.values());
        changes.clear();
        return told;
    }
}
