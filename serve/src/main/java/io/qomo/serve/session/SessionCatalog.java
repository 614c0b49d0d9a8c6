package io.qomo.serve.session;

import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.CatalogSnapshot;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.serve.schema.TemporaryTables;
import java.util.List;
import java.util.Optional;

/// The shared schema under a session's temporary tables. Owned by the session's thread.
///
/// Its version is the shared one as long as there are no temporary tables; else a negative number that no other state
/// of this session has, so that plans made over temporary tables are never taken for others.
record SessionCatalog(CatalogSnapshot shared, TemporaryTables temporary) implements Catalog {
    @Override
    public long version() {
        return temporary.isEmpty() ? shared.version() : -(shared.version() << 20) - temporary.version() - 1;
    }

    @Override
    public List<DatabaseDef> databases() {
        return shared.databases();
    }

    @Override
    public Optional<DatabaseDef> database(String name) {
        return shared.database(name);
    }

    @Override
    public List<TableDef> tables(String database) {
        return shared.tables(database);
    }

    @Override
    public Optional<TableDef> table(String database, String name) {
        Optional<TableDef> own = temporary.find(database, name);
        return own.isPresent() ? own : shared.table(database, name);
    }

    @Override
    public Optional<TableDef> table(long id) {
        Optional<TableDef> own = temporary.find(id);
        return own.isPresent() ? own : shared.table(id);
    }

    @Override
    public List<Reference> referencing(String database, String table) {
        return temporary.find(database, table).isPresent() ? List.of() : shared.referencing(database, table);
    }

    @Override
    public SystemTable systemTable(TableDef table) {
        return shared.systemTable(table);
    }

    @Override
    public TableStatistics statistics(TableDef table) {
        return shared.statistics(table);
    }
}
