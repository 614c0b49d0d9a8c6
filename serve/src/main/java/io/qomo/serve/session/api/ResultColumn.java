package io.qomo.serve.session.api;

import io.qomo.base.type.SqlType;
import org.jspecify.annotations.Nullable;

/// What a client is told about a column of a result set.
///
/// @param schema database of the base table, or empty
/// @param table alias of the table, or empty
/// @param orgTable name of the base table, or empty
/// @param name alias of the column
/// @param orgName name of the base column, or empty for an expression
/// @param type of the values
/// @param flags MySQL's column flags ([ColumnFlags])
/// @param defaultText the default, only in COM_FIELD_LIST
public record ResultColumn(
        String schema,
        String table,
        String orgTable,
        String name,
        String orgName,
        SqlType type,
        int flags,
        @Nullable String defaultText) {}
