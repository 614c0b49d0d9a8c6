package io.qomo.store.txn.remote;

import io.qomo.store.replica.mvcc.ChangedKeys;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.BulkWriter;
import io.qomo.store.txn.ChunkedLoad;
import io.qomo.store.txn.RangeSizes;
import io.qomo.store.txn.RangeStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// Mass writes by way of whoever leads the group, a chunk at a time; a chunk whose answer was lost is sent
/// again, and keeps out what of it is there already. Sizes are those of the replica here.
final class RoutedBulkLoader implements BulkLoader {

    private final GroupRouter router;
    private final RangeSizes here;

    /// @param here of the replica on this node
    RoutedBulkLoader(GroupRouter router, RangeSizes here) {
        this.router = router;
        this.here = here;
    }

    @Override
    public Load begin(long asOf) {
        return new ChunkedLoad(chunk -> write(asOf, chunk), () -> {});
    }

    @Override
    public Load begin(long asOf, Changes changes) {
        return new ChunkedLoad(chunk -> write(asOf, chunk), changes::close);
    }

    @Override
    public Changes changes(byte[] from, byte[] toExclusive) {
        return new RoutedChanges(from, toExclusive);
    }

    @Override
    public RangeStatistics statistics(byte[] from, byte[] toExclusive) {
        return here.statistics(from, toExclusive);
    }

    @Override
    public void sample(byte[] from, byte[] toExclusive, int limit, KeyReader reader) {
        here.sample(from, toExclusive, limit, reader);
    }

    /// Loads at the leader what was collected here.
    static long load(BulkWriter bulk, long asOf, NavigableMap<byte[], byte[]> entries) {
        try (Load load = bulk.begin(asOf)) {
            entries.forEach(load::add);
            return load.finish();
        }
    }

    private long write(long asOf, NavigableMap<byte[], byte[]> entries) {
        return router.ask(
                l -> load(l.bulk(), asOf, entries),
                Operation.LOAD,
                out -> {
                    out.fixed(asOf).number(entries.size());
                    for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
                        out.bytes(entry.getKey()).bytes(entry.getValue());
                    }
                },
                WireReader::number);
    }

    /// Notes that the leader takes. They are lost with it: the next [#take] then says that it is not
    /// complete, and notes begin anew.
    private final class RoutedChanges implements Changes {
        private final byte[] from;
        private final byte[] toExclusive;
        private Notes notes;

        RoutedChanges(byte[] from, byte[] toExclusive) {
            this.from = from;
            this.toExclusive = toExclusive;
            this.notes = begin();
        }

        private Notes begin() {
            return router.ask(
                    l -> new Notes(l, 0, l.beginChanges(from, toExclusive)),
                    Operation.CHANGES_BEGIN,
                    out -> out.bytes(from).bytes(toExclusive),
                    in -> new Notes(null, in.fixed(), in.fixed()));
        }

        @Override
        public ChangedKeys.Taken take(long upTo) {
            Notes asked = notes;
            ChangedKeys.Taken taken = router.ask(
                    l -> l == asked.here() ? take(l, asked.id(), upTo) : null,
                    Operation.CHANGES_TAKE,
                    out -> out.fixed(asked.leadership()).fixed(asked.id()).fixed(upTo),
                    RoutedChanges::read);
            if (taken == null) {
                notes = begin();
                return new ChangedKeys.Taken(false, List.of());
            }
            return taken;
        }

        private static ChangedKeys.@Nullable Taken take(Leadership leadership, long id, long upTo) {
            Changes changes = leadership.changes(id);
            return changes == null ? null : changes.take(upTo);
        }

        private static ChangedKeys.@Nullable Taken read(WireReader in) {
            if (!in.flag()) {
                return null;
            }
            boolean isComplete = in.flag();
            int count = in.count();
            List<byte[]> keys = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                keys.add(in.bytes());
            }
            return new ChangedKeys.Taken(isComplete, keys);
        }

        @Override
        public void close() {
            Notes ended = notes;
            router.ask(
                    l -> {
                        if (l == ended.here()) {
                            l.endChanges(ended.id());
                        }
                        return 0L;
                    },
                    Operation.CHANGES_END,
                    out -> out.fixed(ended.leadership()).fixed(ended.id()),
                    in -> 0L);
        }
    }

    /// Notes and who takes them: a leadership here, or one elsewhere by its number.
    private record Notes(@Nullable Leadership here, long leadership, long id) {}
}
