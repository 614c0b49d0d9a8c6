package io.qomo.serve.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.json.JsonParser;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ResultColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Values as bytes of the two row formats.
class RowEncoderTest {
    private static final TimeZoneRule BERLIN = TimeZoneRule.of("Europe/Berlin", ZoneOffset.UTC);

    private static byte[] encode(boolean binary, @Nullable Charset charset, Vector... row) {
        List<ResultColumn> columns = Arrays.stream(row)
                .map(v -> new ResultColumn("", "", "", "c", "c", v.type(), 0, null))
                .toList();
        WireBuffer out = new WireBuffer(16);
        RowEncoder.of(binary, columns, charset, BERLIN).encode(new Batch(row, 1), 0, out);
        return Arrays.copyOf(out.array(), out.size());
    }

    private static String text(Vector value) {
        byte[] row = encode(false, Charset.UTF8MB4, value);
        Payload in = new Payload().set(row, 0, row.length);
        String text = new String(in.readLenencBytes(), StandardCharsets.UTF_8);
        assertThat(in.remaining()).isZero();
        return text;
    }

    private static String text(SqlType type, long value) {
        return text(LongVector.constant(type, value));
    }

    private static SqlType type(TypeKind kind, int length, int scale, boolean zerofill) {
        return new SqlType(kind, length, scale, zerofill, zerofill, Collation.BINARY, List.of());
    }

