package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// INET_ATON and its kin.
final class Addresses {
    private static final int BYTES_4 = 4;
    private static final int BYTES_6 = 16;

    private Addresses() {}

    static Expr is(Binding call, Predicate<String> test) {
        call.text(0);
        return call.lenient().notNull().returnsLong(row -> row.set(!row.isNull(0) && test.test(row.text(0))));
    }

    static Expr isBytes(Binding call, Predicate<byte[]> test) {
        call.binary(0);
        return call.lenient().notNull().returnsLong(row -> row.set(!row.isNull(0) && test.test(row.bytes(0))));
    }

    static boolean isCompat(byte[] bytes) {
        if (bytes.length != BYTES_6 || !zeros(bytes, 12)) {
            return false;
        }
        return bytes[12] != 0 || bytes[13] != 0 || bytes[14] != 0 || (bytes[15] & 0xFF) > 1;
    }

    static boolean isMapped(byte[] bytes) {
        return bytes.length == BYTES_6 && zeros(bytes, 10) && bytes[10] == -1 && bytes[11] == -1;
    }

    private static boolean zeros(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// INET_ATON, which also reads `a.b` as `a.0.0.b`.
    static Expr aton(Binding call) {
        call.text(0);
        return call.nullable().returns(SqlType.BIGINT_UNSIGNED, Coercibility.NUMERIC, row -> {
            long address = shortForm(row.text(0));
            if (address < 0) {
                row.context.warn(ErrorCode.WRONG_VALUE_FOR_TYPE, "string", row.text(0), "inet_aton");
                row.setNull();
            } else {
                row.set(address);
            }
        });
    }

    private static long shortForm(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length < 1 || parts.length > BYTES_4) {
            return -1;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            int part = octet(parts[i]);
            if (part < 0) {
                return -1;
            }
            boolean isLast = i == parts.length - 1;
            address = address << (isLast && i > 0 ? 8 * (BYTES_4 - i) : 8) | part;
        }
        return address;
    }

    private static int octet(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > 255 ? -1 : value;
    }

    static Expr ntoa(Binding call) {
        call.integer(0);
        return call.nullable().returnsText(15, row -> {
            long address = row.integer(0);
            if (address < 0 || address > 0xFFFFFFFFL) {
                row.context.warn(ErrorCode.WRONG_VALUE_FOR_TYPE, "integer", Long.toString(address), "inet_ntoa");
                row.setNull();
            } else {
                row.set(dotted((int) address));
            }
        });
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    static Expr aton6(Binding call) {
        call.text(0);
        return call.nullable().returnsBinary(BYTES_6, row -> {
            byte[] bytes = parse4(row.text(0));
            if (bytes == null) {
                bytes = parse6(row.text(0));
            }
            if (bytes == null) {
                row.context.warn(ErrorCode.WRONG_VALUE_FOR_TYPE, "string", row.text(0), "inet6_aton");
                row.setNull();
            } else {
                row.set(bytes);
            }
        });
    }

    static Expr ntoa6(Binding call) {
        boolean isBytes = call.type(0).isBinaryString();
        if (isBytes) {
            call.binary(0);
        } else {
            call.text(0);
        }
        return call.nullable().returnsText(39, row -> {
            byte[] bytes = row.bytes(0);
            if (bytes.length == BYTES_4 && isBytes) {
                row.set(dotted(
                        (bytes[0] & 255) << 24 | (bytes[1] & 255) << 16 | (bytes[2] & 255) << 8 | bytes[3] & 255));
            } else if (bytes.length == BYTES_6 && isBytes) {
                row.set(text6(bytes));
            } else {
                row.context.warn(
                        ErrorCode.WRONG_VALUE_FOR_TYPE,
                        "string",
                        Encodings.shown(bytes, 0, bytes.length, 64),
                        "inet6_ntoa");
                row.setNull();
            }
        });
    }

    /// The four bytes of a dotted address, or null.
    static byte @Nullable [] parse4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != BYTES_4) {
            return null;
        }
        byte[] bytes = new byte[BYTES_4];
        for (int i = 0; i < BYTES_4; i++) {
            int part = octet(parts[i]);
            if (part < 0) {
                return null;
            }
            bytes[i] = (byte) part;
        }
        return bytes;
    }

    /// The sixteen bytes of a colon-separated address, or null.
    static byte @Nullable [] parse6(String text) {
        int gap = text.indexOf("::");
        String head = gap < 0 ? text : text.substring(0, gap);
        String tail = gap < 0 ? "" : text.substring(gap + 2);
        if (gap >= 0 && tail.contains("::")) {
            return null;
        }
        byte[] first = groups(head, gap < 0);
        byte[] last = groups(tail, true);
        if (first == null || last == null) {
            return null;
        }
        int length = first.length + last.length;
        if (gap < 0 ? length != BYTES_6 : length > BYTES_6 - 2) {
            return null;
        }
        byte[] bytes = new byte[BYTES_6];
        System.arraycopy(first, 0, bytes, 0, first.length);
        System.arraycopy(last, 0, bytes, BYTES_6 - last.length, last.length);
        return bytes;
    }

    private static byte @Nullable [] groups(String text, boolean mayEndDotted) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        io.qomo.base.bytes.ByteBuilder out = new io.qomo.base.bytes.ByteBuilder(BYTES_6);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && mayEndDotted && part.contains(".")) {
                byte[] dotted = parse4(part);
                if (dotted == null) {
                    return null;
                }
                out.put(dotted);
            } else {
                int group = group(part);
                if (group < 0) {
                    return null;
                }
                out.putShort(group);
            }
        }
        return out.length() > BYTES_6 ? null : out.toBytes();
    }

    private static int group(String digits) {
        if (digits.isEmpty() || digits.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /// The text with the longest run of zero groups as `::`; IPv4-mapped and -compatible ones end dotted.
    private static String text6(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        boolean dotted = best == 0 && (bestLength == 6 || (bestLength == 5 && groups[5] == 0xFFFF));
        int count = dotted ? 6 : 8;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (best >= 0 && i >= best && i < best + bestLength) {
                if (i == best) {
                    text.append(':');
                }
                continue;
            }
            if (i > 0) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        if (best >= 0 && best + bestLength == 8) {
            text.append(':');
        }
        if (dotted) {
            text.append(':').append(dotted(groups[6] << 16 | groups[7]));
        }
        return text.toString();
    }
}
