package io.qomo.query.catalog;

/// Where a catalog finds what is not schema: the rows of system tables, and what is known of contents. Any thread.
public interface CatalogSources {
    /// The rows of a table of kind SYSTEM.
    SystemTable systemTable(TableDef table);

    /// What is known of a table's contents.
    TableStatistics statistics(TableDef table);
}
