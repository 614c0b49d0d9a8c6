package io.qomo.serve.schema;

import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.Map;
import java.util.function.Predicate;

/// Tables that are filled before the schema knows them (CREATE … SELECT, the copies of ALTER TABLE, temporary tables):
/// a record tells their ids, so that what a crash leaves of them is removed at the next start.
final class UnfinishedTables {
    private static final int VERSION = 2;
    private static final String PREFIX = "tables/";

    private UnfinishedTables() {}

    /// The name of the record for ids from `firstId` on.
    static String recordName(long firstId) {
        return PREFIX + firstId;
    }

    /// The record for ids from `firstId` up to, not including, `endId`.
    static byte[] record(long firstId, long endId, String owner) {
        return new RecordWriter(VERSION)
                .number(firstId)
                .number(endId)
                .text(owner)
                .toBytes();
    }

    /// Removes what is left of those whose owner has gone: the node that filled them.
    static void removeAll(CatalogStore store, Predicate<String> isGone) {
        for (Map.Entry<String, byte[]> entry : store.load(MetaKind.JOB).entrySet()) {
            if (!entry.getKey().startsWith(PREFIX)) {
                continue;
            }
            RecordReader in = new RecordReader(entry.getValue(), VERSION);
            long first = in.number();
            long end = in.number();
            if (!isGone.test(in.version() < 2 ? "" : in.text())) {
                continue;
            }
            store.change(change -> {
                change.dropData(first, end);
                change.putRecord(MetaKind.JOB, entry.getKey(), null);
            });
        }
    }
}
