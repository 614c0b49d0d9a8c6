package io.qomo.serve.session;

import io.qomo.query.catalog.CatalogSources;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.serve.schema.StatisticsSource;
import io.qomo.serve.systemtable.SystemTables;

/// Where the schema finds rows of system tables and statistics.
record Sources(SystemTables tables, StatisticsSource statistics) implements CatalogSources {
    @Override
    public SystemTable systemTable(TableDef table) {
        return tables.rows(table);
    }

    @Override
    public TableStatistics statistics(TableDef table) {
        return statistics.of(table);
    }
}
