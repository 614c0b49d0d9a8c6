package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import java.math.BigDecimal;

/// Reads JSON values as numbers and text.
final class JsonCasts {
    private JsonCasts() {}

    static double asDouble(Row row, int arg) {
        throw missing();
    }

    static BigDecimal asDecimal(Row row, int arg) {
        throw missing();
    }

    static long asLong(Row row, int arg, boolean unsigned) {
        throw missing();
    }

    static void append(Row row, int arg, ByteBuilder out) {
        throw missing();
    }

    /// CAST AS JSON: strings are parsed.
    static RowFunction.Kernel parsing(SqlType from) {
        return row -> {
            throw missing();
        };
    }

    /// A value where JSON is wanted: strings become JSON strings.
    static RowFunction.Kernel wrapping(SqlType from) {
        return row -> {
            throw missing();
        };
    }

    static void assign(AssignmentConverter to, Row row, SqlType from) {
        throw missing();
    }

    static SqlException missing() {
        return new SqlException(ErrorCode.NOT_SUPPORTED_YET, "JSON");
    }
}
