package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.exec.context.Interrupt;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import io.qomo.serve.lock.Interruption;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.schema.TemporaryTables;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.PreparedStatement;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.systemtable.ServerFacts.TransactionRow;
import io.qomo.serve.systemtable.SystemSession;
import io.qomo.serve.variable.SessionVariables;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client's conversation: its state, and the door to the runners of statements.
///
/// Owned by the connection's thread; [#killQuery], [#kill], [#isKilled], [#process] and [#isRunning] may be called from
/// any.
public final class ServerSession implements Session, SystemSession {
    private final Server server;
    private final SessionVariables variables;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Interruption interruption = new Interruption();
    private boolean isCommandFresh;
    private final Interrupt interrupt;
    private final MetadataLocks.Owner lockOwner;
    private final TemporaryTables temporaryTables = new TemporaryTables();
    private final TransactionControl transactions;
    private final TableLocks tableLocks;
    private final Facts facts;
    private final StatusCounters counters = new StatusCounters();
    private final SessionTally tally;
    private final SessionTracker tracker = new SessionTracker();
    private final PreparedNames preparedNames;
    private final StatementRunner runner;
    private ClientInfo client;
    private AccountId account;
    private Access access;
    private long accessVersion;
    private Set<AccountId> activeRoles = Set.of();
    private boolean mustChangePassword;
    private boolean multiStatements;
    private volatile @Nullable String database;
    private @Nullable SessionSettings settings;
    private @Nullable SessionCatalog catalog;
    private long catalogVersion;
    private long variablesVersion;
    private long statementMicros;
    private boolean isClosed;
    private volatile @Nullable Runnable closeConnection;
    private volatile Activity activity;

    /// What the process list shows.
    private record Activity(
            String command, long sinceNanos, @Nullable String text) {}

    ServerSession(Server server, ClientInfo client, Account account) {
        this.server = server;
        this.tally = new SessionTally(counters, server);
        this.client = client;
        this.lockOwner = new MetadataLocks.Owner(client.connectionId(), interruption);
        this.account = new AccountId(account.user(), account.host());
        this.mustChangePassword = account.expired();
        this.multiStatements = client.multiStatements();
        this.variables = new SessionVariables(server.parts().variables());
        this.interrupt = new Interrupt(server.env());
        this.access = Access.of(server.parts().accounts(), this.account, activeRoles);
        this.accessVersion = server.parts().accounts().version();
        this.activity = new Activity("Connect", server.env().nanoTime(), null);
        this.transactions =
                new TransactionControl(server.parts().store().transactions(), new TransactionControl.Settings() {
                    @Override
                    public TransactionOptions options() {
                        return settings().transactionOptions();
                    }

                    @Override
                    public boolean autocommit() {
                        return settings().autocommit();
                    }

                    @Override
                    public long nowMicros() {
                        return server.env().wallMicros();
                    }

                    @Override
                    public boolean isInterrupted() {
                        return interruption.isInterrupted();
                    }

                    @Override
                    public void ended(boolean isCommitted) {
                        tally.transactionEnded(isCommitted);
                    }
                });
        this.facts = new Facts(this);
        this.tableLocks = new TableLocks(this);
        this.preparedNames = new PreparedNames(this);
        this.runner = new StatementRunner(this);
    }

    /// Activates roles, takes the handshake's character set and database. Errors 1044, 1049.
    void start() {
        activateLoginRoles();
        new CharsetSetter(this).setFromHandshake(client.collation());
        String wanted = client.database();
        if (wanted != null && !wanted.isEmpty()) {
            useDatabase(wanted);
        }
        runner.runInitConnect();
    }

    private void activateLoginRoles() {
        AccountRecord record = server.parts().accounts().find(account).orElse(null);
        if (record == null) {
            activeRoles = Set.of();
        } else if (variables.isOn("activate_all_roles_on_login")) {
            activeRoles = new TreeSet<>(record.grants().roles().keySet());
        } else {
            activeRoles = new TreeSet<>(record.defaultRoles());
        }
        accessVersion = -1;
    }

    Server server() {
        return server;
    }

