package io.qomo.query.analyze;

import java.util.Collection;

/// Decides whether a statement may use tables and columns.
public interface AccessChecker {
    /// Allows everything.
    AccessChecker ALLOW_ALL = new AccessChecker() {
        @Override
        public void checkTable(Privilege privilege, String database, String table) {}

        @Override
        public void checkColumns(Privilege privilege, String database, String table, Collection<String> columns) {}

        @Override
        public AccessChecker forDefiner(String definer) {
            return this;
        }
    };

    /// What is done to a table.
    enum Privilege {
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    /// Called before the name is looked up: throws TABLE_ACCESS_DENIED if neither the table nor any column of it may
    /// be used so.
    void checkTable(Privilege privilege, String database, String table);

    /// Called once the columns in use are known: throws COLUMN_ACCESS_DENIED for the first one that may not be used
    /// so. No columns: the rows are counted or removed as a whole.
    void checkColumns(Privilege privilege, String database, String table, Collection<String> columns);

    /// The checker for what lies behind a view with SQL SECURITY DEFINER.
    ///
    /// @param definer `user@host`
    AccessChecker forDefiner(String definer);
}
