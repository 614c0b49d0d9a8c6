package io.qomo.serve.meta;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small records by kind and name. Any thread.
public interface MetaStore {
    /// All records of a kind by name, in name order.
    Map<String, byte[]> load(MetaKind kind);

    /// Makes all changes or none; they are durable when this returns.
    void write(List<Change> changes);

    /// A record's new value, or null to remove it.
    record Change(MetaKind kind, String name, byte @Nullable [] value) {}
}
