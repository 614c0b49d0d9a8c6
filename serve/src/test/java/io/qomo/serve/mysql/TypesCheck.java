package io.qomo.serve.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/// What drivers must make of the rows of [FakeTypes].
final class TypesCheck {
    private TypesCheck() {}

    static void check(ResultSet rows) throws SQLException {
        assertThat(rows.getInt("tiny")).isEqualTo(-128);
        assertThat(rows.getInt("utiny")).isEqualTo(255);
        assertThat(rows.getInt("small")).isEqualTo(-32768);
        assertThat(rows.getInt("medium")).isEqualTo(-8388608);
        assertThat(rows.getInt("i")).isEqualTo(Integer.MIN_VALUE);
        assertThat(rows.getLong("ui")).isEqualTo(4294967295L);
        assertThat(rows.getLong("big")).isEqualTo(Long.MIN_VALUE);
        assertThat(rows.getObject("ubig", BigInteger.class)).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(rows.getLong("zero")).isEqualTo(42);
        assertThat(rows.getInt("y")).isEqualTo(1999);
        assertThat(rows.getBytes("b")).isEqualTo(new byte[] {0x0A, (byte) 0xBC});
        assertThat(rows.getFloat("f")).isEqualTo(1.5f);
        assertThat(rows.getDouble("d")).isEqualTo(-1.25e-20);
        assertThat(rows.getBigDecimal("dec")).isEqualTo(new BigDecimal("-123.450"));
        assertThat(rows.getBigDecimal("wide"))
                .isEqualTo(new BigDecimal("12345678901234567890123456789012345.000000000000000000000000000001"));
        assertThat(rows.getObject("date", LocalDate.class)).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(rows.getString("time")).startsWith("-123:04:05.678");
        assertThat(rows.getObject("dt", LocalDateTime.class))
                .isEqualTo(LocalDateTime.of(2024, 2, 29, 23, 59, 58, 123_456_000));
        assertThat(rows.getObject("ts", LocalDateTime.class)).isEqualTo(LocalDateTime.of(2023, 11, 14, 22, 13, 20));
        assertThat(rows.getString("c")).isEqualTo("grün");
        assertThat(rows.getString("v")).isEqualTo("日本😀");
        assertThat(rows.getString("t")).isEqualTo("text");
        assertThat(rows.getBytes("bin")).isEqualTo(new byte[] {0, (byte) 255, 'a', '\''});
        assertThat(rows.getBytes("blob")).isEqualTo(new byte[] {1, 2, 3});
        assertThat(rows.getString("j")).isEqualTo("{\"a\": [1, \"grün\"]}");
        assertThat(rows.getString("e")).isEqualTo("grün");
        assertThat(rows.getString("s")).isEqualTo("a,c");
    }

    static void checkNulls(ResultSet rows) throws SQLException {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            assertThat(rows.getObject(i))
                    .as(rows.getMetaData().getColumnName(i))
                    .isNull();
        }
    }
}
