package io.qomo.serve.mysql.result;

import io.qomo.base.type.Temporal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Turns TIMESTAMP values into packed DATETIMEs of one time zone. Remembers the stretch of time in which
/// the last value's offset holds, as neighbouring rows mostly share it. Owned by one thread.
public final class TimestampClock {
    private static final long MICROS = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;

    private final ZoneRules rules;
    private long validFromSecond = Long.MAX_VALUE;
    private long validToSecond = Long.MIN_VALUE;
    private int offsetSeconds;

    /// A clock for a zone.
    public TimestampClock(ZoneId zone) {
        rules = zone.getRules();
        if (rules.isFixedOffset()) {
            offsetSeconds = rules.getOffset(Instant.EPOCH).getTotalSeconds();
            validFromSecond = Long.MIN_VALUE;
            validToSecond = Long.MAX_VALUE;
        }
    }

    /// The packed DATETIME of microseconds since 1970 UTC; 0 is the zero value and stays 0.
    public long datetime(long epochMicros) {
        if (epochMicros == 0) {
            return 0;
        }
        long second = Math.floorDiv(epochMicros, MICROS);
        if (second < validFromSecond || second >= validToSecond) {
            look(second);
        }
        long local = second + offsetSeconds;
        long days = Math.floorDiv(local, SECONDS_PER_DAY);
        int ofDay = (int) Math.floorMod(local, (long) SECONDS_PER_DAY);
        // the civil calendar, counted in eras of 400 years that start in March
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        int micros = (int) Math.floorMod(epochMicros, MICROS);
        return Temporal.datetime(year, month, day, ofDay / 3600, ofDay / 60 % 60, ofDay % 60, micros);
    }

    private void look(long second) {
        Instant instant = Instant.ofEpochSecond(second);
        ZoneOffset offset = rules.getOffset(instant);
        ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        validFromSecond = before == null ? Long.MIN_VALUE : before.toEpochSecond();
        validToSecond = after == null ? Long.MAX_VALUE : after.toEpochSecond();
        offsetSeconds = offset.getTotalSeconds();
    }
}
