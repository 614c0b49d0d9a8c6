package io.qomo.serve.session;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statements of SQL's PREPARE by name. Owned by the session's thread.
final class PreparedNames {
    private final ServerSession session;
    private final Map<String, PreparedHandle> byName = new HashMap<>();

    PreparedNames(ServerSession session) {
        this.session = session;
    }

    /// Keeps a statement under a name, in place of the one that had it.
    void put(String name, PreparedHandle handle) {
        PreparedHandle old = byName.put(key(name), handle);
        if (old != null) {
            old.close();
        }
        session.count("Com_prepare_sql");
    }

    /// A statement, or null.
    @Nullable PreparedHandle find(String name) {
        return byName.get(key(name));
    }

    /// Forgets a statement; false if there is none.
    boolean remove(String name) {
        PreparedHandle old = byName.remove(key(name));
        if (old != null) {
            old.close();
        }
        return old != null;
    }

    /// Forgets all.
    void closeAll() {
        byName.values().forEach(PreparedHandle::close);
        byName.clear();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
