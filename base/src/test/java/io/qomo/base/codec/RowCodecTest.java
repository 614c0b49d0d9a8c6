package io.qomo.base.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowCodecTest {
    private final RowWriter writer = new RowWriter();
    private final RowReader reader = new RowReader();
    private final LongVector longs = new LongVector(SqlType.BIGINT, 4);

    @Test
    void aRowIsAsDrawn() {
        byte[] row = writer.begin()
                .setLong(0, 0)
                .setNull(1)
                .setLong(2, -2)
                .setBytes(3, new byte[] {'h', 'i'}, 0, 2)
                .toBytes();
        assertThat(HexFormat.of().formatHex(row)).isEqualTo("01000004" + "0d" + "000103" + "fe6869");
    }

    @Test
    void aColumnTheRowDoesNotKnowIsAbsent() {
        byte[] row = writer.begin().setLong(0, 5).setLong(2, 7).toBytes();
        reader.read(row, 0, row.length);
        assertThat(reader.isAbsent(1)).isTrue();
        assertThat(reader.isAbsent(3)).isTrue();
        assertThat(reader.isAbsent(0)).isFalse();
        assertThat(reader.column(1, longs, 0)).isFalse();
        reader.column(1, longs, 0, LongVector.constant(SqlType.BIGINT, 99));
        assertThat(longs.get(0)).isEqualTo(99);
        reader.column(9, longs, 1, Vector.constantNull(SqlType.BIGINT));
        assertThat(longs.isNull(1)).isTrue();
        assertThat(reader.longAt(2)).isEqualTo(7);
    }

    @Test
    void aNullIsNotAbsent() {
        byte[] row = writer.begin().setNull(0).toBytes();
        reader.read(row, 0, row.length);
        assertThat(reader.isAbsent(0)).isFalse();
        assertThat(reader.isNullOrAbsent(0)).isTrue();
        assertThat(reader.column(0, longs, 0)).isTrue();
        assertThat(longs.isNull(0)).isTrue();
    }

    @Test
    void valuesOfEveryFormComeBackWhateverTheWidthOfTheRow() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            int n = random.nextInt(round < 290 ? 200 : 4000);
            Vector[] values = new Vector[n];
            boolean[] isAbsent = new boolean[n];
            writer.begin();
            boolean backwards = random.nextBoolean();
            for (int k = 0; k < n; k++) {
                int id = backwards ? n - 1 - k : k;
                values[id] = randomValue(random);
                isAbsent[id] = random.nextInt(20) == 0;
                if (!isAbsent[id]) {
                    writer.set(id, values[id], 0);
                }
            }
            ByteBuilder out = new ByteBuilder();
            out.putLong(random.nextLong());
            writer.appendTo(out);
            byte[] row = Arrays.copyOf(out.array(), random.nextBoolean() ? out.length() : out.length() + 20);
            reader.read(row, 8, out.length() - 8);
            for (int id = n - 1; id >= 0; id--) {
                assertThat(reader.isAbsent(id)).isEqualTo(isAbsent[id]);
                if (!isAbsent[id]) {
                    Vector back = Vector.of(values[id].type(), 1);
                    assertThat(reader.column(id, back, 0)).isTrue();
                    assertSame(back, values[id]);
                }
            }
        }
    }

    @Test
    void minusZeroAndExtremesSurvive() {
        double[] doubles = {0.0, -0.0, 1.5, 0.1, Double.MAX_VALUE, Double.MIN_VALUE, Float.MIN_VALUE, 1e39};
        for (double d : doubles) {
            byte[] row = writer.begin().setDouble(0, d).toBytes();
            DoubleVector v = new DoubleVector(SqlType.DOUBLE, 1);
            reader.read(row, 0, row.length).column(0, v, 0);
            assertThat(Double.doubleToLongBits(v.get(0))).isEqualTo(Double.doubleToLongBits(d));
        }
        for (long l : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 127, 128, -128, -129, 0}) {
            byte[] row = writer.begin().setLong(0, l).toBytes();
            assertThat(reader.read(row, 0, row.length).longAt(0)).isEqualTo(l);
        }
    }

    @Test
    void largeValuesUseWiderOffsets() {
        byte[] big = new byte[70_000];
        Arrays.fill(big, (byte) 'x');
        byte[] row =
                writer.begin().setBytes(0, big, 0, big.length).setLong(1, 12).toBytes();
        BytesVector v = new BytesVector(SqlType.varbinary(70_000), 1);
        reader.read(row, 0, row.length).column(0, v, 0);
        assertThat(v.get(0)).isEqualTo(big);
        assertThat(v.base[0]).isSameAs(row);
        assertThat(reader.longAt(1)).isEqualTo(12);
    }

    @Test
    void brokenRowsAreRefused() {
        byte[] row =
                writer.begin().setLong(0, 1).setBytes(1, new byte[20], 0, 20).toBytes();
        byte[] newer = row.clone();
        newer[0] = 2;
        assertThatThrownBy(() -> reader.read(newer, 0, newer.length))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("unknown version 2");
        assertThatThrownBy(() -> reader.read(row, 0, 3)).isInstanceOf(SqlException.class);
        assertThatThrownBy(() -> reader.read(row, 0, 6)).isInstanceOf(SqlException.class);
        BytesVector v = new BytesVector(SqlType.varbinary(20), 1);
        assertThatThrownBy(() -> reader.read(row, 0, row.length - 1).column(1, v, 0))
                .isInstanceOf(SqlException.class);
        assertThatThrownBy(() -> writer.begin().setLong(0, 1).setLong(0, 2)).isInstanceOf(SqlException.class);
    }

    private static Vector randomValue(Random random) {
        switch (random.nextInt(5)) {
            case 0:
                return LongVector.constant(SqlType.BIGINT, random.nextLong() >> random.nextInt(64));
            case 1:
                return DoubleVector.constant(SqlType.DOUBLE, random.nextInt(2) == 0 ? random.nextGaussian() : 0.5);
            case 2:
                byte[] bytes = new byte[random.nextInt(30)];
                random.nextBytes(bytes);
                return BytesVector.constant(SqlType.varbinary(30), bytes);
            case 3:
                DecimalVector d = new DecimalVector(SqlType.decimal(65, 4), 1);
                d.setUnscaled(0, new BigInteger(random.nextInt(200), random).negate());
                return d;
            default:
                return Vector.constantNull(SqlType.BIGINT);
        }
    }

    private static void assertSame(Vector back, Vector expected) {
        assertThat(back.isNull(0)).isEqualTo(expected.isNull(0));
        if (expected.isNull(0)) {
            return;
        }
        switch (expected) {
            case LongVector v -> assertThat(((LongVector) back).get(0)).isEqualTo(v.get(0));
            case DoubleVector v -> assertThat(((DoubleVector) back).get(0)).isEqualTo(v.get(0));
            case DecimalVector v -> assertThat(((DecimalVector) back).get(0)).isEqualTo(v.get(0));
            case BytesVector v -> assertThat(((BytesVector) back).get(0)).isEqualTo(v.get(0));
        }
    }
}
