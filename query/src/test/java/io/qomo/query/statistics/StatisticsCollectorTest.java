package io.qomo.query.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnStatistics;
import io.qomo.query.catalog.Histogram;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.testing.TestTables;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class StatisticsCollectorTest {
    private static final int ROWS = 100_000;

    private final TableDef table = TestTables.table(1, "t")
            .column("id", SqlType.BIGINT)
            .nullable("v", SqlType.BIGINT)
            .primary("id")
            .key("v_id", "v", "id")
            .build();

    /// Rows 0 to `ROWS` − 1 with a value each; negative values are NULL.
    private TableStatistics collect(int rows, LongUnaryOperator value) {
        StatisticsCollector collector = new StatisticsCollector(table, 7);
        for (int from = 0; from < rows; from += Vector.BATCH_ROWS) {
            int n = Math.min(Vector.BATCH_ROWS, rows - from);
            LongVector id = new LongVector(SqlType.BIGINT, n);
            LongVector v = new LongVector(SqlType.BIGINT, n);
            for (int i = 0; i < n; i++) {
                id.set(i, from + i);
                long x = value.applyAsLong(from + i);
                if (x < 0) {
                    v.setNull(i);
                } else {
                    v.set(i, x);
                }
            }
            collector.add(new Batch(new Vector[] {id, v}, n));
        }
        return collector.finish(0);
    }

    private ColumnStatistics column(TableStatistics statistics, int ordinal) {
        return Objects.requireNonNull(
                statistics.columns().get(table.columns().get(ordinal).id()));
    }

    private static Histogram histogram(ColumnStatistics column) {
        return Objects.requireNonNull(column.histogram());
    }

    private static byte[] key(long value) {
        return new KeyWriter().writeLong(value, false).toBytes();
    }

    @Test
    void distinctValuesAreEstimatedWithinFivePercent() {
        for (int different : new int[] {1, 2, 100, 3000, 50_000}) {
            TableStatistics s = collect(ROWS, i -> i % different);
            assertThat((double) column(s, 1).distinct()).isCloseTo(different, within(different * 0.05 + 0.5));
        }
        assertThat((double) column(collect(ROWS, i -> 0), 0).distinct()).isCloseTo(ROWS, within(ROWS * 0.05));
    }

    @Test
    void leadingPartsOfAnIndexAreCountedTogether() {
        TableStatistics s = collect(ROWS, i -> i % 10);
        int index = table.indexes().get(1).id();
        assertThat(s.distinctPrefix(index, 1)).isBetween(10L, 10L);
        assertThat((double) Objects.requireNonNull(s.distinctPrefix(index, 2))).isCloseTo(ROWS, within(ROWS * 0.05));
        assertThat(s.distinctPrefix(index, 3)).isNull();
    }

    @Test
    void rangesOfEvenlySpreadValuesAreEstimated() {
        Histogram h = histogram(column(collect(ROWS, i -> i), 1));
        for (long at : new long[] {0, 1000, 25_000, 50_000, 99_000}) {
            assertThat(h.atMost(key(at))).isCloseTo((double) at / ROWS, within(0.03));
        }
        assertThat(h.atMost(key(-5))).isZero();
        assertThat(h.atMost(key(ROWS))).isEqualTo(1);
    }

    @Test
    void frequentValuesAreKnownByThemselves() {
        Histogram h = histogram(column(collect(ROWS, i -> i % 4 == 0 ? 500_000 : i), 1));
        assertThat(h.equal(key(500_000))).isCloseTo(0.25, within(0.03));
        assertThat(h.equal(key(17))).isLessThan(0.001);
        assertThat(h.equal(key(-1))).isZero();
        assertThat(h.equal(key(600_000))).isZero();
    }

    @Test
    void nullsAreNoValues() {
        ColumnStatistics c = column(collect(1000, i -> i % 5 == 0 ? -1 : i % 2), 1);
        assertThat(c.nullPart()).isEqualTo(0.2);
        assertThat(c.distinct()).isEqualTo(2);
        assertThat(histogram(c).equal(key(1))).isCloseTo(0.5, within(0.01));
    }

    @Test
    void anEmptyTableHasNoHistogram() {
        ColumnStatistics c = column(collect(0, i -> i), 1);
        assertThat(c.distinct()).isZero();
        assertThat(c.histogram()).isNull();
    }
}
