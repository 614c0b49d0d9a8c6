package io.qomo.query.optimize;

import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Utf8;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Constant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The interval of strings that start as a LIKE pattern does.
///
/// @param low the least such string
/// @param high the greatest, filled up with the greatest character
record LikeBounds(Expr low, Expr high) {
    private static final int FILL = 8;
    private static final List<String> LEAST = List.of("\u0000", "\u0001", "\t");
    private static final List<String> GREATEST = List.of("\u00FF", "\uFFEF", "\uFFFF", "\uDBFF\uDFFF");

    /// The bounds of a pattern, or null if it starts with a wildcard.
    ///
    /// @param escape code point of the escape character, -1 for none
    static @Nullable LikeBounds of(Vector pattern, int escape, SqlType column) {
        byte[] bytes = ((BytesVector) pattern).get(0);
        byte[] prefix = new byte[bytes.length];
        int n = 0;
        int i = 0;
        boolean isBinary = column.collation() == Collation.BINARY;
        while (i < bytes.length) {
            int length = isBinary ? 1 : charLength(bytes[i]);
            int c = length == 1 ? bytes[i] & 0xFF : Utf8.codePointAt(bytes, i, bytes.length);
            if (c == '%' || c == '_') {
                break;
            }
            if (c == escape && i + length < bytes.length) {
                i += length;
                length = isBinary ? 1 : charLength(bytes[i]);
            }
            length = Math.min(length, bytes.length - i);
            System.arraycopy(bytes, i, prefix, n, length);
            n += length;
            i += length;
        }
        if (n == 0) {
            return null;
        }
        byte[] start = Arrays.copyOf(prefix, n);
        // Where strings are padded with spaces, characters below the space sort before the bare prefix.
        byte[] low = column.collation().padSpace() ? extreme(start, column.collation(), LEAST, -1) : start;
        byte[] high = extreme(start, column.collation(), GREATEST, 1);
        return new LikeBounds(constant(low, column), constant(high, column));
    }

    /// The prefix filled up with the candidate that makes it least (sign -1) or greatest (sign 1).
    private static byte[] extreme(byte[] prefix, Collation collation, List<String> candidates, int sign) {
        byte[] best = prefix;
        for (String candidate : candidates) {
            byte[] fill = collation == Collation.BINARY
                    ? new byte[] {(byte) candidate.charAt(0)}
                    : candidate.getBytes(StandardCharsets.UTF_8);
            byte[] filled = Arrays.copyOf(prefix, prefix.length + FILL * fill.length);
            for (int k = 0; k < FILL; k++) {
                System.arraycopy(fill, 0, filled, prefix.length + k * fill.length, fill.length);
            }
            if (best == prefix || Collations.compare(filled, best, collation) * sign > 0) {
                best = filled;
            }
        }
        return best;
    }

    private static int charLength(byte first) {
        int b = first & 0xFF;
        return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    }

    private static Expr constant(byte[] value, SqlType column) {
        return new Constant(BytesVector.constant(
                column.collation() == Collation.BINARY
                        ? SqlType.varbinary(value.length)
                        : SqlType.varchar(value.length, column.collation()),
                value));
    }
}
