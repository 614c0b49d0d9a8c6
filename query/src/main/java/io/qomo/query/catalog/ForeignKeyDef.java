package io.qomo.query.catalog;

import java.util.List;

/// A foreign key of a child table.
///
/// @param name unique in the database
/// @param columnIds of the child
/// @param parentDatabase of the parent
/// @param parentTable by name: the parent may not exist yet when foreign_key_checks is off
/// @param parentColumns by name, in order
/// @param onDelete what happens to children
/// @param onUpdate what happens to children
public record ForeignKeyDef(
        String name,
        List<Integer> columnIds,
        String parentDatabase,
        String parentTable,
        List<String> parentColumns,
        Action onDelete,
        Action onUpdate) {
    /// Copies the lists.
    public ForeignKeyDef {
        columnIds = List.copyOf(columnIds);
        parentColumns = List.copyOf(parentColumns);
    }

    /// A referential action.
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
