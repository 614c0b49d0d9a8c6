package io.qomo.serve.session;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.query.catalog.TableDef;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import io.qomo.serve.lock.UserLocks;
import io.qomo.serve.session.Neighbours.KillOutcome;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.SqlService;
import io.qomo.serve.session.api.TlsUse;
import io.qomo.serve.systemtable.ServerFacts.NodeRow;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.systemtable.ServerFacts.TransactionRow;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.serve.variable.VariableValue;
import io.qomo.store.txn.TransactionManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The SQL server: opens sessions and knows those there are. Thread-safe.
public final class Server implements SqlService {
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

    private final ServerParts parts;
    private final AtomicLong connectionIds = new AtomicLong();
    private final AtomicLong preparedStatements = new AtomicLong();
    private final Map<Long, ServerSession> sessions = new ConcurrentHashMap<>();
    private final long startNanos;
    private final StatementTimes statementTimes = new StatementTimes();
    private volatile long flushNanos;
    private volatile int maxUsedConnections;
    private volatile Runnable shutdown = () -> {};

    /// A server over its parts.
    public Server(ServerParts parts) {
        this.parts = parts;
        this.startNanos = parts.env().nanoTime();
        this.flushNanos = startNanos;
    }

    /// What SHUTDOWN does; it must not wait for the statement that asks.
    public void onShutdown(Runnable action) {
        shutdown = action;
    }

    /// What SET PERSIST left, by name.
    public SortedMap<String, VariableValue> persistedVariables() {
        return new PersistedVariables(parts.meta()).all();
    }

    void requestShutdown() {
        shutdown.run();
    }

    ServerParts parts() {
        return parts;
    }

    Env env() {
        return parts.env();
    }

    UserLocks userLocks() {
        return parts.userLocks();
    }

    StatusCounters counters() {
        return parts.counters();
    }

    @Override
    public String serverVersion() {
        return parts.version();
    }

    @Override
    public void admit() {
        // One more than max_connections may come in: an administrator, told apart once it is known who it is.
        if (sessions.size() > parts.variables().number("max_connections")) {
            throw tooMany();
        }
    }

    private SqlException tooMany() {
        counters().counter("Connection_errors_max_connections").increment();
        return new SqlException(ErrorCode.TOO_MANY_CONNECTIONS);
    }

    @Override
    public long nextConnectionId() {
        return parts.neighbours().connectionId(connectionIds.incrementAndGet());
    }

    @Override
    public Optional<Account> findAccount(String user, String host) {
        return parts.accounts().match(user, host).map(this::toAccount);
    }

    private Account toAccount(AccountRecord account) {
        boolean isOld = account.lifetimeDays() > 0
                && parts.env().wallMicros() - account.passwordChangedMicros() > account.lifetimeDays() * MICROS_PER_DAY;
        Account plain = account.toAccount();
        return new Account(
                plain.user(),
                plain.host(),
                plain.plugin(),
                plain.authenticationString(),
                plain.locked(),
                plain.expired() || isOld,
                plain.requiresTls() || parts.variables().isOn("require_secure_transport"));
    }

    @Override
    public Session open(ClientInfo client, Account account) {
        ServerSession session = new ServerSession(this, client, account);
        long limit = parts.variables().number("max_connections");
        synchronized (sessions) {
            boolean isAdministrator = session.access().has("CONNECTION_ADMIN");
            if (sessions.size() >= limit + (isAdministrator ? 1 : 0)) {
                throw tooMany();
            }
            checkUserLimit(account);
            sessions.put(client.connectionId(), session);
            maxUsedConnections = Math.max(maxUsedConnections, sessions.size());
        }
        counters().counter("Connections").increment();
        try {
            session.start();
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        return session;
    }

    private void checkUserLimit(Account account) {
        long limit = parts.variables().number("max_user_connections");
        long own = parts.accounts().all().stream()
                .filter(a ->
                        a.id().user().equals(account.user()) && a.id().host().equalsIgnoreCase(account.host()))
                .map(a -> a.resources().getOrDefault("MAX_USER_CONNECTIONS", 0L))
                .findFirst()
                .orElse(0L);
        long allowed = own > 0 ? own : limit;
        if (allowed > 0) {
            long open = sessions.values().stream()
                    .filter(s -> s.account().user().equals(account.user())
                            && s.account().host().equalsIgnoreCase(account.host()))
                    .count();
            if (open >= allowed) {
                throw own > 0
                        ? new SqlException(ErrorCode.USER_LIMIT_REACHED, account.user(), "max_user_connections", own)
                        : new SqlException(ErrorCode.TOO_MANY_USER_CONNECTIONS, account.user());
            }
        }
    }

    void closed(ServerSession session) {
        sessions.remove(session.connectionId());
    }

    /// Kills all sessions: their connections close them.
    void closeSessions() {
        sessions.values().forEach(ServerSession::kill);
    }

    /// The session of a connection.
    Optional<ServerSession> session(long connectionId) {
        return Optional.ofNullable(sessions.get(connectionId));
    }

    /// Prepared statements of all sessions: counts one more. Error 1461.
    void statementPrepared() {
        long limit = parts.variables().number("max_prepared_stmt_count");
        if (preparedStatements.incrementAndGet() > limit) {
            preparedStatements.decrementAndGet();
            throw new SqlException(ErrorCode.TOO_MANY_PREPARED_STATEMENTS, limit);
        }
    }

    void statementClosed() {
        preparedStatements.decrementAndGet();
    }

    /// The process list, with the sessions of the cluster's other servers, in order of connection ids.
    public List<ProcessRow> processes() {
        return Stream.concat(ownProcesses().stream(), parts.neighbours().processes().stream())
                .sorted(Comparator.comparingLong(ProcessRow::id))
                .toList();
    }

    /// The sessions of this server.
    public List<ProcessRow> ownProcesses() {
        return sessions.values().stream().map(ServerSession::process).toList();
    }

    /// Kills a session of this server, or its statement.
    ///
    /// @param mayAny whether the account may kill those of others
    public KillOutcome kill(long connectionId, boolean onlyQuery, String user, String host, boolean mayAny) {
        ServerSession session = sessions.get(connectionId);
        if (session == null) {
            return KillOutcome.NOT_FOUND;
        }
        AccountId account = session.account();
        if (!mayAny && !(account.user().equals(user) && account.host().equals(host))) {
            return KillOutcome.DENIED;
        }
        if (onlyQuery) {
            session.killQuery();
        } else {
            session.kill();
        }
        return KillOutcome.DONE;
    }

    /// The nodes of the cluster.
    public List<NodeRow> nodes() {
        return parts.neighbours().nodes();
    }

    /// The open transactions, in order of connection ids.
    public List<TransactionRow> transactions() {
        return sessions.values().stream()
                .flatMap(session -> Stream.ofNullable(session.transaction()))
                .sorted(Comparator.comparingLong(TransactionRow::connectionId))
                .toList();
    }

    /// Sessions there are.
    public int sessionCount() {
        return sessions.size();
    }

    /// Sessions that run a statement.
    public long runningCount() {
        return sessions.values().stream().filter(ServerSession::isRunning).count();
    }

    /// Seconds since the start.
    public long uptimeSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(parts.env().nanoTime() - startNanos);
    }

