package io.qomo.serve.schema;

import io.qomo.query.catalog.ColumnStatistics;
import io.qomo.query.catalog.Histogram;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Statistics as a record.
///
/// ```
/// version 1 · rows · data bytes · store bytes when taken
/// columns:  [ id · distinct · null part · has histogram · [ lowest · buckets: [ upper · cumulative · part · distinct ]
/// ] ]
/// indexes:  [ id · counts: [ distinct of the first part, of two, … ] ]
/// ```
/// Fractions are the bits of doubles.
final class StatisticsCodec {
    private static final int VERSION = 1;

    private StatisticsCodec() {}

    /// Statistics and the size the store told when they were taken: when that changes much they are old.
    record Taken(TableStatistics statistics, long storeBytes) {}

    static byte[] write(Taken taken) {
        TableStatistics s = taken.statistics;
        RecordWriter out = new RecordWriter(VERSION);
        out.number(s.rows()).number(s.dataBytes()).number(taken.storeBytes);
        out.list(s.columns().entrySet(), (w, e) -> {
            w.number(e.getKey());
            column(w, e.getValue());
        });
        out.list(s.prefixes().entrySet(), (w, e) -> w.number(e.getKey()).list(e.getValue(), RecordWriter::number));
        return out.toBytes();
    }

    private static void column(RecordWriter w, ColumnStatistics c) {
        w.number(c.distinct()).number(Double.doubleToLongBits(c.nullPart()));
        Histogram h = c.histogram();
        w.flag(h != null);
        if (h != null) {
            w.bytes(h.lowest());
            w.list(
                    h.buckets(),
                    (x, b) -> x.bytes(b.upper())
                            .number(Double.doubleToLongBits(b.cumulative()))
                            .number(Double.doubleToLongBits(b.upperPart()))
                            .number(Double.doubleToLongBits(b.distinct())));
        }
    }

    static Taken read(byte[] record) {
        RecordReader in = new RecordReader(record, VERSION);
        long rows = in.number();
        long dataBytes = in.number();
        long storeBytes = in.number();
        Map<Integer, ColumnStatistics> columns = new HashMap<>();
        in.list(r -> {
            int id = r.integer();
            columns.put(id, column(r));
            return id;
        });
        Map<Integer, List<Long>> prefixes = new HashMap<>();
        in.list(r -> {
            int id = r.integer();
            prefixes.put(id, r.list(RecordReader::number));
            return id;
        });
        return new Taken(new TableStatistics(rows, dataBytes, columns, prefixes), storeBytes);
    }

    private static ColumnStatistics column(RecordReader in) {
        long distinct = in.number();
        double nullPart = Double.longBitsToDouble(in.number());
        return new ColumnStatistics(distinct, nullPart, in.flag() ? histogram(in) : none());
    }

    private static @Nullable Histogram none() {
        return null;
    }

    private static Histogram histogram(RecordReader in) {
        byte[] lowest = in.bytes();
        return new Histogram(
                lowest,
                in.list(r -> new Histogram.Bucket(
                        r.bytes(),
                        Double.longBitsToDouble(r.number()),
                        Double.longBitsToDouble(r.number()),
                        Double.longBitsToDouble(r.number()))));
    }
}
