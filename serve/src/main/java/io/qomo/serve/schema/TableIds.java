package io.qomo.serve.schema;

import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.schema.TableDraft.IdFloor;

/// Where the ids of a table's columns and indexes go on, for tables that have dropped the ones with the greatest ids.
final class TableIds {
    private static final int VERSION = 1;
    private static final String PREFIX = "ids/";

    private TableIds() {}

    /// The name of a table's record among the counters.
    static String recordName(long tableId) {
        return PREFIX + tableId;
    }

    /// The floor stored for a table.
    static IdFloor load(CatalogStore store, long tableId) {
        byte[] record = store.load(MetaKind.COUNTER).get(recordName(tableId));
        if (record == null) {
            return IdFloor.START;
        }
        RecordReader in = new RecordReader(record, VERSION);
        return new IdFloor(in.integer(), in.integer());
    }

    /// Writes the floor of a table with a change of it.
    static void save(CatalogStore.SchemaChange change, long tableId, IdFloor floor) {
        byte[] record = new RecordWriter(VERSION)
                .number(floor.column())
                .number(floor.index())
                .toBytes();
        change.putRecord(MetaKind.COUNTER, recordName(tableId), record);
    }
}
