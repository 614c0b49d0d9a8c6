package io.qomo.serve.schema;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.env.Env;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.RangeStatistics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How many rows tables have, estimated by the store and kept for a few seconds; distinct values as ANALYZE TABLE found
/// them. Any thread.
public final class StatisticsSource {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

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
        TableStatistics statistics = new TableStatistics(range.approximateKeys(), range.approximateBytes(), Map.of());
        known.put(table.id(), new Known(now, statistics));
        return statistics;
    }

    /// Forgets a table that is gone.
    public void forget(long tableId) {
        known.remove(tableId);
    }
}
