package io.qomo.query.catalog;

import java.util.List;

/// What makes a table a view.
///
/// @param sql canonical SQL of the query, every name qualified
/// @param columnNames of the column list, or empty if the names are those of the query
/// @param algorithm UNDEFINED, MERGE or TEMPTABLE
/// @param definer `user@host`
/// @param securityDefiner SQL SECURITY DEFINER
/// @param checkOption NONE, LOCAL or CASCADED
/// @param updatable rows could be changed through it when it was created
public record ViewDef(
        String sql,
        List<String> columnNames,
        String algorithm,
        String definer,
        boolean securityDefiner,
        String checkOption,
        boolean updatable) {
    /// Copies the names.
    public ViewDef {
        columnNames = List.copyOf(columnNames);
    }
}
