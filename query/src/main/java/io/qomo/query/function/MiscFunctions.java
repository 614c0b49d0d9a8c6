package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Miscellaneous functions: UUIDs, network addresses, SLEEP and others.
///
/// Source: MySQL 8.0 manual, "Miscellaneous Functions".
final class MiscFunctions {
    static final FunctionTable TABLE = new FunctionTable("Miscellaneous Functions")
            .add("ANY_VALUE(arg)", c -> c.get(0))
            .add("BIN_TO_UUID(binary_uuid[, swap_flag])", MiscFunctions::binToUuid)
            .add("BIT_COUNT(n)", MiscFunctions::bitCount)
            .add("FORMAT_BYTES(count)", MiscFunctions::formatBytes)
            .add("FORMAT_PICO_TIME(time_val)", MiscFunctions::formatPicoTime)
            .add("INET_ATON(expr)", Addresses::aton)
            .add("INET_NTOA(expr)", Addresses::ntoa)
            .add("INET6_ATON(expr)", Addresses::aton6)
            .add("INET6_NTOA(expr)", Addresses::ntoa6)
            .add("IS_IPV4(expr)", c -> Addresses.is(c, s -> Addresses.parse4(s) != null))
            .add("IS_IPV4_COMPAT(expr)", c -> Addresses.isBytes(c, Addresses::isCompat))
            .add("IS_IPV4_MAPPED(expr)", c -> Addresses.isBytes(c, Addresses::isMapped))
            .add("IS_IPV6(expr)", c -> Addresses.is(c, s -> Addresses.parse6(s) != null))
            .add("IS_UUID(string_uuid)", MiscFunctions::isUuid)
            .add("NAME_CONST(name, value)", c -> c.get(1))
            .add("SLEEP(duration)", MiscFunctions::sleep)
            .add("UUID()", MiscFunctions::uuid)
            .add("UUID_SHORT()", MiscFunctions::uuidShort)
            .add("UUID_TO_BIN(string_uuid[, swap_flag])", MiscFunctions::uuidToBin);

    private static final int UUID_CHARS = 36;
    private static final int UUID_BYTES = 16;
    /// 100-nanosecond steps from 1582-10-15 to 1970-01-01.
    private static final long UUID_EPOCH = 122_192_928_000_000_000L;

    private MiscFunctions() {}

    private static Expr bitCount(Binding call) {
        if (call.type(0).isBinaryString() && !Expr.Constant.isHexLiteral(call.get(0))) {
            return call.returnsLong(row -> {
                long count = 0;
                for (byte b : row.bytes(0)) {
                    count += Integer.bitCount(b & 0xFF);
                }
                row.set(count);
            });
        }
        BitOperators.bits(call, 0);
        return call.returnsLong(row -> row.set((long) Long.bitCount(row.integer(0))));
    }

