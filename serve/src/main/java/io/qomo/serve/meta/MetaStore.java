package io.qomo.serve.meta;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Small records by kind and name. Any thread.
public interface MetaStore {
    /// The timestamp of no commit.
    long CONFLICT = -1;

    /// All records of a kind by name, in name order.
    Map<String, byte[]> load(MetaKind kind);

    /// Makes all changes or none; they are durable when this returns. The ranges of keys are removed once no snapshot
    /// can need them; nobody may use them again.
    ///
    /// @return the commit's timestamp
    long write(List<Change> changes, List<KeyRange> dropped);

    /// As [#write(List, List)] if a counter's record still is `expected`, null for none, and nothing else is made
    /// by others meanwhile; if not, writes nothing and returns [#CONFLICT].
    long writeIf(String counter, byte @Nullable [] expected, List<Change> changes, List<KeyRange> dropped);

    /// Several kinds as of one moment.
    Loaded loadAll(Set<MetaKind> kinds);

    /// Records.
    ///
    /// @param timestamp of the moment
    /// @param records by kind and name
    record Loaded(long timestamp, Map<MetaKind, Map<String, byte[]>> records) {
        /// The records of a kind, by name.
        public Map<String, byte[]> of(MetaKind kind) {
            return records.getOrDefault(kind, Map.of());
        }
    }

    /// As [#write(List, List)], removing nothing.
    default long write(List<Change> changes) {
        return write(changes, List.of());
    }

    /// A record's new value, or null to remove it.
    record Change(MetaKind kind, String name, byte @Nullable [] value) {}

    /// Keys from `from` up to, not including, `to`.
    record KeyRange(byte[] from, byte[] to) {}
}
