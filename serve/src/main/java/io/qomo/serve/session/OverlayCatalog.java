package io.qomo.serve.session;

import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import java.util.List;
import java.util.Optional;

/// A schema with one table more, for one statement.
///
/// @param below the schema itself
/// @param extra the table more
/// @param rows of the table if it is of kind SYSTEM
record OverlayCatalog(Catalog below, TableDef extra, SystemTable rows) implements Catalog {
    @Override
    public long version() {
        return Long.MIN_VALUE;
    }

    @Override
    public List<DatabaseDef> databases() {
        return below.databases();
    }

    @Override
    public Optional<DatabaseDef> database(String name) {
        return below.database(name);
    }

    @Override
    public List<TableDef> tables(String database) {
        return below.tables(database);
    }

    @Override
    public Optional<TableDef> table(String database, String name) {
        return isExtra(database, name) ? Optional.of(extra) : below.table(database, name);
    }

    @Override
    public Optional<TableDef> table(long id) {
        return id == extra.id() ? Optional.of(extra) : below.table(id);
    }

    @Override
    public List<Reference> referencing(String database, String table) {
        return isExtra(database, table) ? List.of() : below.referencing(database, table);
    }

    @Override
    public SystemTable systemTable(TableDef table) {
        return table.id() == extra.id() ? rows : below.systemTable(table);
    }

    @Override
    public TableStatistics statistics(TableDef table) {
        return table.id() == extra.id() ? TableStatistics.UNKNOWN : below.statistics(table);
    }

    private boolean isExtra(String database, String name) {
        return extra.database().equalsIgnoreCase(database) && extra.name().equalsIgnoreCase(name);
    }
}
