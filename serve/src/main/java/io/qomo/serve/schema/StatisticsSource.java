package io.qomo.serve.schema;

import io.qomo.base.codec.KeyReader;
import io.qomo.base.codec.KeyWriter;
import io.qomo.base.env.Env;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.serve.meta.ChangeListener;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.store.Store;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.RangeStatistics;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/// What is known of the contents of tables, kept for a few seconds. Any thread.
///
/// - What ANALYZE TABLE found is kept in the store; its number of rows follows the size of the table.
/// - Without it small tables are counted, of large ones the store tells about how many rows there are, and the
///   beginning of each index tells how often values repeat.
public final class StatisticsSource {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLE_KEYS = 2048;
    private static final long FRESH_SMALL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// Up to so many rows are counted one by one.
    private static final int MAX_COUNTED = 2000;
    /// Tables above this size are not: there may be many old versions to pass.
    private static final long MAX_COUNTED_BYTES = 1 << 20;
    /// Changes of the size up to this factor are taken for what the store does by itself: rows in memory take several
    /// times as many bytes as compressed ones.
    private static final double STEADY = 4;

    private final Store store;
    private final MetaStore meta;
    private final Env env;
    private final ChangeListener listener;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final Map<Long, StatisticsCodec.Taken> taken = new ConcurrentHashMap<>();

    private record Known(long atNanos, TableStatistics statistics) {}

    /// Over a store; loads what was found before.
    ///
    /// @param listener learns of what ANALYZE TABLE finds
    public StatisticsSource(Store store, MetaStore meta, ChangeListener listener, Env env) {
        this.store = store;
        this.meta = meta;
        this.env = env;
        this.listener = listener;
        refresh();
    }

    /// Reads anew what ANALYZE TABLE has found.
    public void refresh() {
        meta.load(MetaKind.STATISTICS)
                .forEach((id, record) -> taken.put(Long.parseLong(id), StatisticsCodec.read(record)));
        known.clear();
    }

    /// What is known of a table.
    public TableStatistics of(TableDef table) {
        if (table.kind() != TableDef.Kind.BASE) {
            return TableStatistics.UNKNOWN;
        }
        Known found = known.get(table.id());
        long now = env.nanoTime();
        if (found != null) {
            boolean isSmall = found.statistics.rows() < MAX_COUNTED;
            if (now - found.atNanos < (isSmall ? FRESH_SMALL_NANOS : FRESH_NANOS)) {
                return found.statistics;
            }
        }
        TableStatistics statistics = look(table);
        known.put(table.id(), new Known(now, statistics));
        return statistics;
    }

    /// Different values of the columns that indexes begin with, from the beginning of each index: among the first
    /// entries values repeat about as often as among all.
    private Map<Integer, Long> distinct(TableDef table, RangeStatistics range) {
        Map<Integer, Long> distinct = new HashMap<>();
        for (IndexDef index : table.indexes()) {
            if (index.kind() != IndexDef.Kind.BTREE || index.state() != IndexDef.State.PUBLIC) {
                continue;
            }
            byte[] prefix =
                    new KeyWriter().writeIndexPrefix(table.id(), index.id()).toBytes();
            FirstParts parts = new FirstParts();
            store.bulk().sample(prefix, KeyWriter.prefixEnd(prefix), SAMPLE_KEYS, parts);
            if (parts.keys > 0) {
                long rows = Math.max(range.approximateKeys(), parts.keys);
                long values = parts.keys < SAMPLE_KEYS ? parts.values : rows * parts.values / parts.keys;
                distinct.merge(index.parts().getFirst().columnId(), Math.max(1, values), Math::max);
            }
        }
        return distinct;
    }

    /// Counts how often the first part of ascending keys changes.
    private static final class FirstParts implements BulkLoader.KeyReader {
        private final KeyReader reader = new KeyReader();
        private byte[] last = {};
        private int keys;
        private int values;

        @Override
        public void key(byte[] array, int offset, int length) {
            int start = offset + KeyWriter.INDEX_PREFIX_BYTES;
            reader.reset(array, start, length - KeyWriter.INDEX_PREFIX_BYTES).skip();
            int end = reader.position();
            if (keys == 0 || !Arrays.equals(array, start, end, last, 0, last.length)) {
                last = Arrays.copyOfRange(array, start, end);
                values++;
            }
            keys++;
        }
    }

    private TableStatistics look(TableDef table) {
        RangeStatistics size = size(table);
        StatisticsCodec.Taken before = taken.get(table.id());
        int counted = size.approximateBytes() > MAX_COUNTED_BYTES ? MAX_COUNTED : counted(table);
        if (counted < MAX_COUNTED) {
            long bytes = counted == 0 ? 0 : Math.max(size.approximateBytes(), counted);
            return before == null
                    ? TableStatistics.ofDistinct(counted, bytes, distinct(table, size))
                    : before.statistics().scaled(counted, bytes);
        }
        if (before == null) {
            return TableStatistics.ofDistinct(
                    Math.max(1, size.approximateKeys()), size.approximateBytes(), distinct(table, size));
        }
        double growth = (double) Math.max(MAX_COUNTED_BYTES, size.approximateBytes())
                / Math.max(MAX_COUNTED_BYTES, before.storeBytes());
        long rows = before.statistics().rows();
        if (growth > STEADY || growth < 1 / STEADY) {
            rows = Math.max(MAX_COUNTED, (long) (rows * growth));
        }
        return before.statistics().scaled(rows, size.approximateBytes());
    }

    /// The rows of a small table; of others [#MAX_COUNTED].
    private int counted(TableDef table) {
        byte[] prefix = prefix(table);
        int n = 0;
        try (Transaction txn = store.transactions().begin(TransactionOptions.DEFAULT.withReadOnly(true));
                KvCursor cursor =
                        txn.scan(prefix, KeyWriter.prefixEnd(prefix), ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
            while (n < MAX_COUNTED && cursor.next()) {
                n++;
            }
        }
        return n;
    }

    private RangeStatistics size(TableDef table) {
        byte[] prefix = prefix(table);
        return store.bulk().statistics(prefix, KeyWriter.prefixEnd(prefix));
    }

    private static byte[] prefix(TableDef table) {
        return new KeyWriter().writeIndexPrefix(table.id(), IndexDef.PRIMARY_ID).toBytes();
    }

    /// Keeps what ANALYZE TABLE found, for good if others can see the table.
    public void put(TableDef table, TableStatistics statistics) {
        RangeStatistics size = size(table);
        StatisticsCodec.Taken now = new StatisticsCodec.Taken(
                statistics.scaled(statistics.rows(), size.approximateBytes()), size.approximateBytes());
        taken.put(table.id(), now);
        known.remove(table.id());
        if (!table.temporary()) {
            write(table, StatisticsCodec.write(now));
            listener.changed(ChangeListener.Subject.STATISTICS);
        }
    }

    private void write(TableDef table, byte[] record) {
        meta.write(List.of(new MetaStore.Change(MetaKind.STATISTICS, Long.toString(table.id()), record)));
    }

    /// Forgets tables that are gone; their records went with them.
    public void retain(LongPredicate exists) {
        known.keySet().removeIf(id -> !exists.test(id));
        taken.keySet().removeIf(id -> !exists.test(id));
    }
}
