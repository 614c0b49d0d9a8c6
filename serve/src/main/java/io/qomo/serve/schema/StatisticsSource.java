package io.qomo.serve.schema;

import io.qomo.base.codec.KeyReader;
import io.qomo.base.codec.KeyWriter;
import io.qomo.base.env.Env;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.RangeStatistics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How many rows tables have, estimated by the store and kept for a few seconds; distinct values as ANALYZE TABLE found
/// them. Any thread.
public final class StatisticsSource {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLE_KEYS = 2048;

    private final BulkLoader sizes;
    private final Env env;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    private record Known(long atNanos, TableStatistics statistics) {}

    /// Over a store.
    public StatisticsSource(BulkLoader sizes, Env env) {
        this.sizes = sizes;
        this.env = env;
    }

    /// What is known of a table.
    public TableStatistics of(TableDef table) {
        if (table.kind() != TableDef.Kind.BASE) {
            return TableStatistics.UNKNOWN;
        }
        Known found = known.get(table.id());
        long now = env.nanoTime();
        if (found != null && now - found.atNanos < FRESH_NANOS) {
            return found.statistics;
        }
        byte[] prefix = new KeyWriter()
                .writeIndexPrefix(table.id(), IndexDef.PRIMARY_ID)
                .toBytes();
        RangeStatistics range = sizes.statistics(prefix, KeyWriter.prefixEnd(prefix));
        TableStatistics statistics =
                new TableStatistics(range.approximateKeys(), range.approximateBytes(), distinct(table, range));
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
            sizes.sample(prefix, KeyWriter.prefixEnd(prefix), SAMPLE_KEYS, parts);
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

    /// Forgets a table that is gone.
    public void forget(long tableId) {
        known.remove(tableId);
    }
}
