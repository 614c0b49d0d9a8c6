package io.qomo.query.analyze;

import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import java.util.List;
import java.util.Optional;

/// A schema without anything, for expressions that cannot name tables.
enum EmptyCatalog implements Catalog {
    INSTANCE;

    @Override
    public long version() {
        return 0;
    }

    @Override
    public List<DatabaseDef> databases() {
        return List.of();
    }

    @Override
    public Optional<DatabaseDef> database(String name) {
        return Optional.empty();
    }

    @Override
    public List<TableDef> tables(String database) {
        return List.of();
    }

    @Override
    public Optional<TableDef> table(String database, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<TableDef> table(long id) {
        return Optional.empty();
    }

    @Override
    public List<Reference> referencing(String database, String table) {
        return List.of();
    }

    @Override
    public SystemTable systemTable(TableDef table) {
        throw new IllegalStateException("no system table " + table.name());
    }

    @Override
    public TableStatistics statistics(TableDef table) {
        return TableStatistics.UNKNOWN;
    }
}
