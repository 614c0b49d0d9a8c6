package io.qomo.serve.systemtable;

import io.qomo.base.type.Collation;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.schema.SystemDatabases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All system tables: their definitions, and the rows behind them. Immutable; any thread.
public final class SystemTables {
    /// Ids of system databases and tables count down from here; stored ones count up from 1.
    private static final long LAST_ID = Long.MAX_VALUE >> 2;

    private final List<DatabaseDef> databases = new ArrayList<>();
    private final List<TableDef> tables = new ArrayList<>();
    private final Map<Long, SystemTable> rows = new HashMap<>();

    /// The tables over a server.
    public SystemTables(ServerFacts facts, AccountStore accounts) {
        for (String name : SystemDatabases.NAMES) {
            Collation collation =
                    name.equals("information_schema") ? Collation.UTF8MB3_GENERAL_CI : Collation.UTF8MB4_0900_AI_CI;
            databases.add(new DatabaseDef(LAST_ID - databases.size(), name, collation));
        }
        List<SystemTableSpec> specs = new ArrayList<>();
        specs.addAll(new SchemaTables(facts).specs());
        specs.addAll(new ColumnTables().specs());
        specs.addAll(new ConstraintTables().specs());
        specs.addAll(new ServerTables(facts).specs());
        specs.addAll(new PrivilegeTables(accounts).specs());
        specs.addAll(new RoutineTables().specs());
        specs.addAll(new RoleTables(accounts).specs());
        specs.addAll(new InnodbTables(facts).specs());
        specs.addAll(new PerformanceTables(facts).specs());
        specs.addAll(new MysqlTables(accounts).specs());
        for (SystemTableSpec spec : specs) {
            TableDef table = spec.toTable(LAST_ID - 100 - tables.size());
            tables.add(table);
            rows.put(table.id(), (session, equalities, out) -> {
                RowSink sink = new RowSink(spec.types(), out);
                spec.rows().add((SystemSession) session, new SystemTableSpec.Filter(equalities), sink);
                sink.flush();
            });
        }
    }

    /// The definitions of the databases.
    public List<DatabaseDef> databases() {
        return databases;
    }

    /// The definitions of the tables.
    public List<TableDef> tables() {
        return tables;
    }

    /// The rows of a table.
    public SystemTable rows(TableDef table) {
        SystemTable found = rows.get(table.id());
        if (found == null) {
            throw new IllegalArgumentException("no system table " + table.name());
        }
        return found;
    }
}
