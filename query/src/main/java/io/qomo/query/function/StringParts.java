package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.memory.LargeArrays;
import io.qomo.base.type.Utf8;
import io.qomo.query.expr.Expr;

/// Functions that cut, pad and join strings.
final class StringParts {
    private StringParts() {}

    static Expr concat(Binding call) {
        CollationMix mix = call.mixTextFrom(0);
        long chars = 0;
        for (int i = 0; i < call.size(); i++) {
            chars += call.chars(i);
        }
        return call.returnsText(Math.min(chars, TextTypes.MAX_CHARS), mix, row -> {
            int bytes = 0;
            for (int i = 0; i < row.width(); i++) {
                bytes += row.length(i);
            }
            if (row.isTooLong(bytes, "concat")) {
                return;
            }
            byte[] result = LargeArrays.allocate(bytes);
            int at = 0;
            for (int i = 0; i < row.width(); i++) {
                System.arraycopy(row.base(i), row.offset(i), result, at, row.length(i));
                at += row.length(i);
            }
            row.set(result);
        });
    }

    static Expr concatWithSeparator(Binding call) {
        CollationMix mix = call.mixTextFrom(0);
        long chars = call.chars(0) * Math.max(call.size() - 2, 0);
        for (int i = 1; i < call.size(); i++) {
            chars += call.chars(i);
        }
        if (!call.get(0).nullable()) {
            call.notNull();
        } else {
            call.nullable();
        }
        return call.lenient().returnsText(Math.min(chars, TextTypes.MAX_CHARS), mix, row -> {
            if (row.isNull(0)) {
                row.setNull();
                return;
            }
            ByteBuilder out = row.buffer();
            boolean first = true;
            for (int i = 1; i < row.width(); i++) {
                if (!row.isNull(i)) {
                    if (!first) {
                        out.put(row.base(0), row.offset(0), row.length(0));
                    }
                    out.put(row.base(i), row.offset(i), row.length(i));
                    first = false;
                }
            }
            if (!row.isTooLong(out.length(), "concat_ws")) {
                row.set(out);
            }
        });
    }

    static Expr left(Binding call) {
        CollationMix mix = call.integer(1).mixText(0);
        CharMatch chars = new CharMatch(mix.collation());
        return call.returnsText(limit(call, 1, call.chars(0)), mix, row -> {
            int end = chars.skip(row.base(0), row.offset(0), row.length(0), count(row, 1));
            row.set(row.base(0), row.offset(0), end - row.offset(0));
        });
    }

    static Expr right(Binding call) {
        CollationMix mix = call.integer(1).mixText(0);
        CharMatch chars = new CharMatch(mix.collation());
        return call.returnsText(limit(call, 1, call.chars(0)), mix, row -> {
            int from = row.offset(0);
            int end = from + row.length(0);
            long count = count(row, 1);
            int start = chars.isBinary
                    ? (int) Math.max(from, end - Math.min(count, row.length(0)))
                    : Utf8.skipBack(row.base(0), from, row.length(0), count);
            row.set(row.base(0), start, end - start);
        });
    }

    /// A length argument that is constant bounds the result.
    private static long limit(Binding call, int argument, long chars) {
        if (call.constant(argument) instanceof io.qomo.base.vector.LongVector v && !v.isNull(0)) {
            return Math.clamp(v.get(0), 0, chars);
        }
        return chars;
    }

    /// A count of characters: negative ones are 0, unsigned ones beyond BIGINT the greatest.
    private static long count(Row row, int argument) {
        long value = row.integer(argument);
        if (value < 0) {
            return row.typeOf(argument).unsigned() ? Long.MAX_VALUE : 0;
        }
        return value;
    }

