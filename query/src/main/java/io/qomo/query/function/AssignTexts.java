package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.type.Types;
import io.qomo.base.type.Utf8;
import java.util.Arrays;
import java.util.List;

/// Stores values in columns of strings, ENUM and SET.
final class AssignTexts {
    private static final int SHOWN_BYTES = 6;

    private AssignTexts() {}

    static void text(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        if (target.collation() == Collation.BINARY) {
            binary(to, row, from);
            return;
        }
        Charset charset = target.collation().charset();
        byte[] text;
        int offset = 0;
        int length;
        if (!from.kind().isString()) {
            text = Texts.append(row, 0, from, row.buffer()).toBytes();
            length = text.length;
            if (from.kind() == TypeKind.BIT) {
                text = decode(to, text, charset);
                length = text.length;
            }
        } else if (from.collation() == Collation.BINARY) {
            text = row.bytes(0);
            if (!Utf8.isAscii(text, 0, text.length)) {
                text = decode(to, text, charset);
            }
            length = text.length;
        } else {
            text = row.base(0);
            offset = row.offset(0);
            length = row.length(0);
            if (!Encodings.covers(charset, from.collation().charset())) {
                byte[] replaced = Encodings.replace(row, 0, charset);
                if (replaced != null) {
                    incorrectString(to, text, firstMissing(row, charset), offset + length);
                    text = replaced;
                    offset = 0;
                    length = replaced.length;
                }
            }
        }
        if (target.kind() == TypeKind.CHAR) {
            length = Collations.trimmedLength(text, offset, length);
        }
        row.set(text, offset, fit(to, text, offset, length));
    }

    private static int firstMissing(Row row, Charset charset) {
        byte[] bytes = row.base(0);
        int end = row.offset(0) + row.length(0);
        int i = row.offset(0);
        while (i < end) {
            int n = Utf8.charLength(bytes, i, end);
            if (!Charsets.canEncode(bytes, i, n, charset)) {
                return i;
            }
            i += n;
        }
        return i;
    }

    private static byte[] decode(AssignmentConverter to, byte[] bytes, Charset charset) {
        int invalid = Charsets.invalidAt(bytes, 0, bytes.length, charset);
        if (invalid >= 0) {
            incorrectString(to, bytes, invalid, bytes.length);
        }
        ByteBuilder out = new ByteBuilder(bytes.length + 8);
        Charsets.decode(bytes, 0, invalid >= 0 ? invalid : bytes.length, charset, out);
        return out.toBytes();
    }

    private static void incorrectString(AssignmentConverter to, byte[] bytes, int from, int end) {
        to.report(
                ErrorCode.TRUNCATED_WRONG_VALUE_FOR_FIELD,
                "string",
                Encodings.shown(bytes, from, end, SHOWN_BYTES),
                to.column(),
                to.rowNumber());
    }

    /// The bytes of the text that go into the column. Too much is an error or cut; too many spaces are cut silently
    /// (CHAR) or with a note.
    private static int fit(AssignmentConverter to, byte[] text, int offset, int length) {
        SqlType target = to.target();
        int end = limit(target, text, offset, length);
        if (end == offset + length) {
            return length;
        }
        boolean onlySpaces = Collations.trimmedLength(text, end, offset + length - end) == 0;
        if (onlySpaces) {
            to.noteTruncated();
        } else {
            tooLong(to);
        }
        return end - offset;
    }

    private static int limit(SqlType target, byte[] text, int offset, int length) {
        if (!target.kind().isLob()) {
            return length <= target.length() ? offset + length : Utf8.skip(text, offset, length, target.length());
        }
        long most = target.length() > 0
                ? Math.min(target.length(), Types.maxBytes(target.kind()))
                : Types.maxBytes(target.kind());
        Charset charset = target.collation().charset();
        boolean sameBytes = Encodings.isUtf8(charset);
        long encoded = sameBytes ? length : Charsets.encodedLength(text, offset, length, charset);
        if (encoded <= most) {
            return offset + length;
        }
        int end = offset + length;
        int i = offset;
        long used = 0;
        while (i < end) {
            int n = Utf8.charLength(text, i, end);
            used += sameBytes ? n : Charsets.encodedLength(text, i, n, charset);
            if (used > most) {
                break;
            }
            i += n;
        }
        return i;
    }

