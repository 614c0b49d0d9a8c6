package io.qomo.serve.mysql;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.SqlService;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A server whose sessions follow a script; see [FakeSession].
final class FakeService implements SqlService {
    final Map<String, Account> accounts = new ConcurrentHashMap<>();
    final Map<Long, FakeSession> sessions = new ConcurrentHashMap<>();
    final AtomicLong closedSessions = new AtomicLong();
    volatile int maxConnections = 10_000;
    volatile boolean full;
    private final AtomicLong ids = new AtomicLong();

    FakeService() {
        add("root", Verifiers.CACHING_SHA2, "");
        add("sha", Verifiers.CACHING_SHA2, "secret");
        add("native", Verifiers.NATIVE, "secret");
        add("nativeempty", Verifiers.NATIVE, "");
        add("longpw", Verifiers.CACHING_SHA2, "p".repeat(100));
    }

    void add(String user, String plugin, String password) {
        byte[] verifier = Verifiers.make(plugin, password.getBytes(StandardCharsets.UTF_8), new SystemEnv());
        accounts.put(user, new Account(user, "%", plugin, verifier, false, false, false));
    }

    void add(Account account) {
        accounts.put(account.user(), account);
    }

    @Override
    public String serverVersion() {
        return "8.0.36-qomo-test";
    }

    @Override
    public void admit() {
        if (full) {
            throw new SqlException(ErrorCode.TOO_MANY_CONNECTIONS);
        }
    }

    @Override
    public long nextConnectionId() {
        return ids.incrementAndGet();
    }

    @Override
    public Optional<Account> findAccount(String user, String host) {
        return Optional.ofNullable(accounts.get(user));
    }

    @Override
    public Session open(ClientInfo client, Account account) {
        if (sessions.size() >= maxConnections) {
            throw new SqlException(ErrorCode.TOO_MANY_CONNECTIONS);
        }
        if ("missing".equals(client.database())) {
            throw new SqlException(ErrorCode.UNKNOWN_DATABASE, "missing");
        }
        FakeSession session = new FakeSession(this, client, account);
        sessions.put(session.connectionId(), session);
        return session;
    }
}
