package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.mysql.wire.Payload;

/// The named values a client may put before the text of a COM_QUERY. Without the optional component that
/// reads them they have no effect in MySQL either, so they are only stepped over.
///
/// ```
/// lenenc  number of values, lenenc number of sets (1); then, if there are values:
/// n bits  which are NULL; 1 byte: 1; per value 2 bytes of type and a lenenc name; the values that are not NULL
/// ```
final class QueryAttributes {
    private QueryAttributes() {}

    static void skip(Payload in) {
        long count = in.readLenenc();
        if (in.readLenenc() != 1) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        if (count == 0) {
            return;
        }
        if (count > in.remaining()) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "query attributes");
    }
}
