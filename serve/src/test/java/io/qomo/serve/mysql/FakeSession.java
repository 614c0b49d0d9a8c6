package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.PreparedStatement;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A session that knows a handful of statements by their first words and answers what drivers ask when they
/// connect.
final class FakeSession implements Session {
    static final int TABLE_ROWS = 5;

    final FakeService service;
    final List<String> commands = new ArrayList<>();
    volatile ClientInfo client;
    volatile Account account;
    volatile @Nullable String database;
    volatile boolean multiStatements;
    volatile int resets;
    volatile int maxAllowedPacket = 64 << 20;
    volatile Duration idleTimeout = Duration.ofHours(8);
    volatile @Nullable Charset resultCharset;
    volatile TimeZoneRule zone = TimeZoneRule.UTC;
    volatile boolean metadata = true;
    final CountDownLatch running = new CountDownLatch(1);
    final CountDownLatch queryKilled = new CountDownLatch(1);
    private volatile List<StateChange> changes = List.of();
    private volatile boolean killed;
    private volatile @Nullable Runnable closer;
    private volatile boolean closed;

    FakeSession(FakeService service, ClientInfo client, Account account) {
        this.service = service;
        this.client = client;
        this.account = account;
        this.database = client.database();
        this.resultCharset = client.collation().charset();
        this.multiStatements = client.multiStatements();
    }

    @Override
    public long connectionId() {
        return client.connectionId();
    }

    @Override
    public void execute(byte[] sql, int offset, int length, ResultSink sink) {
        String text = new String(sql, offset, length, StandardCharsets.UTF_8);
        if (multiStatements && text.contains(";")) {
            String[] parts = text.split(";");
            if (parts.length == 0) {
                new FakeStatements(this, false).run("", List.of(), sink);
            }
            for (int i = 0; i < parts.length; i++) {
                new FakeStatements(this, i + 1 < parts.length).run(parts[i].strip(), List.of(), sink);
            }
            return;
        }
        new FakeStatements(this, false).run(text.strip(), List.of(), sink);
    }

    @Override
    public PreparedStatement prepare(byte[] sql, int offset, int length) {
        String text = new String(sql, offset, length, StandardCharsets.UTF_8);
        if (text.startsWith("BAD")) {
            throw new SqlException(ErrorCode.PARSE_ERROR, text, 1);
        }
        return new FakeStatements.Prepared(text);
    }

    @Override
    public void execute(PreparedStatement statement, List<Vector> parameters, ResultSink sink) {
        new FakeStatements(this, false).run(((FakeStatements.Prepared) statement).sql(), parameters, sink);
    }

    @Override
    public void useDatabase(String name) {
        if (name.equals("missing")) {
            throw new SqlException(ErrorCode.UNKNOWN_DATABASE, name);
        }
        database = name;
        changes = List.of(new StateChange(1, "", name));
    }

    @Override
    public List<StateChange> takeStateChanges() {
        List<StateChange> taken = changes;
        changes = List.of();
        return taken;
    }

    @Override
    public void reset() {
        resets++;
    }

    @Override
    public void changeUser(ClientInfo newClient, Account newAccount) {
        client = newClient;
        account = newAccount;
        database = newClient.database();
    }

    @Override
    public List<ResultColumn> fieldList(String table, String pattern) {
        if (!table.equals("t")) {
            throw new SqlException(ErrorCode.NO_SUCH_TABLE, "db", table);
        }
        return List.of(
                new ResultColumn("db", "t", "t", "id", "id", SqlType.INT, 3, "0"),
                new ResultColumn("db", "t", "t", "n", "n", SqlType.INT, 0, null));
    }

    @Override
    public String statistics() {
        return "Uptime: 1  Threads: 1";
    }

    @Override
    public void setMultiStatements(boolean allowed) {
        multiStatements = allowed;
    }

    @Override
    public int serverStatus() {
        return ServerStatus.AUTOCOMMIT;
    }

    @Override
    public Charset clientCharset() {
        return client.collation().charset();
    }

    @Override
    public Collation connectionCollation() {
        return client.collation();
    }

    @Override
    public @Nullable Charset resultCharset() {
        return resultCharset;
    }

    @Override
    public boolean sendsResultMetadata() {
        return metadata;
    }

    @Override
    public TimeZoneRule timeZone() {
        return zone;
    }

    @Override
    public int maxAllowedPacketBytes() {
        return maxAllowedPacket;
    }

    @Override
    public Duration idleTimeout() {
        return idleTimeout;
    }

    @Override
    public void commandStarted(String command) {
        synchronized (commands) {
            if (commands.size() < 1000) {
                commands.add(command);
            }
        }
    }

    @Override
    public void killQuery() {
        queryKilled.countDown();
    }

    @Override
    public void kill() {
        killed = true;
        queryKilled.countDown();
        Runnable close = closer;
        if (close != null) {
            close.run();
        }
    }

    @Override
    public boolean isKilled() {
        return killed;
    }

    @Override
    public void onKill(Runnable closeConnection) {
        closer = closeConnection;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            service.sessions.remove(client.connectionId());
            service.closedSessions.incrementAndGet();
        }
    }
}