    @Test
    void writesIntegers() {
        for (long value : new long[] {0, 7, -7, 10, 99, 100, 12345, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(text(SqlType.BIGINT, value)).isEqualTo(Long.toString(value));
            assertThat(text(SqlType.BIGINT_UNSIGNED, value)).isEqualTo(Long.toUnsignedString(value));
        }
        assertThat(text(type(TypeKind.INT, -1, 0, true), 42)).isEqualTo("0000000042");
        assertThat(text(type(TypeKind.INT, 4, 0, true), 42)).isEqualTo("0042");
        assertThat(text(type(TypeKind.INT, 4, 0, true), 123456)).isEqualTo("123456");
        assertThat(text(type(TypeKind.BIGINT, -1, 0, true), 1)).isEqualTo("00000000000000000001");
        assertThat(text(SqlType.YEAR, 0)).isEqualTo("0000");
        assertThat(text(SqlType.YEAR, 2155)).isEqualTo("2155");
    }

    @Test
    void writesNumbersWithAPoint() {
        assertThat(text(DecimalVector.constant(SqlType.decimal(5, 2), new BigDecimal("-0.05"))))
                .isEqualTo("-0.05");
        assertThat(text(DecimalVector.constant(type(TypeKind.DECIMAL, 5, 2, true), new BigDecimal("1.50"))))
                .isEqualTo("001.50");
        String wide = "9".repeat(35) + "." + "9".repeat(30);
        assertThat(text(DecimalVector.constant(SqlType.decimal(65, 30), new BigDecimal(wide))))
                .isEqualTo(wide);
        assertThat(text(DoubleVector.constant(SqlType.DOUBLE, 0.1))).isEqualTo("0.1");
        assertThat(text(DoubleVector.constant(SqlType.DOUBLE, 1e20))).isEqualTo("1e20");
        assertThat(text(DoubleVector.constant(type(TypeKind.DOUBLE, 8, 3, false), 1.5)))
                .isEqualTo("1.500");
        assertThat(text(DoubleVector.constant(type(TypeKind.FLOAT, -1, -1, false), 16777216f)))
                .isEqualTo("16777200");
        // the longest text of a number: more than one byte of length can tell
        assertThat(text(DoubleVector.constant(type(TypeKind.DOUBLE, 255, 30, false), 1e300)))
                .hasSize(301 + 31);
    }

    @Test
    void writesTimes() {
        assertThat(text(SqlType.DATE, 0)).isEqualTo("0000-00-00");
        assertThat(text(SqlType.DATE, Temporal.date(2020, 0, 31))).isEqualTo("2020-00-31");
        assertThat(text(SqlType.temporal(TypeKind.TIME, 0), Temporal.time(true, 838, 59, 59, 0)))
                .isEqualTo("-838:59:59");
        assertThat(text(SqlType.temporal(TypeKind.TIME, 2), Temporal.time(false, 1, 2, 3, 450_000)))
                .isEqualTo("01:02:03.45");
        assertThat(text(SqlType.temporal(TypeKind.DATETIME, 6), Temporal.datetime(9999, 12, 31, 23, 59, 59, 7)))
                .isEqualTo("9999-12-31 23:59:59.000007");
        SqlType timestamp = SqlType.temporal(TypeKind.TIMESTAMP, 0);
        assertThat(text(timestamp, 0)).isEqualTo("0000-00-00 00:00:00");
        // summer, winter, and the two sides of a change of clocks: 2024-03-31 01:00 UTC
        assertThat(text(timestamp, 1_720_000_000_000_000L)).isEqualTo("2024-07-03 11:46:40");
        assertThat(text(timestamp, 1_700_000_000_000_000L)).isEqualTo("2023-11-14 23:13:20");
        assertThat(text(timestamp, 1_711_846_799_000_000L)).isEqualTo("2024-03-31 01:59:59");
        assertThat(text(timestamp, 1_711_846_800_000_000L)).isEqualTo("2024-03-31 03:00:00");
    }

    @Test
    void writesBitsEnumsAndSets() {
        assertThat(encode(false, Charset.UTF8MB4, LongVector.constant(type(TypeKind.BIT, 1, 0, false), 1)))
                .isEqualTo(new byte[] {1, 1});
        assertThat(encode(true, Charset.UTF8MB4, LongVector.constant(type(TypeKind.BIT, 64, 0, false), -2)))
                .isEqualTo(new byte[] {0, 0, 8, -1, -1, -1, -1, -1, -1, -1, -2});
        SqlType colours =
                new SqlType(TypeKind.ENUM, -1, 0, false, false, Collation.UTF8MB4_BIN, List.of("red", "grün"));
        assertThat(text(colours, 0)).isEmpty();
        assertThat(text(colours, 2)).isEqualTo("grün");
        assertThat(encode(false, Charset.LATIN1, LongVector.constant(colours, 2)))
                .isEqualTo(new byte[] {4, 'g', 'r', (byte) 0xFC, 'n'});
        SqlType set = new SqlType(TypeKind.SET, -1, 0, false, false, Collation.UTF8MB4_BIN, List.of("a", "b", "c"));
        assertThat(text(set, 0)).isEmpty();
        assertThat(text(set, 2)).isEqualTo("b");
        assertThat(text(set, 7)).isEqualTo("a,b,c");
    }

    @Test
    void writesStringsOfAllLengths() {
        SqlType type = SqlType.string(TypeKind.LONGTEXT, -1, Collation.UTF8MB4_BIN);
        for (int length : new int[] {0, 1, 250, 251, 65_535, 65_536, 0xFFFFFF, 0x1000000}) {
            assertThat(text(BytesVector.constant(type, "x".repeat(length)))).hasSize(length);
            String umlauts = "ü".repeat(length);
            byte[] row = encode(false, Charset.LATIN1, BytesVector.constant(type, umlauts));
            Payload in = new Payload().set(row, 0, row.length);
            assertThat(in.readLenencLength()).isEqualTo(length);
        }
        byte[] utf8 = "xü".getBytes(StandardCharsets.UTF_8);
        SqlType latin = SqlType.varchar(9, Collation.LATIN1_BIN);
        assertThat(encode(false, null, BytesVector.constant(latin, utf8))).isEqualTo(new byte[] {2, 'x', (byte) 0xFC});
        assertThat(encode(false, Charset.LATIN1, BytesVector.constant(SqlType.varbinary(9), utf8)))
                .as("binary strings are never converted")
                .isEqualTo(new byte[] {3, 'x', utf8[1], utf8[2]});
    }

    @Test
    void writesJsonAsText() {
        byte[] text = ("{\"k\": [1, null, \"" + "ü".repeat(200) + "\"]}").getBytes(StandardCharsets.UTF_8);
        byte[] document = Objects.requireNonNull(new JsonParser().parse(text, 0, text.length));
        BytesVector value = BytesVector.constant(SqlType.JSON, document);
        assertThat(text(value)).isEqualTo(new String(text, StandardCharsets.UTF_8));
        byte[] latin = encode(true, Charset.LATIN1, value);
        Payload in = new Payload().set(latin, 2, latin.length - 2);
        assertThat(new String(in.readLenencBytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(text, StandardCharsets.UTF_8));
    }

    @Test
    void marksNullsInBothFormats() {
        Vector[] row = new Vector[9];
        for (int i = 0; i < row.length; i++) {
            row[i] = i % 2 == 0 ? Vector.constantNull(SqlType.INT) : LongVector.constant(SqlType.INT, i);
        }
        byte n = (byte) 0xFB;
        assertThat(encode(false, Charset.UTF8MB4, row))
                .isEqualTo(new byte[] {n, 1, '1', n, 1, '3', n, 1, '5', n, 1, '7', n});
        assertThat(encode(true, Charset.UTF8MB4, row))
                .isEqualTo(new byte[] {0, 0x54, 5, 1, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0});
    }

    @Test
    void writesTemporalValuesInAsFewBytesAsTheyNeed() {
        SqlType datetime = SqlType.temporal(TypeKind.DATETIME, 6);
        SqlType time = SqlType.temporal(TypeKind.TIME, 6);
        assertThat(binary(datetime, 0)).isEqualTo(new byte[] {0});
        assertThat(binary(datetime, Temporal.date(2024, 2, 3))).isEqualTo(new byte[] {4, (byte) 0xE8, 7, 2, 3});
        assertThat(binary(datetime, Temporal.datetime(2024, 2, 3, 0, 0, 1, 0)))
                .isEqualTo(new byte[] {7, (byte) 0xE8, 7, 2, 3, 0, 0, 1});
        assertThat(binary(datetime, Temporal.datetime(2024, 2, 3, 0, 0, 0, 1)))
                .isEqualTo(new byte[] {11, (byte) 0xE8, 7, 2, 3, 0, 0, 0, 1, 0, 0, 0});
        assertThat(binary(time, 0)).isEqualTo(new byte[] {0});
        assertThat(binary(time, Temporal.time(true, 25, 1, 2, 0))).isEqualTo(new byte[] {8, 1, 1, 0, 0, 0, 1, 1, 2});
        assertThat(binary(time, Temporal.time(false, 0, 0, 0, 256)))
                .isEqualTo(new byte[] {12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0});
    }

    private static byte[] binary(SqlType type, long value) {
        byte[] row = encode(true, Charset.UTF8MB4, LongVector.constant(type, value));
        return Arrays.copyOfRange(row, 2, row.length);
    }
}
