package io.qomo.serve.session;

import io.qomo.base.env.Env;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.query.analyze.TableBinder;
import io.qomo.query.exec.Executor;
import io.qomo.query.exec.context.Services;
import io.qomo.query.exec.layout.TableLayouts;
import io.qomo.query.exec.rows.TempSpace;
import io.qomo.query.optimize.Planner;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.lock.UserLocks;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.meta.TransactionalMetaStore;
import io.qomo.serve.schema.CatalogStore;
import io.qomo.serve.schema.SchemaStatements;
import io.qomo.serve.schema.StatisticsSource;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.SqlService;
import io.qomo.serve.systemtable.SystemTables;
import io.qomo.serve.variable.GlobalVariables;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.serve.variable.VariableValue;
import io.qomo.serve.variable.Variables;
import io.qomo.store.Store;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// The SQL server over a store: the front door of everything above storage. Thread-safe.
public final class SqlServer implements SqlService, AutoCloseable {
    /// MySQL's version it speaks as, then our own.
    public static final String VERSION = "8.0.36-qomo-0.1.0";

    private static final long MAX_TEMPORARY_BYTES = 1L << 40;

    private final Server server;

    private SqlServer(Server server) {
        this.server = server;
    }

    /// Loads schema, accounts and settings from a store, finishing or undoing what a crash interrupted.
    public static SqlServer open(Store store, ServerSettings settings, Env env) {
        MetaStore meta = new TransactionalMetaStore(store.transactions());
        GlobalVariables variables = new GlobalVariables(Variables.load());
        if (settings.maxConnections() > 0) {
            variables.set("max_connections", VariableValue.of(settings.maxConnections()));
        }
        new PersistedVariables(meta).load(variables);
        ServerVariables.set(variables, settings, meta, env, VERSION);
        AccountStore accounts = new AccountStore(meta, env.wallMicros());

        LateServerFacts facts = new LateServerFacts();
        SystemTables systemTables = new SystemTables(facts, accounts);
        StatisticsSource statistics = new StatisticsSource(store, meta, env);
        CatalogStore catalog = new CatalogStore(
                meta,
                () -> store.counters().next(SchemaStatements.ID_COUNTER),
                new Sources(systemTables, statistics),
                systemTables.databases(),
                systemTables.tables());
        SchemaStatements schema = new SchemaStatements(catalog, store);

        MemoryAccount memory = new MemoryAccount("statements", settings.memoryBytes() / 2);
        TableBinder binder = new TableBinder();
        Services services = new Services(
                new StoredExpressions(binder, env, memory),
                new TableLayouts(),
                store.counters(),
                TempSpace.open(settings.temporary(), MAX_TEMPORARY_BYTES),
                env);
        Server server = new Server(new ServerParts(
                env,
                store,
                meta,
                catalog,
                schema,
                statistics,
                accounts,
                variables,
                new MetadataLocks(env),
                new UserLocks(env),
                new Planner(binder),
                new Executor(services),
                memory,
                new StatusCounters(),
                ZoneId.systemDefault(),
                VERSION));
        facts.set(server);
        return new SqlServer(server);
    }

    /// False while `root` may log in without a password.
    public boolean rootHasPassword() {
        return server.parts()
                .accounts()
                .find(AccountStore.ROOT)
                .map(root -> root.verifier().length > 0 || root.locked())
                .orElse(true);
    }

    /// Tells which port was taken.
    public void listeningOn(int port) {
        ServerVariables.setPort(server.parts().variables(), port);
    }

    /// The counters behind SHOW GLOBAL STATUS.
    public Map<String, Long> counters() {
        return server.counterValues();
    }

    @Override
    public String serverVersion() {
        return VERSION;
    }

    @Override
    public void admit() {
        server.admit();
    }

    @Override
    public long nextConnectionId() {
        return server.nextConnectionId();
    }

    @Override
    public Optional<Account> findAccount(String user, String host) {
        return server.findAccount(user, host);
    }

    @Override
    public Session open(ClientInfo client, Account account) {
        return server.open(client, account);
    }

    /// Ends the sessions there still are; the store stays open.
    @Override
    public void close() {
        server.closeSessions();
    }
}
