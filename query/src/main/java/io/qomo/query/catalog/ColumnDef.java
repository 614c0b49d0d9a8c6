package io.qomo.query.catalog;

import io.qomo.base.type.SqlType;
import org.jspecify.annotations.Nullable;

/// A column.
///
/// @param id never reused within its table; names the column in stored rows
/// @param name as written
/// @param type of the values
/// @param nullable false for NOT NULL
/// @param defaultSql canonical SQL of the DEFAULT (a literal, NULL, or an expression), or null if none was given
/// @param defaultIsExpression true for `DEFAULT (expr)` and CURRENT_TIMESTAMP
/// @param onUpdateNow ON UPDATE CURRENT_TIMESTAMP
/// @param autoIncrement AUTO_INCREMENT
/// @param generatedSql canonical SQL of a generated column, or null
/// @param stored STORED instead of VIRTUAL (virtual values are computed when read, and stored in indexes)
/// @param visibility who sees the column
/// @param comment COMMENT, or empty
/// @param originDefault what rows written before the column existed show: one value in the row format, or null
///     for NULL
public record ColumnDef(
        int id,
        String name,
        SqlType type,
        boolean nullable,
        @Nullable String defaultSql,
        boolean defaultIsExpression,
        boolean onUpdateNow,
        boolean autoIncrement,
        @Nullable String generatedSql,
        boolean stored,
        Visibility visibility,
        String comment,
        byte @Nullable [] originDefault) {
    /// Who sees a column.
    public enum Visibility {
        /// Everybody.
        VISIBLE,
        /// Only who names it (INVISIBLE).
        INVISIBLE,
        /// Nobody: a row id, or the hidden generated column of a functional key part.
        HIDDEN
    }

    /// True for a generated column.
    public boolean isGenerated() {
        return generatedSql != null;
    }

    /// True for a generated column whose value is not in the row.
    public boolean isVirtual() {
        return generatedSql != null && !stored;
    }
}
