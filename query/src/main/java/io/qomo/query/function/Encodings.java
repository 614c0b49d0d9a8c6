package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Strings in the bytes of their character set.
final class Encodings {
    private Encodings() {}

    /// The argument's bytes in its character set.
    static byte[] encoded(Row row, int arg, Charset charset) {
        if (isUtf8(charset) || Utf8.isAscii(row.base(arg), row.offset(arg), row.length(arg))) {
            return row.bytes(arg);
        }
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, charset.sqlName());
    }

    /// Raw bytes read in a character set as UTF-8, or null if they are invalid.
    static byte @Nullable [] decoded(Row row, int arg, Charset charset) {
        if (charset == Charset.BINARY || Utf8.isAscii(row.base(arg), row.offset(arg), row.length(arg))) {
            return row.bytes(arg);
        }
        if (isUtf8(charset)) {
            return Utf8.invalidAt(row.base(arg), row.offset(arg), row.length(arg)) < 0 ? row.bytes(arg) : null;
        }
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, charset.sqlName());
    }

    /// The argument with the characters the set does not have replaced by `?`, or null if it has them all.
    static byte @Nullable [] replace(Row row, int arg, Charset charset) {
        if (Utf8.isAscii(row.base(arg), row.offset(arg), row.length(arg))) {
            return null;
        }
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, charset.sqlName());
    }

    /// True of character sets whose strings are UTF-8 (or raw) outside too.
    static boolean isUtf8(Charset charset) {
        return charset == Charset.UTF8MB4
                || charset == Charset.UTF8MB3
                || charset == Charset.ASCII
                || charset == Charset.BINARY;
    }

    /// The first bytes in hexadecimal.
    static String hex(byte[] bytes, int most) {
        StringBuilder text = new StringBuilder();
        for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, most))) {
            text.append("\\x").append(String.format(java.util.Locale.ROOT, "%02X", b));
        }
        return text.toString();
    }
}
