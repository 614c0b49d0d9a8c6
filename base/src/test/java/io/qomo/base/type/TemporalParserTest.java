package io.qomo.base.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporalParserTest {
    private final TemporalParser parser = new TemporalParser();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "2020-01-02 03:04:05, 0, 2020-01-02 03:04:05",
                "2020-1-2 3:4:5.6789, 2, 2020-01-02 03:04:05.68",
                "2020.01.02 10.11.12.5, 1, 2020-01-02 10:11:12.5",
                "2020@01@02, 0, 2020-01-02 00:00:00",
                "2020-01-02T03:04:05, 0, 2020-01-02 03:04:05",
                "2020-01-02   03:04, 0, 2020-01-02 03:04:00",
                "2020-01-02 10, 0, 2020-01-02 10:00:00",
                "2020-01-02-10-11-12, 0, 2020-01-02 10:11:12",
                "20200102, 0, 2020-01-02 00:00:00",
                "200102, 0, 2020-01-02 00:00:00",
                "700102, 0, 1970-01-02 00:00:00",
                "20200102101112, 0, 2020-01-02 10:11:12",
                "20200102T101112, 0, 2020-01-02 10:11:12",
                "200102101112, 0, 2020-01-02 10:11:12",
                "20200102101112.5, 1, 2020-01-02 10:11:12.5",
                "20-1-2, 0, 2020-01-02 00:00:00",
                "69-1-2, 0, 2069-01-02 00:00:00",
                "70-1-2, 0, 1970-01-02 00:00:00",
                "1-1-1, 0, 0001-01-01 00:00:00",
                "020-1-1, 0, 0020-01-01 00:00:00",
                "10:11:12, 0, 2010-11-12 00:00:00",
                "2020-12-31 23:59:59.9999999, 6, 2021-01-01 00:00:00.000000",
                "2020-12-31 23:59:59.5, 0, 2021-01-01 00:00:00",
                "2020-02-28 23:59:59.9999995, 6, 2020-02-29 00:00:00.000000",
                "2020-01-01 00:00:00.1234564, 6, 2020-01-01 00:00:00.123456",
                "2020-01-01 00:00:00., 0, 2020-01-01 00:00:00",
                "2020-00-00, 0, 2020-00-00 00:00:00",
                "0000-00-00, 0, 0000-00-00 00:00:00",
                "00-00-00, 0, 0000-00-00 00:00:00",
                "\"  2020-01-02  \", 0, 2020-01-02 00:00:00",
            })
    void datetimesOfManyShapes(String text, int fsp, String expected) {
        assertThat(parser.datetime(text, fsp, 0)).isTrue();
        assertThat(TemporalFormat.datetime(parser.value(), fsp)).isEqualTo(expected);
        assertThat(parser.isTruncated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "abc",
        "2020",
        "2020-01",
        "2020-13-01",
        "2020-02-30",
        "2021-02-29",
        "2020-01-32",
        "2020-01-02 24:00:00",
        "2020-01-02 10:60:00",
        "9999-12-31 23:59:59.9999999",
        "20200102 101112",
        "2020 01 02",
        "-2020-01-01",
        "99999999999999999999",
        "2020-01-01 00:00:00+14:01",
        "2020-01-01 00:00:00-00:00"
    })
    void whatIsNoDatetime(String text) {
        assertThat(parser.datetime(text, 6, 0)).isFalse();
        assertThat(parser.value()).isZero();
    }

    @Test
    void anEmptyStringIsNoValue() {
        assertThat(parser.datetime("", 0, 0)).isFalse();
        assertThat(parser.time("", 0, 0)).isFalse();
        assertThat(parser.time("-", 0, 0)).isFalse();
    }

    @Test
    void garbageBehindAValueIsTold() {
        assertThat(parser.datetime("2020-01-02garbage", 0, 0)).isTrue();
        assertThat(parser.isTruncated()).isTrue();
        assertThat(parser.datetime("2020-01-02 10:11:12 12", 0, 0)).isTrue();
        assertThat(parser.isTruncated()).isTrue();
    }

    @Test
    void flagsDecideAboutZeroAndInvalidDates() {
        assertThat(parser.date("0000-00-00", TemporalParser.NO_ZERO_DATE)).isFalse();
        assertThat(parser.isZeroRefused()).isTrue();
        assertThat(parser.date("0000-00-00", TemporalParser.NO_ZERO_IN_DATE)).isTrue();
        assertThat(parser.date("2020-00-10", TemporalParser.NO_ZERO_IN_DATE)).isFalse();
        assertThat(parser.isZeroRefused()).isTrue();
        assertThat(parser.date("2020-00-10", TemporalParser.NO_ZERO_DATE)).isTrue();
        assertThat(parser.date("2020-02-31", TemporalParser.ALLOW_INVALID_DATES))
                .isTrue();
        assertThat(parser.date("2020-02-32", TemporalParser.ALLOW_INVALID_DATES))
                .isFalse();
        assertThat(parser.datetime("2020-01-01 00:00:00.9", 0, TemporalParser.TRUNCATE_FRACTIONAL))
                .isTrue();
        assertThat(TemporalFormat.datetime(parser.value(), 0)).isEqualTo("2020-01-01 00:00:00");
    }

    @Test
    void anOffsetMovesTheValueIntoTheSessionsZone() {
        assertThat(parser.datetime("2020-01-01 12:00:00+02:00", 0, 0)).isTrue();
        assertThat(parser.hasOffset()).isTrue();
        assertThat(parser.offsetSeconds()).isEqualTo(7200);
        TimeZoneRule shanghai = TimeZoneRule.of("+08:00", ZoneOffset.UTC);
        assertThat(TemporalFormat.datetime(parser.valueIn(shanghai), 0)).isEqualTo("2020-01-01 18:00:00");
        assertThat(parser.datetime("2020-01-01 12:00:00", 0, 0)).isTrue();
        assertThat(TemporalFormat.datetime(parser.valueIn(shanghai), 0)).isEqualTo("2020-01-01 12:00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "10:11:12, 0, 10:11:12",
        "10:11, 0, 10:11:00",
        "1011, 0, 00:10:11",
        "101112, 0, 10:11:12",
        "12, 0, 00:00:12",
        "1 2:3, 0, 26:03:00",
        "1 10, 0, 34:00:00",
        "-1 10, 0, -34:00:00",
        "34 22:59:59, 0, 838:59:59",
        "-10:11:12.5, 1, -10:11:12.5",
        "-10:11:12.5, 0, -10:11:13",
        "10:11:12.9999999, 6, 10:11:13.000000",
        "10.5, 1, 00:00:10.5",
        "0:0:0.0000005, 6, 00:00:00.000001",
        "1 12:34:56.7891234, 3, 36:34:56.789",
        "2020-01-02 10:11:12.5, 1, 10:11:12.5",
        "20200102101112, 0, 10:11:12",
        "838:59:59, 0, 838:59:59",
        "100:00:00, 0, 100:00:00",
        "10:11:12., 0, 10:11:12",
    })
    void timesOfManyShapes(String text, int fsp, String expected) {
        assertThat(parser.time(text, fsp, 0)).isTrue();
        assertThat(TemporalFormat.time(parser.value(), fsp)).isEqualTo(expected);
        assertThat(parser.isTruncated()).isFalse();
        assertThat(parser.isOutOfRange()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"900:00:00, 838:59:59", "-900:00:00, -838:59:59", "35 00:00:00, 838:59:59", "838:59:59.5, 838:59:59"})
    void timesBeyondTheRangeAreClamped(String text, String expected) {
        assertThat(parser.time(text, 0, 0)).isTrue();
        assertThat(parser.isOutOfRange()).isTrue();
        assertThat(TemporalFormat.time(parser.value(), 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10:60:12", "10:10:60", "9999", "123456789"})
    void whatIsNoTime(String text) {
        assertThat(parser.time(text, 0, 0)).isFalse();
    }

    @Test
    void wordsAreTheTimeZeroWithAWarning() {
        assertThat(parser.time("abc", 0, 0)).isTrue();
        assertThat(parser.value()).isZero();
        assertThat(parser.isTruncated()).isTrue();
        assertThat(parser.time("1:2:3:4", 0, 0)).isTrue();
        assertThat(parser.isTruncated()).isTrue();
        assertThat(TemporalFormat.time(parser.value(), 0)).isEqualTo("01:02:03");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000-00-00 00:00:00",
        "101, 2000-01-01 00:00:00",
        "691231, 2069-12-31 00:00:00",
        "700101, 1970-01-01 00:00:00",
        "991231, 1999-12-31 00:00:00",
        "20200102, 2020-01-02 00:00:00",
        "1000101, 0100-01-01 00:00:00",
        "101000000, 2000-01-01 00:00:00",
        "700101101112, 1970-01-01 10:11:12",
        "20200102101112, 2020-01-02 10:11:12",
    })
    void numbersAreDates(long number, String expected) {
        assertThat(parser.datetimeOfNumber(number, 0, 0, 0)).isTrue();
        assertThat(TemporalFormat.datetime(parser.value(), 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1", "100", "691232", "700100", "20201301", "99991232", "100000000000000", "-1"})
    void numbersThatAreNoDates(long number) {
        assertThat(parser.datetimeOfNumber(number, 0, 0, 0)).isFalse();
    }

    @Test
    void numbersAreTimes() {
        assertThat(parser.timeOfNumber(101112, 500_000_000, 1, 0)).isTrue();
        assertThat(TemporalFormat.time(parser.value(), 1)).isEqualTo("10:11:12.5");
        assertThat(parser.timeOfNumber(-101112, -500_000_000, 0, 0)).isTrue();
        assertThat(TemporalFormat.time(parser.value(), 0)).isEqualTo("-10:11:13");
        assertThat(parser.timeOfNumber(20200102101112L, 0, 0, 0)).isTrue();
        assertThat(TemporalFormat.time(parser.value(), 0)).isEqualTo("10:11:12");
        assertThat(parser.timeOfNumber(8385960, 0, 0, 0)).isFalse();
        assertThat(parser.isOutOfRange()).isTrue();
        assertThat(parser.timeOfNumber(1060, 0, 0, 0)).isFalse();
    }

    @Test
    void noInputBreaksTheParser() {
        java.util.Random random = new java.util.Random(3);
        String alphabet = "0123456789-:. T+/abE\t";
        for (int i = 0; i < 200_000; i++) {
            byte[] text = new byte[random.nextInt(30)];
            for (int k = 0; k < text.length; k++) {
                text[k] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            int fsp = random.nextInt(7);
            if (parser.datetime(text, 0, text.length, fsp, random.nextInt(16))) {
                String shown = TemporalFormat.datetime(parser.value(), fsp);
                long value = parser.value();
                assertThat(parser.datetime(shown, fsp, TemporalParser.ALLOW_INVALID_DATES))
                        .isTrue();
                assertThat(parser.value()).isEqualTo(value);
            }
            if (parser.time(text, 0, text.length, fsp, random.nextInt(16))) {
                long value = parser.value();
                assertThat(Math.abs(value)).isLessThanOrEqualTo(Temporals.MAX_TIME);
                assertThat(parser.time(TemporalFormat.time(value, fsp), fsp, 0)).isTrue();
                assertThat(parser.value()).isEqualTo(value);
            }
        }
    }
}
