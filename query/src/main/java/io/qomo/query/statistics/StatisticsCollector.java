package io.qomo.query.statistics;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnStatistics;
import io.qomo.query.catalog.Histogram;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Takes all rows of a table and makes its statistics. Owned by one thread.
public final class StatisticsCollector {
    private static final long NULL_HASH = 0x9E3779B97F4A7C15L;

    private final TableDef table;
    private final List<ColumnCollector> columns = new ArrayList<>();
    private final Map<Integer, List<DistinctCounter>> prefixes = new HashMap<>();
    private final Map<Integer, int[]> indexColumns = new HashMap<>();
    private long[][] hashes = {};
    private long rows;

    /// Of a table's rows.
    ///
    /// @param seed of the sample
    public StatisticsCollector(TableDef table, long seed) {
        this.table = table;
        Random random = new Random(seed);
        for (ColumnDef column : table.columns()) {
            columns.add(new ColumnCollector(random, isSampled(column)));
        }
        for (IndexDef index : table.indexes()) {
            boolean isWhole = index.kind() == IndexDef.Kind.BTREE
                    && index.state() == IndexDef.State.PUBLIC
                    && index.parts().size() > 1;
            if (isWhole) {
                List<DistinctCounter> counters = new ArrayList<>();
                index.parts().forEach(p -> counters.add(new DistinctCounter()));
                prefixes.put(index.id(), counters);
                indexColumns.put(
                        index.id(),
                        index.parts().stream()
                                .mapToInt(p -> table.ordinalOfId(p.columnId()))
                                .toArray());
            }
        }
    }

    /// Long values are not sampled: nobody asks for ranges of them.
    private static boolean isSampled(ColumnDef column) {
        return switch (column.type().kind()) {
            case JSON, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> false;
            default -> true;
        };
    }

    /// Takes rows with all columns of the table in ordinal order.
    public void add(Batch batch) {
        int n = batch.rows();
        if (hashes.length == 0 || hashes[0].length < n) {
            hashes = new long[columns.size()][Math.max(n, Vector.BATCH_ROWS)];
        }
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).add(batch.column(c), n, hashes[c]);
        }
        prefixes.forEach((id, counters) -> {
            int[] ordinals = indexColumns.getOrDefault(id, new int[0]);
            for (int r = 0; r < n; r++) {
                long hash = 0;
                for (int p = 0; p < ordinals.length; p++) {
                    hash = DistinctCounter.mixed(hash * 31 + hashes[ordinals[p]][r]);
                    counters.get(p).add(hash);
                }
            }
        });
        rows += n;
    }

    /// The number of rows taken.
    public long rows() {
        return rows;
    }

    /// What was found out.
    ///
    /// @param dataBytes size of the rows
    public TableStatistics finish(long dataBytes) {
        Map<Integer, ColumnStatistics> found = new HashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            found.put(table.columns().get(c).id(), columns.get(c).finish(rows));
        }
        Map<Integer, List<Long>> counts = new HashMap<>();
        prefixes.forEach((id, counters) -> counts.put(
                id, counters.stream().map(c -> Math.min(c.estimate(), rows)).toList()));
        return new TableStatistics(rows, dataBytes, found, counts);
    }

    /// One column.
    private static final class ColumnCollector {
        private static final int SAMPLE = 4096;
        private static final int BUCKETS = 64;
        private static final int MAX_KEY_BYTES = 48;

        private final Random random;
        private final boolean isSampled;
        private final DistinctCounter distinct = new DistinctCounter();
        private final byte[][] sample = new byte[SAMPLE][];
        private final KeyWriter writer = new KeyWriter();
        private long seen;
        private long nulls;

        ColumnCollector(Random random, boolean isSampled) {
            this.random = random;
            this.isSampled = isSampled;
        }

        void add(Vector vector, int n, long[] hashes) {
            for (int r = 0; r < n; r++) {
                if (vector.isNull(r)) {
                    nulls++;
                    hashes[r] = NULL_HASH;
                    continue;
                }
                writer.clear();
                writer.writeValue(vector, r, false);
                hashes[r] = DistinctCounter.hash(writer.array(), writer.length());
                distinct.add(hashes[r]);
                if (isSampled) {
                    keep();
                }
            }
        }

        /// Every value is as likely to be in the sample as any other.
        private void keep() {
            long at = seen < SAMPLE ? seen : random.nextLong(seen + 1);
            seen++;
            if (at < SAMPLE) {
                sample[(int) at] = Arrays.copyOf(writer.array(), Math.min(writer.length(), MAX_KEY_BYTES));
            }
        }

        ColumnStatistics finish(long rows) {
            long values = Math.min(distinct.estimate(), rows - nulls);
            double nullPart = rows == 0 ? 0 : (double) nulls / rows;
            int n = (int) Math.min(seen, SAMPLE);
            if (n == 0) {
                return new ColumnStatistics(values, nullPart, null);
            }
            byte[][] sorted = Arrays.copyOf(sample, n);
            Arrays.sort(sorted, Arrays::compareUnsigned);
            return new ColumnStatistics(values, nullPart, histogram(sorted, values));
        }

        private static Histogram histogram(byte[][] sorted, long values) {
            int n = sorted.length;
            int different = 1;
            for (int i = 1; i < n; i++) {
                different += Arrays.equals(sorted[i - 1], sorted[i]) ? 0 : 1;
            }
            double growth = Math.max(1, (double) values / different);
            double height = Math.max(1, (double) n / BUCKETS);
            List<Histogram.Bucket> buckets = new ArrayList<>();
            int taken = 0;
            int inBucket = 0;
            int i = 0;
            while (i < n) {
                int end = i + 1;
                while (end < n && Arrays.equals(sorted[i], sorted[end])) {
                    end++;
                }
                int next = end;
                boolean isFrequent = end - i >= height;
                boolean closesBefore = isFrequent && inBucket > 0;
                if (closesBefore) {
                    double part = count(sorted, i - 1) / (double) n;
                    buckets.add(new Histogram.Bucket(sorted[i - 1], (double) i / n, part, inBucket * growth));
                    taken = i;
                    inBucket = 0;
                }
                inBucket++;
                if (isFrequent || end - taken >= height || next == n) {
                    double more = isFrequent && inBucket == 1 ? 1 : inBucket * growth;
                    buckets.add(new Histogram.Bucket(sorted[i], (double) end / n, (double) (end - i) / n, more));
                    taken = end;
                    inBucket = 0;
                }
                i = end;
            }
            return new Histogram(sorted[0], buckets);
        }

        /// How often the value at a place occurs up to there.
        private static int count(byte[][] sorted, int at) {
            int from = at;
            while (from > 0 && Arrays.equals(sorted[from - 1], sorted[at])) {
                from--;
            }
            return at - from + 1;
        }
    }
}
