package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.query.analyze.TableBinder;
import io.qomo.query.catalog.CatalogSources;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.exec.Executor;
import io.qomo.query.exec.context.Services;
import io.qomo.query.exec.layout.TableLayouts;
import io.qomo.query.exec.rows.TempSpace;
import io.qomo.query.optimize.Planner;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.meta.TransactionalMetaStore;
import io.qomo.serve.schema.CatalogStore;
import io.qomo.serve.schema.SchemaStatements;
import io.qomo.serve.schema.StatisticsSource;
import io.qomo.serve.session.Server;
import io.qomo.serve.session.ServerParts;
import io.qomo.serve.session.StatusCounters;
import io.qomo.serve.systemtable.ServerFacts;
import io.qomo.serve.systemtable.SystemTables;
import io.qomo.serve.variable.GlobalVariables;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.serve.variable.VariableValue;
import io.qomo.serve.variable.Variables;
import io.qomo.store.Store;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Builds a SQL server over a store.
final class ServerWiring {
    private static final long SPILL_LIMIT_BYTES = 64L << 30;
    private static final String VERSION = "8.0.36-qomo-";

    /// What the system tables ask of the server, which is built after them.
    private static final class LateFacts implements ServerFacts {
        private @Nullable Server server;
        private @Nullable SchemaStatements schema;

        @Override
        public List<ProcessRow> processes() {
            return server == null ? List.of() : server.processes();
        }

        @Override
        public List<NodeRow> nodes() {
            return server == null ? List.of() : server.nodes();
        }

        @Override
        public List<TransactionRow> transactions() {
            return server == null ? List.of() : server.transactions();
        }

        @Override
        public Map<String, String> globalStatus() {
            return server == null ? Map.of() : server.globalStatus();
        }

        @Override
        public SortedMap<String, VariableValue> persistedVariables() {
            return server == null ? new TreeMap<>() : server.persistedVariables();
        }

        @Override
        public long nextAutoIncrement(TableDef table) {
            return schema == null ? 0 : schema.nextAutoIncrement(table);
        }
    }

    private ServerWiring() {}

    /// A server and what it remembers of the store.
    record Wired(
            Server server,
            CatalogStore catalog,
            SchemaStatements schema,
            StatisticsSource statistics,
            AccountStore accounts,
            GlobalVariables variables) {
        /// Whether root may log in without a password.
        boolean hasOpenRoot() {
            return accounts.find(AccountStore.ROOT)
                    .map(a -> a.verifier().length == 0 && !a.locked())
                    .orElse(false);
        }

        /// Tells the port that was taken.
        void listeningOn(int port) {
            variables.set("port", VariableValue.of(port));
            variables.set("report_port", VariableValue.of(port));
        }
    }

    /// A server alone with its store.
    static Wired build(Store store, NodeOptions options, Path temporary, Env env) {
        Wired wired = build(store, options, temporary, Surroundings.alone(env), env);
        wired.schema().removeUnfinished(owner -> true, (name, action) -> action.run());
        return wired;
    }

    /// A server that shares its store with others.
    static Wired build(Store store, NodeOptions options, Path temporary, Surroundings surroundings, Env env) {
        MetaStore meta = new TransactionalMetaStore(store.transactions());
        AccountStore accounts = new AccountStore(meta, env.wallMicros(), surroundings.listener());
        GlobalVariables variables = new GlobalVariables(Variables.load());
        NodeVariables.set(variables, options, temporary, meta, env, VERSION + Version.NUMBER);
        new PersistedVariables(meta).load(variables);
        LateFacts facts = new LateFacts();
        SystemTables systemTables = new SystemTables(facts, accounts);
        StatisticsSource statistics = new StatisticsSource(store, meta, surroundings.listener(), env);
        CatalogStore catalog = new CatalogStore(
                meta,
                () -> store.counters().next(SchemaStatements.ID_COUNTER),
                new Sources(systemTables, statistics),
                systemTables.databases(),
                systemTables.tables(),
                surroundings.listener(),
                surroundings.owner());
        SchemaStatements schema = new SchemaStatements(catalog, store);
        MemoryAccount memory = new MemoryAccount("all queries (--memory)", queryMemoryBytes());
        SchemaContext schemaContext = new SchemaContext(env, memory);
        TableBinder binder = new TableBinder();
        Executor executor = new Executor(new Services(
                table -> binder.bind(table, schemaContext),
                new TableLayouts(),
                store.counters(),
                TempSpace.open(temporary, SPILL_LIMIT_BYTES),
                env));
        Server server = new Server(new ServerParts(
                env,
                store,
                meta,
                catalog,
                schema,
                statistics,
                accounts,
                variables,
                surroundings.locks(),
                surroundings.userLocks(),
                surroundings.neighbours(),
                new Planner(binder),
                executor,
                memory,
                new StatusCounters(),
                ZoneId.systemDefault(),
                VERSION + Version.NUMBER));
        facts.server = server;
        facts.schema = schema;
        return new Wired(server, catalog, schema, statistics, accounts, variables);
    }

    /// Queries may hold less than half of the heap; the rest is for transactions, packets, plans and the schema.
    private static long queryMemoryBytes() {
        return Runtime.getRuntime().maxMemory() / 20 * 9;
    }

    /// Rows of system tables, and what is known of tables.
    private record Sources(SystemTables systemTables, StatisticsSource known) implements CatalogSources {
        @Override
        public SystemTable systemTable(TableDef table) {
            return systemTables.rows(table);
        }

        @Override
        public TableStatistics statistics(TableDef table) {
            return known.of(table);
        }
    }
}
