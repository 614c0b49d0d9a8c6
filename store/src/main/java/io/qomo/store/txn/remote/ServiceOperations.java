package io.qomo.store.txn.remote;

import io.qomo.store.replica.mvcc.ChangedKeys;
import io.qomo.store.txn.BulkLoader;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the leader does for other nodes outside of transactions.
final class ServiceOperations {
    private ServiceOperations() {}

    static byte[] answer(Operation operation, Leadership leadership, WireReader in) {
        WireWriter out = GroupService.done();
        switch (operation) {
            case COUNTER_NEXT -> out.fixed(leadership.counters().next(in.fixed(), in.fixed(), in.fixed(), in.fixed()));
            case COUNTER_RAISE -> leadership.counters().raise(in.fixed(), in.fixed());
            case COUNTER_RESET -> leadership.counters().reset(in.fixed(), in.fixed());
            case COUNTER_PEEK -> out.fixed(leadership.counters().peek(in.fixed()));
            case COUNTER_REMOVE -> leadership.counters().remove(in.fixed());
            case LOAD -> out.number(load(leadership, in));
            case CHANGES_BEGIN -> out.fixed(leadership.id()).fixed(leadership.beginChanges(in.bytes(), in.bytes()));
            case CHANGES_TAKE -> write(take(leadership, in.fixed(), in.fixed(), in.fixed()), out);
            case CHANGES_END -> {
                if (in.fixed() == leadership.id()) {
                    leadership.endChanges(in.fixed());
                }
            }
            default -> throw new IllegalStateException("not such an operation: " + operation);
        }
        return out.toBytes();
    }

    private static long load(Leadership leadership, WireReader in) {
        long asOf = in.fixed();
        int count = in.count();
        NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < count; i++) {
            byte[] key = in.bytes();
            entries.put(key, in.bytes());
        }
        return RoutedBulkLoader.load(leadership.bulk(), asOf, entries);
    }

    private static ChangedKeys.@Nullable Taken take(Leadership leadership, long id, long notes, long upTo) {
        BulkLoader.Changes changes = id == leadership.id() ? leadership.changes(notes) : null;
        return changes == null ? null : changes.take(upTo);
    }

    private static void write(ChangedKeys.@Nullable Taken taken, WireWriter out) {
        out.put(taken != null);
        if (taken != null) {
            out.put(taken.isComplete()).number(taken.keys().size());
            taken.keys().forEach(out::bytes);
        }
    }
}
