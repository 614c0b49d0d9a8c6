package io.qomo.serve.client;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receives what a statement returns, in order.
public interface ResultHandler {
    /// A statement without a result set has succeeded.
    void ok(long affectedRows, long lastInsertId, int warnings, String info) throws IOException;

    /// A result set begins.
    void columns(List<Column> columns) throws IOException;

    /// One row of text values; null is SQL NULL.
    void row(byte[] @Nullable [] values) throws IOException;

    /// The result set is complete.
    void endOfRows(int warnings) throws IOException;

    /// A column of a result set.
    ///
    /// @param name the alias
    /// @param type MYSQL_TYPE_* number
    /// @param flags MySQL's column flags
    /// @param collation number; 63 is binary
    record Column(String name, int type, int flags, int collation) {
        /// True of types a shell aligns to the right.
        public boolean isNumeric() {
            return type <= 5 || type == 8 || type == 9 || type == 13 || type == 246;
        }
    }
}
