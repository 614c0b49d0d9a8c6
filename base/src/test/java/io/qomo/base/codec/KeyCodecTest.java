package io.qomo.base.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyCodecTest {
    private final KeyWriter writer = new KeyWriter();
    private final Random random = new Random(20261122);

    @Test
    void integersTakeAsManyBytesAsTheyNeed() {
        assertThat(hex(writer.clear().writeLong(0, false))).isEqualTo("50");
        assertThat(hex(writer.clear().writeLong(1, false))).isEqualTo("5101");
        assertThat(hex(writer.clear().writeLong(-1, false))).isEqualTo("4f");
        assertThat(hex(writer.clear().writeLong(-2, false))).isEqualTo("4efe");
        assertThat(hex(writer.clear().writeLong(256, false))).isEqualTo("520100");
        assertThat(hex(writer.clear().writeLong(1, true))).isEqualTo("aefe");
        assertThat(hex(writer.clear().writeLong(Long.MIN_VALUE, false))).isEqualTo("478000000000000000");
        assertThat(hex(writer.clear().writeUnsigned(-1, false))).isEqualTo("58ffffffffffffffff");
    }

    @Test
    void nullSortsFirstAndLastWhenDescending() {
        assertThat(hex(writer.clear().writeNull(false))).isEqualTo("05");
        assertThat(hex(writer.clear().writeNull(true))).isEqualTo("fa");
    }

    @Test
    void signedIntegersSortAsTheirValues() {
        List<Long> values = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 1L, 255L, 256L, -256L));
        for (int i = 0; i < 500; i++) {
            values.add(random.nextLong() >> random.nextInt(64));
        }
        LongVector v = new LongVector(SqlType.BIGINT, values.size());
        for (int i = 0; i < values.size(); i++) {
            v.set(i, values.get(i));
        }
        checkOrderAndDecoding(v, values.size(), Comparator.comparing(v::get));
    }

    @Test
    void unsignedIntegersSortAsTheirValues() {
        LongVector v = new LongVector(SqlType.BIGINT_UNSIGNED, 300);
        for (int i = 0; i < 300; i++) {
            v.set(i, random.nextLong() >>> random.nextInt(64));
        }
        checkOrderAndDecoding(v, 300, (x, y) -> Long.compareUnsigned(v.get(x), v.get(y)));
    }

    @Test
    void doublesSortAsTheirValues() {
        double[] special = {0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1e-300
        };
        DoubleVector v = new DoubleVector(SqlType.DOUBLE, 300);
        for (int i = 0; i < 300; i++) {
            v.set(i, i < special.length ? special[i] : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
        }
        checkOrderAndDecoding(v, 300, Comparator.comparing(v::get));
        assertThat(hex(writer.clear().writeDouble(-0.0, false)))
                .isEqualTo(hex(new KeyWriter().writeDouble(0.0, false)));
    }

    @Test
    void decimalsOfAnySizeSortAsTheirValues() {
        SqlType type = SqlType.decimal(65, 10);
        DecimalVector v = new DecimalVector(type, 600);
        for (int i = 0; i < 600; i++) {
            BigInteger unscaled = new BigInteger(random.nextInt(215), random);
            if (random.nextInt(3) == 0) {
                unscaled = unscaled.multiply(BigInteger.TEN.pow(random.nextInt(5)));
            }
            v.setUnscaled(i, random.nextBoolean() ? unscaled : unscaled.negate());
        }
        v.setUnscaled(0, 0);
        v.setUnscaled(1, Long.MIN_VALUE);
        v.setUnscaled(2, Long.MAX_VALUE);
        v.setUnscaled(3, new BigInteger("9".repeat(65)));
        v.setUnscaled(4, new BigInteger("-" + "9".repeat(65)));
        checkOrderAndDecoding(v, 600, Comparator.comparing(v::get));
    }

    @Test
    void decimalsOfDifferentScaleAreComparedByValue() {
        byte[] one = writer.clear().writeDecimal(new BigDecimal("1"), false).toBytes();
        assertThat(writer.clear().writeDecimal(new BigDecimal("1.000"), false).toBytes())
                .isEqualTo(one);
        assertThat(hex(writer.clear().writeDecimal(new BigDecimal("0.000"), false)))
                .isEqualTo("7080");
        assertThat(hex(writer.clear().writeDecimal(new BigDecimal("0.0000000000000000000000000000012e1"), false)))
                .isNotEmpty();
    }

    @Test
    void bytesSortAsBytesWhateverTheyHold() {
        BytesVector v = new BytesVector(SqlType.varbinary(100), 500);
        byte[][] special = {{}, {0}, {0, 0}, {1}, {0, 1}, {1, 0}, {1, 1}, {2}, {(byte) 0xFF}, {0, (byte) 0xFF}};
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            random.nextBytes(bytes);
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = random.nextBoolean() ? (byte) (bytes[k] & 3) : bytes[k];
            }
            v.set(i, i < special.length ? special[i] : bytes);
        }
        checkOrderAndDecoding(v, 500, (x, y) -> Arrays.compareUnsigned(v.get(x), v.get(y)));
    }

    @ParameterizedTest
    @EnumSource(Collation.class)
    void stringsSortAsTheirCollationSays(Collation collation) {
        String[] pieces = {
            "a", "A", "b", "ä", "á", "ß", "s", "S", " ", "  ", "\t", "\u0001", "!", "z", "Z", "中", "文", "é", "e",
            "\u0301", "ø", "å", "\u00a0", "😀", "😁", "0", "9", "~", "Я", "я", "Ω", "ｱ", "가", "ﬁ", "f", "i", "\u007f"
        };
        int n = 400;
        BytesVector v = new BytesVector(SqlType.varchar(20, collation), n);
        for (int i = 0; i < n; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(5); k > 0; k--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            v.set(i, text.toString());
        }
        checkOrder(v, n, (x, y) -> Collations.compare(v.get(x), v.get(y), collation), false);
        checkOrder(v, n, (x, y) -> Collations.compare(v.get(x), v.get(y), collation), true);
        for (int x = 0; x < n; x++) {
            for (int y = 0; y < n; y++) {
                byte[] a = v.get(x);
                byte[] b = v.get(y);
                boolean same = Collations.compare(a, b, collation) == 0;
                assertThat(Collations.equals(a, 0, a.length, b, 0, b.length, collation))
                        .isEqualTo(same);
                if (same) {
                    assertThat(Collations.hash(a, 0, a.length, collation))
                            .isEqualTo(Collations.hash(b, 0, b.length, collation));
                }
            }
        }
    }

    @Test
    void severalPartsSortPartByPart() {
        BytesVector names = new BytesVector(SqlType.varchar(10, Collation.UTF8MB4_0900_BIN), 200);
        LongVector numbers = new LongVector(SqlType.INT, 200);
        for (int i = 0; i < 200; i++) {
            names.set(i, "ab".substring(0, random.nextInt(3)) + (random.nextBoolean() ? "\0" : ""));
            numbers.set(i, random.nextInt(5) - 2);
        }
        for (int x = 0; x < 200; x++) {
            for (int y = 0; y < 200; y++) {
                int expected = Arrays.compareUnsigned(names.get(x), names.get(y));
                if (expected == 0) {
                    expected = Long.compare(numbers.get(y), numbers.get(x));
                }
                byte[] a = writer.clear()
                        .writeValue(names, x, false)
                        .writeValue(numbers, x, true)
                        .toBytes();
                byte[] b = writer.clear()
                        .writeValue(names, y, false)
                        .writeValue(numbers, y, true)
                        .toBytes();
                assertThat(Integer.signum(Arrays.compareUnsigned(a, b))).isEqualTo(Integer.signum(expected));
            }
        }
    }

    @Test
    void partsCanBeSkippedWithoutKnowingTheirTypes() {
        for (boolean descending : new boolean[] {false, true}) {
            writer.clear()
                    .writeIndexPrefix(77, 3)
                    .writeNull(descending)
                    .writeLong(-70000, descending)
                    .writeDouble(3.5, descending)
                    .writeDecimal(new BigDecimal("-123.45"), descending)
                    .writeDecimal(BigDecimal.ZERO, descending)
                    .writeBytes(new byte[] {0, 1, 2}, 0, 3, descending)
                    .writeCollated(new byte[] {'x'}, 0, 1, Collation.UTF8MB4_GENERAL_CI, descending)
                    .writeLong(42, descending);
            byte[] key = writer.toBytes();
            assertThat(KeyReader.tableId(key, 0)).isEqualTo(77);
            assertThat(KeyReader.indexId(key, 0)).isEqualTo(3);
            KeyReader reader = new KeyReader();
            reader.reset(key, KeyWriter.INDEX_PREFIX_BYTES, key.length - KeyWriter.INDEX_PREFIX_BYTES);
            assertThat(reader.isNull()).isTrue();
            for (int i = 0; i < 7; i++) {
                reader.skip();
            }
            assertThat(reader.readLong()).isEqualTo(42);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void rangeEndsCoverAllKeysWithAPrefix() {
        assertThat(KeyWriter.prefixEnd(new byte[] {1, 2})).containsExactly(1, 3);
        assertThat(KeyWriter.prefixEnd(new byte[] {1, (byte) 0xFF, (byte) 0xFF}))
                .containsExactly(2);
        assertThat(KeyWriter.prefixEnd(new byte[] {(byte) 0xFF})).isEmpty();
        assertThat(KeyWriter.successor(new byte[] {7})).containsExactly(7, 0);
        byte[] low = writer.clear().writeBytesPrefix("ab".getBytes(), 0, 2).toBytes();
        byte[] high = KeyWriter.prefixEnd(low);
        byte[] inside =
                writer.clear().writeBytes("ab\0z".getBytes(), 0, 4, false).toBytes();
        byte[] outside = writer.clear().writeBytes("ac".getBytes(), 0, 2, false).toBytes();
        assertThat(Arrays.compareUnsigned(low, inside)).isNegative();
        assertThat(Arrays.compareUnsigned(inside, high)).isNegative();
        assertThat(Arrays.compareUnsigned(outside, high)).isNotNegative();
    }

    @Test
    void brokenKeysAreRefused() {
        KeyReader reader = new KeyReader();
        for (byte[] broken :
                new byte[][] {{0x33}, {0x58, 1}, {0x60}, {0x70}, {0x70, (byte) 0xA1}, {(byte) 0x80, 'a'}}) {
            assertThatThrownBy(() -> reader.reset(broken, 0, broken.length).skip())
                    .isInstanceOf(SqlException.class);
        }
        assertThatThrownBy(() -> reader.reset(new byte[0], 0, 0).readLong()).isInstanceOf(SqlException.class);
    }

    @Test
    void whichTypesComeBackFromAKey() {
        assertThat(KeyWriter.isDecodable(SqlType.BIGINT)).isTrue();
        assertThat(KeyWriter.isDecodable(SqlType.varbinary(10))).isTrue();
        assertThat(KeyWriter.isDecodable(SqlType.varchar(10, Collation.UTF8MB4_0900_BIN)))
                .isTrue();
        assertThat(KeyWriter.isDecodable(SqlType.varchar(10, Collation.UTF8MB4_BIN)))
                .isFalse();
        assertThat(KeyWriter.isDecodable(SqlType.varchar(10, Collation.UTF8MB4_0900_AI_CI)))
                .isFalse();
        assertThat(KeyWriter.isDecodable(SqlType.temporal(TypeKind.DATETIME, 6)))
                .isTrue();
    }

    private void checkOrderAndDecoding(Vector v, int n, Comparator<Integer> order) {
        for (boolean descending : new boolean[] {false, true}) {
            checkOrder(v, n, order, descending);
            Vector back = Vector.of(v.type(), 1);
            KeyReader reader = new KeyReader();
            for (int i = 0; i < n; i++) {
                byte[] key = writer.clear().writeValue(v, i, descending).toBytes();
                reader.reset(key, 0, key.length).read(back, 0);
                assertThat(reader.hasNext()).isFalse();
                assertThat(valueOf(back, 0)).isEqualTo(valueOf(v, i));
            }
        }
    }

    private void checkOrder(Vector v, int n, Comparator<Integer> order, boolean descending) {
        byte[][] keys = new byte[n][];
        for (int i = 0; i < n; i++) {
            keys[i] = writer.clear().writeValue(v, i, descending).toBytes();
        }
        for (int x = 0; x < n; x++) {
            for (int y = 0; y < n; y++) {
                int expected = Integer.signum(order.compare(x, y)) * (descending ? -1 : 1);
                if (Integer.signum(Arrays.compareUnsigned(keys[x], keys[y])) != expected) {
                    assertThat(Arrays.compareUnsigned(keys[x], keys[y]))
                            .as("%s against %s", valueOf(v, x), valueOf(v, y))
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static Object valueOf(Vector v, int i) {
        return switch (v) {
            case LongVector l -> l.get(i);
            case DoubleVector d -> d.get(i);
            case DecimalVector d -> d.get(i);
            case BytesVector b -> HexFormat.of().formatHex(b.get(i));
        };
    }

    private static String hex(KeyWriter w) {
        return HexFormat.of().formatHex(w.toBytes());
    }
}
