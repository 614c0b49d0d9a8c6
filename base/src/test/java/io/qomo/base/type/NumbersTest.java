package io.qomo.base.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.bytes.ByteBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    private final NumberParser parser = new NumberParser();

    @ParameterizedTest
    @CsvSource({
        "'', 0, true", "abc, 0, true", "12abc, 12, true", "'  12  ', 12, false", "1.5, 1.5, false", ".5, 0.5, false",
        "5., 5, false", "-.5e1, -5, false", "1e, 1, true", "1e+, 1, true", "'1e2 ', 1E+2, false", "1.2.3, 1.2, true",
        "+7, 7, false", "--7, 0, true", ".e1, 0, true", "1e-2x, 0.01, true", "0x10, 0, true", "'1 2', 1, true"
    })
    void numbersAtTheStartOfStrings(String text, BigDecimal expected, boolean isTruncated) {
        parser.parse(text);
        assertThat(parser.decimal()).isEqualByComparingTo(expected);
        assertThat(parser.toDouble()).isEqualTo(expected.doubleValue());
        assertThat(parser.isTruncated()).isEqualTo(isTruncated);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807, false",
        "9223372036854775808, 9223372036854775807, true",
        "-9223372036854775808, -9223372036854775808, false",
        "-9223372036854775809, -9223372036854775808, true",
        "99999999999999999999999, 9223372036854775807, true",
        "1.9, 2, false",
        "-2.5, -3, false",
        "2.5, 3, false",
        "1e2, 100, false",
        "1e30, 9223372036854775807, true",
        "-1e300000000, -9223372036854775808, true",
        "1e-300000000, 0, false",
    })
    void stringsStoredAsIntegersRound(String text, long expected, boolean isOutOfRange) {
        assertThat(parser.parse(text).roundedLong()).isEqualTo(expected);
        assertThat(parser.isOutOfRange()).isEqualTo(isOutOfRange);
    }

    @Test
    void castsOfStringsReadTheLeadingInteger() {
        assertThat(parser.parse("1.9").prefixLong()).isEqualTo(1);
        assertThat(parser.isTruncatedAsInteger()).isTrue();
        assertThat(parser.parse("1e5").prefixLong()).isEqualTo(1);
        assertThat(parser.parse("18446744073709551615").prefixUnsigned()).isEqualTo(-1);
        assertThat(parser.isOutOfRange()).isFalse();
        assertThat(parser.parse("18446744073709551616").prefixUnsigned()).isEqualTo(-1);
        assertThat(parser.isOutOfRange()).isTrue();
        assertThat(parser.parse("-5").prefixUnsigned()).isEqualTo(-5);
        assertThat(parser.isOutOfRange()).isFalse();
        assertThat(parser.parse("-5").roundedUnsigned()).isZero();
        assertThat(parser.isOutOfRange()).isTrue();
        assertThat(parser.parse("18446744073709551614.6").roundedUnsigned()).isEqualTo(-1);
        assertThat(parser.isOutOfRange()).isFalse();
    }

    @Test
    void doublesOutOfRangeAreClamped() {
        assertThat(parser.parse("1e400").toDouble()).isEqualTo(Double.MAX_VALUE);
        assertThat(parser.isOutOfRange()).isTrue();
        assertThat(parser.parse("-1e400").toDouble()).isEqualTo(-Double.MAX_VALUE);
        assertThat(parser.parse("1e-400").toDouble()).isZero();
        assertThat(parser.isOutOfRange()).isFalse();
    }

    @Test
    void doublesAreReadAsJavaReadsThem() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String text = random.nextInt(100_000) + "." + random.nextInt(1_000_000_000)
                    + (random.nextBoolean() ? "e" + (random.nextInt(40) - 20) : "");
            assertThat(parser.parse(text).toDouble()).isEqualTo(Double.parseDouble(text));
            assertThat(parser.decimal()).isEqualByComparingTo(new BigDecimal(text));
        }
    }

    // What MariaDB 10.11 prints.
    @ParameterizedTest
    @CsvSource({
        "1e14, 100000000000000",
        "1e15, 1e15",
        "1e16, 1e16",
        "123456789012345678, 1.2345678901234568e17",
        "123456789012345, 123456789012345",
        "1234567890123456, 1.234567890123456e15",
        "1234567890123456.8, 1234567890123456.8",
        "1e-14, 0.00000000000001",
        "1e-15, 0.000000000000001",
        "1e-16, 1e-16",
        "1.5e-7, 0.00000015",
        "1.234e-15, 0.000000000000001234",
        "5e-324, 5e-324",
        "2e-323, 2e-323",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0.1, 0.1",
        "1e20, 1e20",
        "1e22, 1e22",
        "-1e15, -1e15",
        "1.1e15, 1.1e15",
        "1.23e17, 1.23e17",
        "123456789.125, 123456789.125",
        "999999999999999, 999999999999999",
        "9999999999999998, 9.999999999999998e15",
        "0.30000000000000004, 0.30000000000000004",
        "0, 0",
        "-2.5, -2.5",
        "2e23, 2e23",
        "1e23, 1e23"
    })
    void doublesAsText(double value, String expected) {
        assertThat(Doubles.toString(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1e6, 1000000",
        "1234567, 1234570",
        "123456, 123456",
        "1e10, 10000000000",
        "16777216, 16777200",
        "3.4e38, 3.4e38",
        "1.17549e-38, 1.17549e-38",
        "0.333333333, 0.333333",
        "999999.5, 1000000",
        "1e15, 1e15",
        "1.23456e-14, 0.0000000000000123456",
        "1e-15, 0.000000000000001",
        "1e-16, 1e-16",
        "12345678901234567, 1.23457e16",
        "-0.5, -0.5"
    })
    void floatsAsText(float value, String expected) {
        ByteBuilder out = new ByteBuilder();
        Doubles.appendFloat(value, Doubles.NOT_FIXED, out);
        assertThat(out.toString()).isEqualTo(expected);
    }

    @Test
    void doublesOfAFixedScale() {
        assertThat(fixed(1.005, 2)).isEqualTo("1.00");
        assertThat(fixed(0.125, 2)).isEqualTo("0.12");
        assertThat(fixed(2.675, 2)).isEqualTo("2.67");
        assertThat(fixed(1e20, 1)).isEqualTo("100000000000000000000.0");
    }

    private static String fixed(double value, int scale) {
        ByteBuilder out = new ByteBuilder();
        Doubles.append(value, scale, out);
        return out.toString();
    }

    @Test
    void doubleTextReadsBackAsTheSameValue() {
        Random random = new Random(2);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Doubles.toString(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void doublesToIntegers() {
        assertThat(Doubles.toLong(2.5)).isEqualTo(2);
        assertThat(Doubles.toLong(-3.5)).isEqualTo(-4);
        assertThat(Doubles.toLong(1e300)).isEqualTo(Long.MAX_VALUE);
        assertThat(Doubles.toUnsigned(-1)).isZero();
        assertThat(Doubles.toUnsigned(Double.NaN)).isZero();
        assertThat(Doubles.toUnsigned(0x1p63)).isEqualTo(Long.MIN_VALUE);
        assertThat(Doubles.toUnsigned(1.8446744073709550e19)).isEqualTo(-2048);
        assertThat(Doubles.toUnsigned(1e20)).isEqualTo(-1);
        assertThat(Doubles.fitsLong(0x1p63)).isFalse();
        assertThat(Doubles.fitsLong(-0x1p63)).isTrue();
        assertThat(Doubles.fitsUnsigned(0x1p64)).isFalse();
        assertThat(Doubles.round(2.567, 2, false)).isEqualTo(2.57);
        assertThat(Doubles.round(-1.999, 2, true)).isEqualTo(-1.99);
        assertThat(Doubles.round(1234.5, -2, false)).isEqualTo(1200);
        assertThat(Doubles.round(5, 400, false)).isEqualTo(5);
        assertThat(Doubles.round(5, -400, false)).isZero();
    }

    @Test
    void decimalsRoundHalfAwayFromZero() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            long unscaled = random.nextLong() >> random.nextInt(64);
            int from = random.nextInt(31);
            int to = random.nextInt(from + 1);
            BigInteger expected = BigDecimal.valueOf(unscaled, from)
                    .setScale(to, RoundingMode.HALF_UP)
                    .unscaledValue();
            assertThat(Decimals.reduceScale(unscaled, from, to)).isEqualTo(expected.longValueExact());
            assertThat(Decimals.changeScale(BigInteger.valueOf(unscaled), from, to))
                    .isEqualTo(expected);
            ByteBuilder out = new ByteBuilder();
            Decimals.append(unscaled, from, out);
            assertThat(out.toString())
                    .isEqualTo(BigDecimal.valueOf(unscaled, from).toPlainString());
            assertThat(Decimals.toDouble(unscaled, from))
                    .isEqualTo(BigDecimal.valueOf(unscaled, from).doubleValue());
        }
        assertThat(Decimals.reduceScale(Long.MIN_VALUE, 19, 0)).isEqualTo(-1);
        assertThat(Decimals.reduceScale(Long.MAX_VALUE, 30, 0)).isZero();
    }

    @Test
    void decimalsClampToTheirType() {
        assertThat(Decimals.clamp(new BigDecimal("999.995"), 5, 2)).isEqualTo(new BigDecimal("999.99"));
        assertThat(Decimals.clamp(new BigDecimal("-1e40"), 5, 2)).isEqualTo(new BigDecimal("-999.99"));
        assertThat(Decimals.clamp(new BigDecimal("1.005"), 5, 2)).isEqualTo(new BigDecimal("1.01"));
        assertThat(Decimals.fits(new BigDecimal("999.995"), 5, 2)).isFalse();
        assertThat(Decimals.fits(-99999L, 5)).isTrue();
        assertThat(Decimals.fits(100000L, 5)).isFalse();
        assertThat(Decimals.fits(new BigInteger("9".repeat(65)), 65)).isTrue();
        assertThat(Decimals.fits(new BigInteger("1" + "0".repeat(65)), 65)).isFalse();
    }

    @Test
    void decimalsToAndFromOtherNumbers() {
        assertThat(Decimals.toLong(new BigDecimal("-2.5"))).isEqualTo(-3);
        assertThat(Decimals.toLong(new BigDecimal("1e30"))).isEqualTo(Long.MAX_VALUE);
        assertThat(Decimals.toUnsigned(new BigDecimal("18446744073709551615"))).isEqualTo(-1);
        assertThat(Decimals.toUnsigned(new BigDecimal("-1"))).isZero();
        assertThat(Decimals.fitsUnsigned(new BigDecimal("18446744073709551615.4")))
                .isTrue();
        assertThat(Decimals.fitsUnsigned(new BigDecimal("18446744073709551615.5")))
                .isFalse();
        assertThat(Decimals.fitsUnsigned(new BigDecimal("-0.4"))).isTrue();
        assertThat(Decimals.ofDouble(0.1)).isEqualTo(new BigDecimal("0.1"));
        assertThat(Decimals.ofUnsigned(-1)).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(Decimals.divide(BigDecimal.ONE, new BigDecimal(3), Decimals.divisionScale(0, 4)))
                .isEqualTo(new BigDecimal("0.3333"));
        assertThat(Decimals.divisionScale(29, 4)).isEqualTo(30);
    }

    @Test
    void numbersInBuilders() {
        ByteBuilder out = new ByteBuilder();
        out.putNumber(Long.MIN_VALUE)
                .put(' ')
                .putUnsigned(-1)
                .put(' ')
                .putNumber(0)
                .put(' ')
                .putPadded(7, 3);
        assertThat(out.toString()).isEqualTo("-9223372036854775808 18446744073709551615 0 007");
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(out.clear().putNumber(value).toString()).isEqualTo(Long.toString(value));
            assertThat(out.clear().putUnsigned(value).toString()).isEqualTo(Long.toUnsignedString(value));
        }
    }
}
