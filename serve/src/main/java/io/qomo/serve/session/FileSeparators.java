package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What stands between the values of a file: FIELDS and LINES with MySQL's defaults in place.
///
/// Source: MySQL 8.0 manual, "LOAD DATA Statement", field and line handling.
///
/// @param fieldEnd after a field, possibly empty
/// @param lineStart before a line, possibly empty
/// @param lineEnd after a line, possibly empty
/// @param quote around fields, -1 for none
/// @param quotesTextOnly OPTIONALLY ENCLOSED BY
/// @param escape in front of what would be taken for a separator, -1 for none
record FileSeparators(
        byte[] fieldEnd, byte[] lineStart, byte[] lineEnd, int quote, boolean quotesTextOnly, int escape) {
    /// Of a statement. Error WRONG_FIELD_TERMINATORS for a quote or an escape that is not one byte.
    static FileSeparators of(FileFormat format, SqlMode mode) {
        boolean escapes = format.escapedBy() != null || !mode.has(SqlMode.NO_BACKSLASH_ESCAPES);
        return new FileSeparators(
                bytes(format.fieldsTerminatedBy(), "\t"),
                bytes(format.linesStartingBy(), ""),
                bytes(format.linesTerminatedBy(), "\n"),
                single(bytes(format.enclosedBy(), "")),
                format.optionallyEnclosed(),
                escapes ? single(bytes(format.escapedBy(), "\\")) : -1);
    }

    private static byte[] bytes(@Nullable String text, String otherwise) {
        return (text == null ? otherwise : text).getBytes(StandardCharsets.UTF_8);
    }

    private static int single(byte[] bytes) {
        if (bytes.length > 1) {
            throw new SqlException(ErrorCode.WRONG_FIELD_TERMINATORS);
        }
        return first(bytes);
    }

    /// The first byte, -1 if there is none.
    static int first(byte[] bytes) {
        return bytes.length == 0 ? -1 : bytes[0] & 0xFF;
    }

    /// True if each field takes as many bytes as its column is wide.
    boolean isFixedWidth() {
        return fieldEnd.length == 0 && quote < 0;
    }
}
