package io.qomo.serve.meta;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small records by kind and name. Any thread.
public interface MetaStore {
    /// All records of a kind by name, in name order.
    Map<String, byte[]> load(MetaKind kind);

    /// Makes all changes or none; they are durable when this returns. The ranges of keys are removed once no snapshot
    /// can need them; nobody may use them again.
    ///
    /// @return the commit's timestamp
    long write(List<Change> changes, List<KeyRange> dropped);

    /// As [#write(List, List)], removing nothing.
    default long write(List<Change> changes) {
        return write(changes, List.of());
    }

    /// A record's new value, or null to remove it.
    record Change(MetaKind kind, String name, byte @Nullable [] value) {}

    /// Keys from `from` up to, not including, `to`.
    record KeyRange(byte[] from, byte[] to) {}
}
