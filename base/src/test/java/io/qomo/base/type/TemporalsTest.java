package io.qomo.base.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporalsTest {
    private final TemporalParser parser = new TemporalParser();

    @Test
    void dayNumbersAgreeWithTheGregorianCalendar() {
        LocalDate date = LocalDate.of(1, 1, 1);
        for (int number = 366; number <= Days.MAX; number += 1, date = date.plusDays(1)) {
            assertThatIs(number, Days.number(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
            long packed = Temporal.date(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
            assertThatIs(packed, Days.date(number));
            assertThatIs(date.getDayOfWeek().getValue() - 1, Days.weekday(number));
        }
        assertThat(date).isEqualTo(LocalDate.of(10000, 1, 1));
    }

    private static void assertThatIs(long expected, long actual) {
        if (expected != actual) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void yearZeroAsMySqlCountsIt() {
        assertThat(Days.number(0, 1, 1)).isEqualTo(1);
        assertThat(Days.number(0, 3, 1)).isEqualTo(60);
        assertThat(Days.number(1970, 1, 1)).isEqualTo(719528);
        assertThat(Days.date(365)).isZero();
        assertThat(Days.date(Days.MAX + 1L)).isZero();
    }

    // Values from the manual's WEEK() examples and MariaDB 10.11.
    @ParameterizedTest
    @CsvSource({
        "2008-02-20, 0, 7", "2008-02-20, 1, 8", "2008-12-31, 1, 53", "2000-01-01, 0, 0", "2000-01-01, 2, 52",
        "2000-01-01, 1, 0", "2000-01-01, 3, 52", "2026-01-01, 0, 0", "2026-01-01, 1, 1", "2026-01-01, 2, 52",
        "2026-01-01, 3, 1", "2026-01-01, 4, 0", "2026-01-01, 5, 0", "2026-01-01, 6, 53", "2026-01-01, 7, 52"
    })
    void weeks(LocalDate date, int mode, int expected) {
        assertThat(Days.week(date.getYear(), number(date), mode)).isEqualTo(expected);
    }

    @Test
    void weekModeThreeIsTheIsoWeek() {
        for (LocalDate d = LocalDate.of(1999, 1, 1); d.getYear() < 2030; d = d.plusDays(1)) {
            int iso = d.get(IsoFields.WEEK_BASED_YEAR) * 100 + d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            assertThat(Days.yearWeek(d.getYear(), number(d), 3)).isEqualTo(iso);
        }
    }

    private static int number(LocalDate d) {
        return Days.number(d.getYear(), d.getMonthValue(), d.getDayOfMonth());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, MONTH, 1, 2026-02-28 00:00:00",
        "2024-01-31, MONTH, 1, 2024-02-29 00:00:00",
        "2024-02-29, YEAR, 1, 2025-02-28 00:00:00",
        "2026-11-22, DAY, 40, 2027-01-01 00:00:00",
        "2026-11-22, WEEK, -1, 2026-11-15 00:00:00",
        "2026-11-22, QUARTER, 2, 2027-05-22 00:00:00",
        "2026-11-22 23:59:59, SECOND, 1, 2026-11-23 00:00:00",
        "2026-01-01, SECOND, -1, 2025-12-31 23:59:59",
        "2026-11-22, MINUTE, -1440, 2026-11-21 00:00:00",
        "2026-11-22, HOUR, 25, 2026-11-23 01:00:00",
        "2026-11-22, MICROSECOND, 1500000, 2026-11-22 00:00:01",
        "0001-01-01, YEAR, 9998, 9999-01-01 00:00:00",
    })
    void addingOneUnit(String start, IntervalUnit unit, long count, String expected) {
        assertThat(parser.datetime(start, 0, 0)).isTrue();
        long sum = Interval.of(unit, count, 0).addTo(parser.value());
        assertThat(TemporalFormat.datetime(sum, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "9999-12-31, DAY, 1",
        "9999-12-31, MONTH, 1",
        "9999-12-31 23:59:59, SECOND, 1",
        "0001-01-01, YEAR, -2",
        "2000-01-01, DAY, 9223372036854775807",
        "2000-01-01, YEAR, -9223372036854775808",
        "2000-01-01, HOUR, 9223372036854775807",
        "2000-01-01, MICROSECOND, 9223372036854775807",
        "2000-01-01, WEEK, 4611686018427387904"
    })
    void sumsOutsideTheCalendarOverflow(String start, IntervalUnit unit, long count) {
        assertThat(parser.datetime(start, 0, 0)).isTrue();
        assertThat(Interval.of(unit, count, 0).addTo(parser.value())).isEqualTo(Temporals.OVERFLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "'1 10:20:30.5', DAY_MICROSECOND, 2026-01-02 10:20:30.500000",
        "'1:1', DAY_HOUR, 2026-01-02 01:00:00.000000",
        "'90', HOUR_MINUTE, 2026-01-01 01:30:00.000000",
        "'-1 1', DAY_HOUR, 2025-12-30 23:00:00.000000",
        "'1-2', YEAR_MONTH, 2027-03-01 00:00:00.000000",
        "'14', YEAR_MONTH, 2027-03-01 00:00:00.000000",
        "'1.000001', SECOND_MICROSECOND, 2026-01-01 00:00:01.000001",
        "'1:30', MINUTE_SECOND, 2026-01-01 00:01:30.000000",
        "'x', DAY_SECOND, 2026-01-01 00:00:00.000000",
    })
    void intervalsOfSeveralFields(String text, IntervalUnit unit, String expected) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Interval interval = Interval.parse(utf8, 0, utf8.length, unit);
        assertThat(TemporalFormat.datetime(interval.addTo(Temporal.date(2026, 1, 1)), 6))
                .isEqualTo(expected);
    }

    @Test
    void intervalsAddToTimesWithinTheirRange() {
        long time = Temporal.time(false, 1, 0, 0, 0);
        assertThat(TemporalFormat.time(Interval.of(IntervalUnit.HOUR, -2, 0).addToTime(time), 0))
                .isEqualTo("-01:00:00");
        assertThat(TemporalFormat.time(
                        Interval.of(IntervalUnit.SECOND, 1, 500_000).addToTime(time), 1))
                .isEqualTo("01:00:01.5");
        assertThat(Interval.of(IntervalUnit.HOUR, 838, 0).addToTime(time)).isEqualTo(Temporals.OVERFLOW);
        assertThat(Interval.of(IntervalUnit.MONTH, 1, 0).addToTime(time)).isEqualTo(Temporals.OVERFLOW);
    }

    @Test
    void randomArithmeticAgreesWithJavaTime() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            LocalDateTime a = LocalDateTime.of(1 + random.nextInt(9998), 1, 1, 0, 0)
                    .plusSeconds(random.nextInt(31_000_000))
                    .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
            long packed = pack(a);
            assertThat(Temporals.ofMicros(Temporals.toMicros(packed))).isEqualTo(packed);
            assertThat(Temporals.toMicros(packed))
                    .isEqualTo(a.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + a.getNano() / 1000);
            long micros = random.nextLong() >> 10 + random.nextInt(40);
            LocalDateTime sum = a.plus(micros, ChronoUnit.MICROS);
            boolean isInside = sum.getYear() >= 1 && sum.getYear() <= 9999;
            assertThat(Interval.of(IntervalUnit.MICROSECOND, micros, 0).addTo(packed))
                    .isEqualTo(isInside ? pack(sum) : Temporals.OVERFLOW);
        }
    }

    private static long pack(LocalDateTime t) {
        return Temporal.datetime(
                t.getYear(),
                t.getMonthValue(),
                t.getDayOfMonth(),
                t.getHour(),
                t.getMinute(),
                t.getSecond(),
                t.getNano() / 1000);
    }

    @Test
    void roundingCarries() {
        long last = Temporals.MAX_DATETIME;
        assertThat(Temporals.roundDatetime(last, 3)).isEqualTo(Temporals.OVERFLOW);
        assertThat(Temporals.roundDatetime(last, 6)).isEqualTo(last);
        assertThat(Temporals.truncateDatetime(last, 0)).isEqualTo(Temporal.datetime(9999, 12, 31, 23, 59, 59, 0));
        assertThat(Temporals.roundTime(Temporal.time(true, 0, 59, 59, 500_000), 0))
                .isEqualTo(Temporal.time(true, 1, 0, 0, 0));
        assertThat(Temporals.truncateTime(Temporal.time(true, 0, 59, 59, 999_999), 1))
                .isEqualTo(Temporal.time(true, 0, 59, 59, 900_000));
        assertThat(Temporals.roundMicros(1_499_999, 0)).isEqualTo(1_000_000);
        assertThat(Temporals.roundMicros(1_500_000, 0)).isEqualTo(2_000_000);
        assertThat(Temporals.roundMicros(1_234_567, 6)).isEqualTo(1_234_567);
    }

    @Test
    void zonesAndTheirJumps() {
        TimeZoneRule berlin = TimeZoneRule.of("europe/berlin", ZoneOffset.UTC);
        assertThat(berlin.name()).isEqualTo("Europe/Berlin");
        // Seconds from MariaDB 10.11, UNIX_TIMESTAMP() in Europe/Berlin.
        assertMoment(berlin, "2026-03-29 01:59:59", 1774745999L);
        assertMoment(berlin, "2026-03-29 02:30:00", 1774746000L);
        assertMoment(berlin, "2026-03-29 03:00:00", 1774746000L);
        assertMoment(berlin, "2026-10-25 02:00:00", 1792886400L);
        assertMoment(berlin, "2026-10-25 02:30:00", 1792888200L);
        assertMoment(berlin, "2026-10-25 03:00:00", 1792893600L);
        TimeZoneRule newYork = TimeZoneRule.of("America/New_York", ZoneOffset.UTC);
        assertMoment(newYork, "2026-11-01 01:30:00", 1793511000L);
        assertMoment(newYork, "2026-03-08 02:30:00", 1772953200L);
        assertThat(parser.datetime("2026-03-29 02:30:00", 0, 0)).isTrue();
        assertThat(berlin.isSkipped(parser.value())).isTrue();
        assertThat(newYork.isSkipped(parser.value())).isFalse();
    }

    private void assertMoment(TimeZoneRule zone, String text, long seconds) {
        assertThat(parser.datetime(text, 0, 0)).isTrue();
        assertThat(zone.toMicros(parser.value())).isEqualTo(seconds * Temporals.SECOND);
    }

    @Test
    void zonesAgreeWithJavaTimeBothWays() {
        Random random = new Random(9);
        for (String id : new String[] {"Europe/Berlin", "America/St_Johns", "Asia/Shanghai", "Australia/Lord_Howe"}) {
            TimeZoneRule rule = TimeZoneRule.of(id, ZoneOffset.UTC);
            ZoneId zone = ZoneId.of(id);
            for (int i = 0; i < 5000; i++) {
                long micros = random.nextLong(Temporals.MIN_TIMESTAMP, Temporals.MAX_TIMESTAMP);
                LocalDateTime local =
                        LocalDateTime.ofInstant(java.time.Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone);
                long packed = pack(local);
                assertThat(rule.toDatetime(micros)).isEqualTo(packed);
                long expected = local.atZone(zone).withEarlierOffsetAtOverlap().toEpochSecond();
                assertThat(Math.floorDiv(rule.toMicros(packed), Temporals.SECOND))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void zoneNames() {
        assertThat(TimeZoneRule.of("+8:00", ZoneOffset.UTC).name()).isEqualTo("+08:00");
        assertThat(TimeZoneRule.of("-13:59", ZoneOffset.UTC).offsetSeconds(0)).isEqualTo(-(13 * 60 + 59) * 60);
        assertThat(TimeZoneRule.of("+14:00", ZoneOffset.UTC).offsetSeconds(0)).isEqualTo(14 * 3600);
        assertThat(TimeZoneRule.of("system", ZoneOffset.ofHours(3)).name()).isEqualTo("SYSTEM");
        assertThat(TimeZoneRule.UTC.toDatetime(0)).isZero();
        assertThat(TimeZoneRule.UTC.toMicros(0)).isZero();
        for (String wrong : new String[] {"", "+14:01", "-14:00", "+01:60", "Mars/Olympus", "08:00", "+8"}) {
            assertThatThrownBy(() -> TimeZoneRule.of(wrong, ZoneOffset.UTC))
                    .isInstanceOf(SqlException.class)
                    .hasMessage("Unknown or incorrect time zone: '" + wrong + "'");
        }
    }

    @Test
    void numbersOfTemporals() {
        assertThat(Temporals.toNumber(Temporal.datetime(2026, 1, 2, 3, 4, 5, 6), false))
                .isEqualTo(20260102030405L);
        assertThat(Temporals.toNumber(Temporal.date(2026, 1, 2), true)).isEqualTo(20260102L);
        assertThat(Temporals.timeToNumber(Temporal.time(true, 10, 11, 12, 0))).isEqualTo(-101112);
        assertThat(Temporals.lastDay(Temporal.date(2024, 2, 1))).isEqualTo(Temporal.date(2024, 2, 29));
        assertThat(Temporals.fractionDigits(120_000)).isEqualTo(2);
        assertThat(Temporals.fractionDigits(0)).isZero();
    }
}