    private static void tooLong(AssignmentConverter to) {
        if (to.isStrict()) {
            to.report(ErrorCode.DATA_TOO_LONG, to.column(), to.rowNumber());
        }
        to.truncated();
    }

    private static void binary(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        byte[] bytes = from.kind().isString()
                ? Encodings.encoded(row, 0, from.collation().charset())
                : Texts.append(row, 0, from, row.buffer()).toBytes();
        long most = target.kind().isLob()
                ? (target.length() > 0
                        ? Math.min(target.length(), Types.maxBytes(target.kind()))
                        : Types.maxBytes(target.kind()))
                : target.length();
        if (bytes.length > most) {
            tooLong(to);
            bytes = Arrays.copyOf(bytes, (int) most);
        } else if (target.kind() == TypeKind.BINARY && bytes.length < target.length()) {
            bytes = Arrays.copyOf(bytes, target.length());
        }
        row.set(bytes);
    }

    static void enumeration(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        int count = target.members().size();
        if (from.kind().isNumeric()) {
            long value = Numbers.asLong(row, 0, from, false);
            if (value < 1 || value > count) {
                to.truncated();
                value = 0;
            }
            row.set(value);
            return;
        }
        byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
        int length = Collations.trimmedLength(text, 0, text.length);
        long index = KeyCasts.enumIndex(target, text, 0, length);
        if (index <= 0) {
            NumberParser parser = row.numbers().parse(text, 0, length);
            boolean isIndex = parser.isInteger() && !parser.isTruncated();
            long value = isIndex ? parser.prefixLong() : 0;
            boolean wasError = index == 0 && from.kind() == TypeKind.ENUM && row.integer(0) == 0;
            if (value < 1 || value > count) {
                if (!wasError) {
                    to.truncated();
                }
                value = 0;
            }
            index = value;
        }
        row.set(index);
    }

    static void set(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        int count = target.members().size();
        long all = count == 64 ? -1 : (1L << count) - 1;
        if (from.kind().isNumeric()) {
            long value = Numbers.asLong(row, 0, from, true);
            if ((value & ~all) != 0) {
                to.truncated();
            }
            row.set(value & all);
            return;
        }
        byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
        long mask = mask(target, text, Collations.trimmedLength(text, 0, text.length));
        if (mask < 0 && count < 64) {
            NumberParser parser = row.numbers().parse(text, 0, text.length);
            boolean isMask = parser.isInteger() && !parser.isTruncated();
            long value = isMask ? parser.prefixUnsigned() : 0;
            if (!isMask || (value & ~all) != 0) {
                to.truncated();
                value = mask & Long.MAX_VALUE;
            }
            mask = value & all;
        }
        row.set(mask);
    }

    /// The mask of a list of members; the sign bit is set if one is unknown and the set has fewer than 64 members.
    private static long mask(SqlType target, byte[] text, int length) {
        long mask = 0;
        int from = 0;
        List<String> members = target.members();
        while (from <= length && length > 0) {
            int comma = from;
            while (comma < length && text[comma] != ',') {
                comma++;
            }
            int member = find(members, target.collation(), text, from, comma - from);
            mask |= member >= 0 ? 1L << member : Long.MIN_VALUE;
            from = comma + 1;
        }
        return mask;
    }

    private static int find(List<String> members, Collation collation, byte[] text, int offset, int length) {
        for (int i = 0; i < members.size(); i++) {
            byte[] member = Texts.utf8(members.get(i));
            if (Collations.equals(member, 0, member.length, text, offset, length, collation)) {
                return i;
            }
        }
        return -1;
    }
}