    static Expr substring(Binding call) {
        int[] numbers = call.size() == 3 ? new int[] {1, 2} : new int[] {1};
        CollationMix mix = call.integer(numbers).mixText(0);
        CharMatch chars = new CharMatch(mix.collation());
        long most = call.size() == 3 ? limit(call, 2, call.chars(0)) : call.chars(0);
        return call.returnsText(most, mix, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int length = row.length(0);
            long position = row.integer(1);
            long count = row.width() == 3 ? count(row, 2) : Long.MAX_VALUE;
            if (position == 0 || count == 0) {
                row.setEmpty();
                return;
            }
            int start;
            if (position > 0) {
                start = chars.skip(text, from, length, position - 1);
            } else {
                long fromEnd = position == Long.MIN_VALUE ? Long.MAX_VALUE : -position;
                if (fromEnd > chars.charCount(text, from, length)) {
                    row.setEmpty();
                    return;
                }
                start = chars.isBinary ? from + length - (int) fromEnd : Utf8.skipBack(text, from, length, fromEnd);
            }
            int end = chars.skip(text, start, from + length - start, count);
            row.set(text, start, end - start);
        });
    }

    static Expr insert(Binding call) {
        CollationMix mix = call.integer(1, 2).mixText(0, 3);
        CharMatch chars = new CharMatch(mix.collation());
        return call.returnsText(Math.min(call.chars(0) + call.chars(3), TextTypes.MAX_CHARS), mix, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int length = row.length(0);
            long position = row.integer(1);
            long count = row.integer(2);
            if (position < 1 || position > chars.charCount(text, from, length)) {
                row.set(text, from, length);
                return;
            }
            int start = chars.skip(text, from, length, position - 1);
            int rest = from + length - start;
            int stop = count < 0 ? from + length : chars.skip(text, start, rest, count);
            if (row.isTooLong((long) length - (stop - start) + row.length(3), "insert")) {
                return;
            }
            ByteBuilder out = row.buffer();
            out.put(text, from, start - from);
            out.put(row.base(3), row.offset(3), row.length(3));
            out.put(text, stop, from + length - stop);
            row.set(out);
        });
    }

    static Expr pad(Binding call, boolean left) {
        if (call.size() == 2) {
            call.add(new Expr.Constant(io.qomo.base.vector.BytesVector.constant(
                    io.qomo.base.type.SqlType.varchar(1, call.context().connectionCollation()), " ")));
        }
        String name = call.name();
        CollationMix mix = call.integer(1).mixText(0, 2);
        CharMatch chars = new CharMatch(mix.collation());
        long most = call.constant(1) instanceof io.qomo.base.vector.LongVector v && !v.isNull(0) && v.get(0) >= 0
                ? v.get(0)
                : TextTypes.MAX_CHARS;
        return call.nullable().returnsText(Math.min(most, TextTypes.MAX_CHARS), mix, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int length = row.length(0);
            long wanted = row.integer(1);
            if (wanted < 0) {
                row.setNull();
                return;
            }
            long missing = wanted - chars.charCount(text, from, length);
            if (missing <= 0) {
                int end = chars.skip(text, from, length, wanted);
                row.set(text, from, end - from);
                return;
            }
            int padChars = chars.charCount(row.base(2), row.offset(2), row.length(2));
            if (padChars == 0) {
                row.setEmpty();
                return;
            }
            long whole = missing / padChars;
            if (whole >= Integer.MAX_VALUE || row.isTooLong(length + (whole + 1) * row.length(2), name)) {
                row.setNull();
                return;
            }
            ByteBuilder out = row.buffer();
            if (!left) {
                out.put(text, from, length);
            }
            for (long i = 0; i < whole; i++) {
                out.put(row.base(2), row.offset(2), row.length(2));
            }
            int end = chars.skip(row.base(2), row.offset(2), row.length(2), missing % padChars);
            out.put(row.base(2), row.offset(2), end - row.offset(2));
            if (left) {
                out.put(text, from, length);
            }
            row.set(out);
        });
    }

    static Expr repeat(Binding call) {
        CollationMix mix = call.integer(1).mixText(0);
        long times = call.constant(1) instanceof io.qomo.base.vector.LongVector v && !v.isNull(0)
                ? Math.clamp(v.get(0), 0, Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
        long chars = Math.min(call.chars(0) * times, TextTypes.MAX_CHARS);
        return call.nullable().returnsText(chars < 0 ? TextTypes.MAX_CHARS : chars, mix, row -> {
            long count = Math.min(count(row, 1), Integer.MAX_VALUE);
            int length = row.length(0);
            if (count == 0 || length == 0) {
                row.setEmpty();
                return;
            }
            if (row.isTooLong(count * length, "repeat")) {
                return;
            }
            byte[] result = LargeArrays.allocate((int) (count * length));
            System.arraycopy(row.base(0), row.offset(0), result, 0, length);
            for (int done = length; done < result.length; done *= 2) {
                System.arraycopy(result, 0, result, done, Math.min(done, result.length - done));
            }
            row.set(result);
        });
    }

    static Expr space(Binding call) {
        call.integer(0);
        return call.nullable().returnsText(TextTypes.MAX_CHARS >> 2, row -> {
            long count = Math.min(count(row, 0), Integer.MAX_VALUE);
            if (!row.isTooLong(count, "space")) {
                byte[] result = LargeArrays.allocate((int) count);
                java.util.Arrays.fill(result, (byte) ' ');
                row.set(result);
            }
        });
    }

    static Expr reverse(Binding call) {
        CollationMix mix = call.mixText(0);
        CharMatch chars = new CharMatch(mix.collation());
        return call.returnsText(call.chars(0), mix, row -> {
            byte[] text = row.base(0);
            int length = row.length(0);
            int end = row.offset(0) + length;
            byte[] result = LargeArrays.allocate(length);
            int to = length;
            for (int i = row.offset(0); i < end; ) {
                int n = chars.charLength(text, i, end);
                to -= n;
                System.arraycopy(text, i, result, to, n);
                i += n;
            }
            row.set(result);
        });
    }

    /// TRIM; arguments: text and, if there are two, what to remove.
    static Expr trim(Binding call, boolean leading, boolean trailing) {
        CollationMix mix = call.mixTextFrom(0);
        return call.returnsText(call.chars(0), mix, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int end = from + row.length(0);
            if (row.width() == 1) {
                while (leading && from < end && text[from] == ' ') {
                    from++;
                }
                while (trailing && from < end && text[end - 1] == ' ') {
                    end--;
                }
            } else if (row.length(1) > 0) {
                int n = row.length(1);
                while (leading && end - from >= n && matches(row, text, from)) {
                    from += n;
                }
                while (trailing && end - from >= n && matches(row, text, end - n)) {
                    end -= n;
                }
            }
            row.set(text, from, end - from);
        });
    }

    private static boolean matches(Row row, byte[] text, int at) {
        return java.util.Arrays.equals(
                text, at, at + row.length(1), row.base(1), row.offset(1), row.offset(1) + row.length(1));
    }

    static Expr changeCase(Binding call, boolean upper) {
        CollationMix mix = call.mixText(0);
        if (mix.collation() == io.qomo.base.type.Collation.BINARY) {
            return call.returnsText(call.chars(0), mix, CastFunction::shareBytes);
        }
        return call.returnsText(call.chars(0), mix, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int length = row.length(0);
            if (Utf8.isAscii(text, from, length)) {
                byte[] result = LargeArrays.allocate(length);
                int first = upper ? 'a' : 'A';
                for (int i = 0; i < length; i++) {
                    byte b = text[from + i];
                    result[i] = b >= first && b <= first + 25 ? (byte) (b ^ 32) : b;
                }
                row.set(result);
                return;
            }
            ByteBuilder out = row.buffer();
            int end = from + length;
            for (int i = from; i < end; i += Utf8.charLength(text, i, end)) {
                int c = Utf8.codePointAt(text, i, end);
                out.putCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
            }
            row.set(out);
        });
    }
}
