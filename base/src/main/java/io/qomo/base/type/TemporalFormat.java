package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;

/// The text of temporal values: `2026-11-22`, `2026-11-22 18:55:00.123`, `-01:02:03.5`.
public final class TemporalFormat {
    private TemporalFormat() {}

    /// Appends a DATE.
    public static void appendDate(long packed, ByteBuilder out) {
        out.putTwoDigits(Temporal.year(packed) / 100);
        out.putTwoDigits(Temporal.year(packed) % 100);
        out.put('-');
        out.putTwoDigits(Temporal.month(packed));
        out.put('-');
        out.putTwoDigits(Temporal.day(packed));
    }

    /// Appends a DATETIME with `fsp` fractional digits; further ones are cut off.
    public static void appendDatetime(long packed, int fsp, ByteBuilder out) {
        appendDate(packed, out);
        out.put(' ');
        out.putTwoDigits(Temporal.hour(packed));
        appendMinutes(packed, fsp, out);
    }

    /// Appends a TIME with `fsp` fractional digits; further ones are cut off.
    public static void appendTime(long packed, int fsp, ByteBuilder out) {
        if (packed < 0) {
            out.put('-');
        }
        int hours = Temporal.timeHours(packed);
        if (hours >= 100) {
            out.putUnsigned(hours);
        } else {
            out.putTwoDigits(hours);
        }
        appendMinutes(Math.abs(packed), fsp, out);
    }

    /// Appends a TIMESTAMP in a time zone; 0 is the zero date.
    public static void appendTimestamp(long micros, int fsp, TimeZoneRule zone, ByteBuilder out) {
        appendDatetime(zone.toDatetime(micros), fsp, out);
    }

    /// Appends a value of the form LONG of a temporal type.
    public static void append(long value, SqlType type, TimeZoneRule zone, ByteBuilder out) {
        int fsp = Math.max(type.scale(), 0);
        switch (type.kind()) {
            case DATE -> appendDate(value, out);
            case TIME -> appendTime(value, fsp, out);
            case DATETIME -> appendDatetime(value, fsp, out);
            case TIMESTAMP -> appendTimestamp(value, fsp, zone, out);
            default -> throw new IllegalArgumentException("not temporal: " + type.kind());
        }
    }

    /// The text of a DATETIME.
    public static String datetime(long packed, int fsp) {
        ByteBuilder out = new ByteBuilder(26);
        appendDatetime(packed, fsp, out);
        return out.toString();
    }

    /// The text of a DATE.
    public static String date(long packed) {
        ByteBuilder out = new ByteBuilder(16);
        appendDate(packed, out);
        return out.toString();
    }

    /// The text of a TIME.
    public static String time(long packed, int fsp) {
        ByteBuilder out = new ByteBuilder(18);
        appendTime(packed, fsp, out);
        return out.toString();
    }

    private static void appendMinutes(long packed, int fsp, ByteBuilder out) {
        out.put(':');
        out.putTwoDigits(Temporal.minute(packed));
        out.put(':');
        out.putTwoDigits(Temporal.second(packed));
        if (fsp > 0) {
            out.put('.');
            int micros = Temporal.micros(packed);
            for (int i = 0, unit = 100_000; i < fsp; i++, unit /= 10) {
                out.put('0' + micros / unit % 10);
            }
        }
    }
}