    ClientInfo client() {
        return client;
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public Access access() {
        long version = server.parts().accounts().version();
        if (version != accessVersion) {
            access = Access.of(server.parts().accounts(), account, activeRoles);
            accessVersion = version;
        }
        return access;
    }

    @Override
    public Set<AccountId> activeRoles() {
        return activeRoles;
    }

    void setActiveRoles(Set<AccountId> roles) {
        activeRoles = roles;
        accessVersion = -1;
    }

    /// True while only the password may be changed (error 1820).
    boolean mustChangePassword() {
        return mustChangePassword;
    }

    void passwordWasSet() {
        mustChangePassword = false;
    }

    @Override
    public SessionVariables variables() {
        return variables;
    }

    /// The decoded variables; made anew after [#variablesChanged].
    SessionSettings settings() {
        SessionSettings known = settings;
        if (known == null) {
            known = SessionSettings.of(variables, server.parts().systemZone());
            settings = known;
        }
        return known;
    }

    /// A variable has another value.
    ///
    /// @param mayMatterToPlans false only if no plan depends on it
    void variablesChanged(boolean mayMatterToPlans) {
        settings = null;
        if (mayMatterToPlans) {
            variablesVersion++;
        }
    }

    /// Moves whenever a variable that a plan may depend on changes.
    long variablesVersion() {
        return variablesVersion;
    }

    /// Forgets the conditions of the statement before.
    void startDiagnostics() {
        diagnostics.clear(settings().maxErrorCount(), settings().sqlNotes());
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    Facts facts() {
        return facts;
    }

    SessionTracker tracker() {
        return tracker;
    }

    TransactionControl transactions() {
        return transactions;
    }

    TableLocks tableLocks() {
        return tableLocks;
    }

    TemporaryTables temporaryTables() {
        return temporaryTables;
    }

    PreparedNames preparedNames() {
        return preparedNames;
    }

    StatementRunner runner() {
        return runner;
    }

    Interruption interruption() {
        return interruption;
    }

    Interrupt interrupt() {
        return interrupt;
    }

    MetadataLocks.Owner lockOwner() {
        return lockOwner;
    }

    StatusCounters counters() {
        return counters;
    }

    /// What is counted at every statement.
    SessionTally tally() {
        return tally;
    }

    boolean allowsMultiStatements() {
        return multiStatements;
    }

    /// Counts in the session's and the server's status.
    void count(String name) {
        counters.counter(name).increment();
        server.counters().counter(name).increment();
    }

    @Override
    public Catalog catalog() {
        long version = server.parts().catalog().current().version();
        SessionCatalog known = catalog;
        if (known == null || version != catalogVersion) {
            known = new SessionCatalog(server.parts().catalog().current(), temporaryTables);
            catalog = known;
            catalogVersion = known.shared().version();
        }
        return known;
    }

    /// The current database, or null.
    @Nullable String database() {
        return database;
    }

    /// The database was dropped.
    void forgetDatabase() {
        database = null;
        new CharsetSetter(this).setDatabase(settings().serverCollation());
    }

    /// The time of the statement, microseconds since 1970 UTC.
    long statementMicros() {
        return statementMicros;
    }

    /// A statement begins: its clock, its switches.
    void startStatement(String text) {
        long fixed = (long) (timestampVariable() * 1e6);
        statementMicros = fixed > 0 ? fixed : server.env().wallMicros();
        if (!isCommandFresh) {
            interruption.begin();
        }
        isCommandFresh = false;
        interrupt.arm(Interrupt.NEVER);
        if (interruption.isInterrupted()) {
            // a KILL in between
            interrupt.kill();
        }
        facts.startStatement();
        activity = new Activity(activity.command, server.env().nanoTime(), text);
    }

    private double timestampVariable() {
        return variables.value("timestamp") instanceof io.qomo.serve.variable.VariableValue.Real(double value)
                ? value
                : 0;
    }

    @Override
    public long connectionId() {
        return client.connectionId();
    }

    @Override
    public void execute(byte[] sql, int offset, int length, ResultSink sink) {
        runner.run(ClientText.decode(sql, offset, length, settings().clientCharset()), sink);
    }

    @Override
    public PreparedStatement prepare(byte[] sql, int offset, int length) {
        return runner.prepare(ClientText.decode(sql, offset, length, settings().clientCharset()));
    }

    @Override
    public void execute(PreparedStatement statement, List<Vector> parameters, ResultSink sink) {
        runner.runPrepared((PreparedHandle) statement, parameters, sink);
    }

    @Override
    public void useDatabase(String name) {
        if (name.isEmpty()) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        Collation collation = catalog()
                .database(name)
                .orElseThrow(() -> access().seesDatabase(name)
                        ? new SqlException(ErrorCode.UNKNOWN_DATABASE, name)
                        : access().databaseDenied(name))
                .collation();
        if (!access().seesDatabase(name) && !name.equalsIgnoreCase("information_schema")) {
            throw access().databaseDenied(name);
        }
        database = catalog().database(name).orElseThrow().name();
        new CharsetSetter(this).setDatabase(collation);
        tracker.schema(name);
    }

    @Override
    public void reset() {
        release();
        variables.reset();
        variablesChanged(true);
        multiStatements = client.multiStatements();
        activateLoginRoles();
        new CharsetSetter(this).setFromHandshake(client.collation());
        String wanted = database;
        if (wanted != null) {
            catalog().database(wanted).ifPresent(d -> new CharsetSetter(this).setDatabase(d.collation()));
        }
    }

    @Override
    public void changeUser(ClientInfo newClient, Account newAccount) {
        release();
        client = newClient;
        account = new AccountId(newAccount.user(), newAccount.host());
        mustChangePassword = newAccount.expired();
        multiStatements = newClient.multiStatements();
        database = null;
        variables.reset();
        variablesChanged(true);
        start();
    }

    /// Gives up everything a session holds but its connection.
    private void release() {
        transactions.reset();
        tableLocks.unlock();
        server.parts().locks().release(lockOwner, MetadataLocks.Duration.EXPLICIT);
        server.userLocks().releaseAll(connectionId());
        preparedNames.closeAll();
        server.parts().schema().dropTemporaryTables(temporaryTables);
        facts.reset();
        tracker.take();
        diagnostics.clear(1024, true);
    }

    @Override
    public List<ResultColumn> fieldList(String table, String pattern) {
        return runner.guard("COM_FIELD_LIST", () -> new FieldList(this).columns(table, pattern));
    }

    @Override
    public String statistics() {
        Map<String, String> status = server.globalStatus();
        return "Uptime: " + status.get("Uptime") + "  Threads: " + status.get("Threads_connected") + "  Questions: "
                + status.getOrDefault("Questions", "0") + "  Slow queries: " + status.get("Slow_queries")
                + "  Opens: 0  Flush tables: 0"
                + "  Open tables: 0  Queries per second avg: "
                + String.format(
                        java.util.Locale.ROOT,
                        "%.3f",
                        Double.parseDouble(status.getOrDefault("Questions", "0"))
                                / Math.max(1, server.uptimeSeconds()));
    }

    @Override
    public void setMultiStatements(boolean allowed) {
        multiStatements = allowed;
    }

    @Override
    public boolean isMidway() {
        return transactions.isInTransaction() || tableLocks.isActive();
    }

    @Override
    public int serverStatus() {
        int status = settings().autocommit() ? ServerStatus.AUTOCOMMIT : 0;
        if (transactions.isInTransaction()) {
            status |= ServerStatus.IN_TRANS | (transactions.isReadOnly() ? ServerStatus.IN_TRANS_READONLY : 0);
        }
        if (settings().parserOptions().noBackslashEscapes()) {
            status |= ServerStatus.NO_BACKSLASH_ESCAPES;
        }
        return status;
    }

    @Override
    public Charset clientCharset() {
        return settings().clientCharset();
    }

    @Override
    public Collation connectionCollation() {
        return settings().connectionCollation();
    }

    @Override
    public List<StateChange> takeStateChanges() {
        return tracker.take();
    }

    @Override
    public @Nullable Charset resultCharset() {
        return settings().resultCharset();
    }

    @Override
    public boolean sendsResultMetadata() {
        return !variables.value("resultset_metadata").text().equals("NONE");
    }

    @Override
    public TimeZoneRule timeZone() {
        return settings().zone();
    }

    @Override
    public int maxAllowedPacketBytes() {
        return settings().maxAllowedPacketBytes();
    }

    @Override
    public Duration idleTimeout() {
        return Duration.ofSeconds(variables.number(client.interactive() ? "interactive_timeout" : "wait_timeout"));
    }

    @Override
    public void commandStarted(String command) {
        // before others see the command: a KILL that comes while its first statement is parsed must not be forgotten
        interruption.begin();
        isCommandFresh = true;
        activity = new Activity(command, server.env().nanoTime(), null);
    }

    @Override
    public void traffic(long receivedBytes, long sentBytes) {
        tally.traffic(receivedBytes, sentBytes);
    }

    @Override
    public Map<String, String> status() {
        return server.sessionStatus(counters, client);
    }

    /// This session in the process list; any thread.
    ProcessRow process() {
        Activity now = activity;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(server.env().nanoTime() - now.sinceNanos);
        boolean isRunning = isRunning();
        String state = !isRunning ? "" : lockOwner.isWaiting() ? "Waiting for table metadata lock" : "executing";
        return new ProcessRow(
                connectionId(),
                account.user(),
                client.port() > 0 ? client.host() + ":" + client.port() : client.host(),
                database,
                now.command,
                seconds,
                state,
                isRunning ? now.text : null);
    }

    /// The open transaction for information_schema, or null; any thread.
    @Nullable TransactionRow transaction() {
        TransactionControl.Progress open = transactions.progress();
        return open == null
                ? null
                : new TransactionRow(
                        open.id(),
                        connectionId(),
                        open.startedMicros(),
                        open.modifiedRows(),
                        open.isolation() == IsolationLevel.READ_COMMITTED
                                ? "READ COMMITTED"
                                : open.isolation() == IsolationLevel.SERIALIZABLE ? "SERIALIZABLE" : "REPEATABLE READ",
                        open.isReadOnly(),
                        open.isAutocommit(),
                        isRunning() ? activity.text : null);
    }

    /// True while a command runs; any thread.
    boolean isRunning() {
        return !activity.command.equals("Sleep");
    }

    @Override
    public void killQuery() {
        interruption.killQuery();
        interrupt.kill();
        transactions.interrupt();
    }

    @Override
    public void kill() {
        interruption.kill();
        interrupt.kill();
        transactions.interrupt();
        Runnable close = closeConnection;
        if (close != null) {
            close.run();
        }
    }

    @Override
    public boolean isKilled() {
        return interruption.isKilled();
    }

    @Override
    public void onKill(Runnable close) {
        closeConnection = close;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            try {
                release();
            } finally {
                server.closed(this);
            }
        }
    }
}
