package io.qomo.query.catalog;

import java.util.List;
import java.util.Optional;

/// The schema as one statement sees it: an immutable snapshot, a session's temporary tables included.
public interface Catalog {
    /// Raised by every change a plan could depend on; plans are cached by it.
    long version();

    /// All databases, system ones included, in name order.
    List<DatabaseDef> databases();

    /// A database by name.
    Optional<DatabaseDef> database(String name);

    /// The tables and views of a database in name order; temporary ones not included.
    List<TableDef> tables(String database);

    /// A table or view; a temporary table hides a base table of its name.
    Optional<TableDef> table(String database, String name);

    /// A table by id.
    Optional<TableDef> table(long id);

    /// The foreign keys that reference a table: child table and key.
    List<Reference> referencing(String database, String table);

    /// The rows of a table of kind SYSTEM.
    SystemTable systemTable(TableDef table);

    /// What is known of a table's contents for planning.
    TableStatistics statistics(TableDef table);

    /// A foreign key seen from its parent.
    record Reference(TableDef child, ForeignKeyDef key) {}
}