    /// How long statements took.
    public StatementTimes statementTimes() {
        return statementTimes;
    }

    /// Memory that running statements take, of what they may take together.
    public MemoryAccount queryMemory() {
        return parts.memory();
    }

    /// FLUSH STATUS.
    void flushStatus() {
        counters().reset();
        flushNanos = parts.env().nanoTime();
        maxUsedConnections = sessions.size();
    }

    @Override
    public void loginFailed() {
        counters().counter("Aborted_connects").increment();
    }

    @Override
    public void clientLost() {
        counters().counter("Aborted_clients").increment();
    }

    /// SHOW GLOBAL STATUS.
    public Map<String, String> globalStatus() {
        Map<String, String> values = new TreeMap<>();
        StatusNames.INITIAL.forEach(name -> values.put(name, "0"));
        counters().values().forEach((name, value) -> values.put(name, Long.toString(value)));
        values.put("Uptime", Long.toString(uptimeSeconds()));
        values.put(
                "Uptime_since_flush_status",
                Long.toString(TimeUnit.NANOSECONDS.toSeconds(parts.env().nanoTime() - flushNanos)));
        values.put("Max_used_connections", Integer.toString(maxUsedConnections));
        // Each connection has a thread of its own.
        values.put("Threads_created", values.getOrDefault("Connections", "0"));
        TransactionManager transactions = parts.store().transactions();
        long waits = transactions.lockWaits();
        long waitMs = TimeUnit.NANOSECONDS.toMillis(transactions.lockWaitNanos());
        values.put("Innodb_row_lock_waits", Long.toString(waits));
        values.put("Innodb_row_lock_time", Long.toString(waitMs));
        values.put("Innodb_row_lock_time_avg", Long.toString(waits == 0 ? 0 : waitMs / waits));
        values.put("Threads_connected", Integer.toString(sessions.size()));
        values.put("Threads_running", Long.toString(runningCount()));
        values.put("Prepared_stmt_count", Long.toString(preparedStatements.get()));
        values.put("Innodb_page_size", "16384");
        values.put("Ssl_version", "");
        values.put("Ssl_cipher", "");
        return values;
    }

    /// SHOW SESSION STATUS: what a session counts itself in place of the server's, and how its client is encrypted.
    Map<String, String> sessionStatus(StatusCounters own, ClientInfo client) {
        Map<String, String> values = globalStatus();
        values.replaceAll(
                (name, value) -> name.startsWith("Com_") || name.equals("Questions") || name.startsWith("Handler_")
                        ? Long.toString(own.value(name))
                        : value);
        own.values().forEach((name, value) -> values.put(name, Long.toString(value)));
        TlsUse tls = client.tls();
        if (tls != null) {
            values.put("Ssl_version", tls.version());
            values.put("Ssl_cipher", tls.cipher());
        }
        return values;
    }

    /// The counters behind SHOW GLOBAL STATUS.
    public Map<String, Long> counterValues() {
        return counters().values();
    }

    /// The next AUTO_INCREMENT value of a table.
    public long nextAutoIncrement(TableDef table) {
        return parts.schema().nextAutoIncrement(table);
    }
}