    private static Expr sleep(Binding call) {
        call.real(0);
        return call.volatileResult().notNull().lenient().returnsLong(row -> {
            if (row.isNull(0) || row.real(0) < 0) {
                throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "sleep.");
            }
            row.set(row.context.session().sleep(row.real(0)));
        });
    }

    private static Expr uuid(Binding call) {
        return call.volatileResult().notNull().returnsText(UUID_CHARS, row -> {
            long random = row.context.session().randomLong();
            // Version 1: time with random low bits, so that two calls within a microsecond differ; a random node.
            long time = row.context.currentMicros() * 10 + UUID_EPOCH + Math.floorMod(random, 10);
            long high = (time & 0xFFFFFFFFL) << 32 | (time >>> 32 & 0xFFFF) << 16 | 0x1000 | (time >>> 48 & 0xFFF);
            long low = 0x8000_0000_0000_0000L | (row.context.session().randomLong() >>> 2) | 0x0000_0100_0000_0000L;
            row.set(new java.util.UUID(high, low).toString());
        });
    }

    private static Expr uuidShort(Binding call) {
        return call.volatileResult()
                .notNull()
                .returns(
                        SqlType.BIGINT_UNSIGNED,
                        Coercibility.NUMERIC,
                        row -> row.set((row.context.currentMicros() << 11
                                        | (row.context.session().randomLong() & 0x7FF))
                                & Long.MAX_VALUE));
    }

    /// The bytes of a UUID in any of its spellings, or null.
    private static byte @Nullable [] parse(String text) {
        String digits = text;
        if (digits.length() == UUID_CHARS + 2 && digits.startsWith("{") && digits.endsWith("}")) {
            digits = digits.substring(1, UUID_CHARS + 1);
        }
        if (digits.length() == UUID_CHARS) {
            if (digits.charAt(8) != '-'
                    || digits.charAt(13) != '-'
                    || digits.charAt(18) != '-'
                    || digits.charAt(23) != '-') {
                return null;
            }
            digits = digits.replace("-", "");
        }
        if (digits.length() != 2 * UUID_BYTES) {
            return null;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return null;
            }
        }
        return HexFormat.of().parseHex(digits);
    }

    private static Expr isUuid(Binding call) {
        call.text(0);
        return call.returnsLong(row -> row.set(parse(row.text(0)) != null));
    }

    private static Expr uuidToBin(Binding call) {
        call.text(0);
        if (call.size() == 2) {
            call.integer(1);
        }
        return call.lenient().returnsBinary(UUID_BYTES, row -> {
            if (row.isNull(0)) {
                row.setNull();
                return;
            }
            byte[] bytes = parse(row.text(0));
            if (bytes == null) {
                throw new SqlException(ErrorCode.WRONG_VALUE_FOR_TYPE, "string", row.text(0), "uuid_to_bin");
            }
            boolean swaps = row.width() == 2 && !row.isNull(1) && row.integer(1) != 0;
            row.set(swaps ? reorder(bytes, new int[] {6, 7, 4, 5, 0, 1, 2, 3}) : bytes);
        });
    }

    private static Expr binToUuid(Binding call) {
        call.binary(0);
        if (call.size() == 2) {
            call.integer(1);
        }
        return call.lenient().returnsText(UUID_CHARS, row -> {
            if (row.isNull(0)) {
                row.setNull();
                return;
            }
            byte[] bytes = row.bytes(0);
            if (bytes.length != UUID_BYTES) {
                throw new SqlException(
                        ErrorCode.WRONG_VALUE_FOR_TYPE,
                        "string",
                        Encodings.shown(bytes, 0, bytes.length, 64),
                        "bin_to_uuid");
            }
            boolean swaps = row.width() == 2 && !row.isNull(1) && row.integer(1) != 0;
            byte[] plain = swaps ? reorder(bytes, new int[] {4, 5, 6, 7, 2, 3, 0, 1}) : bytes;
            StringBuilder text = new StringBuilder(HexFormat.of().formatHex(plain));
            for (int at : new int[] {20, 16, 12, 8}) {
                text.insert(at, '-');
            }
            row.set(text.toString());
        });
    }

    private static byte[] reorder(byte[] bytes, int[] first) {
        byte[] result = bytes.clone();
        for (int i = 0; i < first.length; i++) {
            result[i] = bytes[first[i]];
        }
        return result;
    }

    private static final String[] BYTE_UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private static Expr formatBytes(Binding call) {
        call.real(0);
        return call.returnsText(17, row -> {
            double value = row.real(0);
            int unit = 0;
            while (unit < BYTE_UNITS.length - 1 && Math.abs(value) >= 1024) {
                value /= 1024;
                unit++;
            }
            row.set(
                    unit == 0
                            ? String.format(Locale.ROOT, "%4d %s", (long) value, BYTE_UNITS[0])
                            : amount(value, BYTE_UNITS[unit]));
        });
    }

    private static final String[] TIME_UNITS = {"ps", "ns", "us", "ms", "s", "min", "h", "d"};
    private static final double[] TIME_STEPS = {1000, 1000, 1000, 1000, 60, 60, 24};

    private static Expr formatPicoTime(Binding call) {
        call.real(0);
        return call.returnsText(17, row -> {
            double value = row.real(0);
            int unit = 0;
            while (unit < TIME_STEPS.length && Math.abs(value) >= TIME_STEPS[unit]) {
                value /= TIME_STEPS[unit];
                unit++;
            }
            row.set(
                    unit == 0
                            ? String.format(Locale.ROOT, "%3d %s", (long) value, TIME_UNITS[0])
                            : amount(value, TIME_UNITS[unit]));
        });
    }

    private static String amount(double value, String unit) {
        String number = Math.abs(value) >= 100_000
                ? String.format(Locale.ROOT, "%4.2e", value)
                : String.format(Locale.ROOT, "%4.2f", value);
        return number + " " + unit;
    }
}
