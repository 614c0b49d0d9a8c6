package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.Collection;

/// The privileges inside a view. What they refuse says no more than that the outermost view cannot be used.
///
/// @param database of the outermost view
/// @param view its name
record ViewAccess(AccessChecker checker, String database, String view) implements AccessChecker {
    @Override
    public void checkTable(Privilege privilege, String schema, String table) {
        try {
            checker.checkTable(privilege, schema, table);
        } catch (SqlException e) {
            throw hidden(e);
        }
    }

    @Override
    public void checkColumns(Privilege privilege, String schema, String table, Collection<String> columns) {
        try {
            checker.checkColumns(privilege, schema, table, columns);
        } catch (SqlException e) {
            throw hidden(e);
        }
    }

    private SqlException hidden(SqlException e) {
        return Views.isAboutDefinition(e) ? new SqlException(ErrorCode.VIEW_INVALID, database, view) : e;
    }

    @Override
    public AccessChecker forDefiner(String definer) {
        return new ViewAccess(checker.forDefiner(definer), database, view);
    }
}
