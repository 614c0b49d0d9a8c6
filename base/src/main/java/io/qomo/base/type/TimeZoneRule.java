package io.qomo.base.type;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A session's time zone: turns TIMESTAMP microseconds (UTC) into the packed DATETIME of a clock there, and back.
///
/// A clock reading that a zone skips (spring) stands for the moment of the skip; one that it shows twice (autumn) for
/// the first. Threads may share a rule. Between two changes of the offset a conversion costs no look-up.
/// Source: MySQL 8.0 manual, "MySQL Server Time Zone Support".
public final class TimeZoneRule {
    /// UTC, under the name it has as an offset.
    public static final TimeZoneRule UTC = new TimeZoneRule("+00:00", ZoneOffset.UTC);

    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2}):(\\d{2})");
    private static final int MAX_OFFSET_MINUTES = 14 * 60;

    /// A stretch of time with one offset, all in microseconds since 1970 UTC.
    private record Window(long start, long end, long offset) {}

    private final String name;
    private final ZoneRules rules;
    // A racy cache of an immutable value: losing an update only costs a look-up.
    private Window window;

    private TimeZoneRule(String name, ZoneId zone) {
        this.name = name;
        this.rules = zone.getRules();
        this.window = windowAt(0);
    }

    /// The rule of a `time_zone` value: SYSTEM (given by `system`), an offset from −13:59 to +14:00, or a zone's name
    /// in any case. Else `UNKNOWN_TIME_ZONE`.
    public static TimeZoneRule of(String timeZone, ZoneId system) {
        if (timeZone.equalsIgnoreCase("SYSTEM")) {
            return new TimeZoneRule("SYSTEM", system);
        }
        Matcher offset = OFFSET.matcher(timeZone);
        if (offset.matches()) {
            return ofOffset(timeZone, offset);
        }
        String id = zoneId(timeZone);
        if (id == null) {
            throw new SqlException(ErrorCode.UNKNOWN_TIME_ZONE, timeZone);
        }
        return new TimeZoneRule(id, ZoneId.of(id));
    }

    private static TimeZoneRule ofOffset(String timeZone, Matcher offset) {
        boolean isNegative = offset.group(1).equals("-");
        int hours = Integer.parseInt(offset.group(2));
        int minutes = Integer.parseInt(offset.group(3));
        int total = hours * 60 + minutes;
        if (minutes > 59 || total > (isNegative ? MAX_OFFSET_MINUTES - 1 : MAX_OFFSET_MINUTES)) {
            throw new SqlException(ErrorCode.UNKNOWN_TIME_ZONE, timeZone);
        }
        String name = String.format(Locale.ROOT, "%s%02d:%02d", isNegative ? "-" : "+", hours, minutes);
        return new TimeZoneRule(name, ZoneOffset.ofTotalSeconds(total * (isNegative ? -60 : 60)));
    }

    private static @Nullable String zoneId(String name) {
        for (String id : ZoneId.getAvailableZoneIds()) {
            if (id.equalsIgnoreCase(name) && !id.startsWith("SystemV")) {
                return id;
            }
        }
        return null;
    }

    /// The name as `@@time_zone` shows it.
    public String name() {
        return name;
    }

    /// The clock's packed DATETIME at a moment; 0 (the zero TIMESTAMP) is the zero date.
    public long toDatetime(long micros) {
        return micros == 0 ? 0 : Temporals.ofMicros(micros + offsetMicros(micros));
    }

    /// The offset from UTC at a moment, in seconds.
    public int offsetSeconds(long micros) {
        return (int) (offsetMicros(micros) / Temporals.SECOND);
    }

    /// The moment of a clock's DATETIME of a real date; not checked against TIMESTAMP's range. The zero date is 0.
    public long toMicros(long datetime) {
        if (datetime == 0) {
            return 0;
        }
        long local = Temporals.toMicros(datetime);
        Window w = window;
        long guess = local - w.offset;
        // A day away from the next change of the offset, only one moment can have this reading.
        if (guess - w.start > Temporals.DAY && w.end - guess > Temporals.DAY) {
            return guess;
        }
        LocalDateTime reading = localDateTime(local);
        ZoneOffsetTransition transition = rules.getTransition(reading);
        if (transition != null) {
            return transition.isGap()
                    ? transition.toEpochSecond() * Temporals.SECOND
                    : local - transition.getOffsetBefore().getTotalSeconds() * Temporals.SECOND;
        }
        long micros = local - rules.getOffset(reading).getTotalSeconds() * Temporals.SECOND;
        window = windowAt(micros);
        return micros;
    }

    /// True if the zone's clocks skip this DATETIME of a real date.
    public boolean isSkipped(long datetime) {
        ZoneOffsetTransition transition = rules.getTransition(localDateTime(Temporals.toMicros(datetime)));
        return transition != null && transition.isGap();
    }

    private static LocalDateTime localDateTime(long localMicros) {
        long seconds = Math.floorDiv(localMicros, Temporals.SECOND);
        int nanos = (int) (localMicros - seconds * Temporals.SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }

    private long offsetMicros(long micros) {
        Window w = window;
        if (micros < w.start || micros >= w.end) {
            w = windowAt(micros);
            window = w;
        }
        return w.offset;
    }

    private Window windowAt(long micros) {
        long offset;
        if (rules.isFixedOffset()) {
            offset = rules.getOffset(Instant.EPOCH).getTotalSeconds();
            return new Window(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4, offset * Temporals.SECOND);
        }
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, Temporals.SECOND));
        offset = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        return new Window(
                before == null ? Long.MIN_VALUE / 4 : before.toEpochSecond() * Temporals.SECOND,
                after == null ? Long.MAX_VALUE / 4 : after.toEpochSecond() * Temporals.SECOND,
                offset * Temporals.SECOND);
    }
}
