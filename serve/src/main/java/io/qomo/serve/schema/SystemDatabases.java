package io.qomo.serve.schema;

import java.util.List;

/// The databases the server makes itself; nobody may change them.
public final class SystemDatabases {
    /// Their names.
    public static final List<String> NAMES = List.of("information_schema", "mysql", "performance_schema", "sys");

    private SystemDatabases() {}

    /// True of a system database.
    public static boolean contains(String name) {
        return NAMES.stream().anyMatch(name::equalsIgnoreCase);
    }
}
