package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.PacketReader;
import io.qomo.serve.mysql.wire.PacketWriter;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus;
import io.qomo.serve.session.api.TlsUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads commands and has the session carry them out until the client leaves or has to.
final class CommandLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);

    private final Channel channel;
    private final ServerContext server;
    private final Peer peer;
    private final Session session;
    private final BooleanSupplier isStopping;
    private final ColumnDefinitionSource definitions;
    private final Statements statements;
    private final Payload payload = new Payload();
    private byte[] nonce;
    private @Nullable ResultWriter result;

    CommandLoop(Channel channel, ServerContext server, Peer peer, Login login, BooleanSupplier isStopping) {
        this.channel = channel;
        this.server = server;
        this.peer = peer;
        this.nonce = login.nonce();
        this.session = login.session();
        this.isStopping = isStopping;
        this.definitions = new ColumnDefinitionSource(login.client().collation());
        this.statements =
                new Statements(channel, session, definitions, server.options().spillDirectory());
    }

    /// Serves the client; returns when the connection is to be closed. True if the client said good-bye, or was told to
    /// leave.
    boolean run() throws IOException {
        session.commandStarted(Command.name(0));
        while (awaitCommand()) {
            int command = payload.remaining() == 0 ? 0 : payload.readByte();
            if (command == Command.QUIT) {
                return true;
            }
            session.commandStarted(Command.name(command));
            boolean goesOn = command == Command.CHANGE_USER ? changeUser() : answer(command);
            channel.writer().flush();
            session.traffic(channel.takeReceivedBytes(), channel.takeSentBytes());
            if (!goesOn) {
                channel.linger();
                return true;
            }
            channel.reader().release();
            session.commandStarted(Command.name(0));
        }
        return isStopping.getAsBoolean() || session.isKilled();
    }

    /// Waits for a command; false if there is none to come.
    private boolean awaitCommand() throws IOException {
        Deadlines deadlines = channel.deadlines();
        PacketReader reader = channel.reader();
        while (true) {
            channel.resetSequence();
            reader.setMaxPayload(session.maxAllowedPacketBytes());
            deadlines.awaitCommand(session.idleTimeout());
            try {
                if (isStopping.getAsBoolean() || session.isKilled() || !reader.next()) {
                    deadlines.clear();
                    sayGoodbye(deadlines);
                    return false;
                }
                deadlines.clear();
                payload.set(reader.array(), reader.offset(), reader.length());
                return true;
            } catch (SqlException e) {
                deadlines.clear();
                channel.error(e, session.resultCharset());
                channel.writer().flush();
                if (e.code() != ErrorCode.PACKET_TOO_LARGE && e.code() != ErrorCode.OUT_OF_MEMORY) {
                    channel.linger();
                    return false;
                }
            }
        }
    }

    private void sayGoodbye(Deadlines deadlines) throws IOException {
        channel.anticipateCommand();
        if (deadlines.isExpired()) {
            channel.error(new SqlException(ErrorCode.CLIENT_INTERACTION_TIMEOUT), session.resultCharset());
        } else if (isStopping.getAsBoolean()) {
            channel.error(new SqlException(ErrorCode.SERVER_SHUTDOWN), session.resultCharset());
        } else {
            return;
        }
        channel.writer().flush();
        channel.linger();
    }

    private boolean answer(int command) throws IOException {
        result = null;
        try {
            dispatch(command);
            if (result != null && !result.isDone()) {
                throw new SqlException(ErrorCode.INTERNAL_ERROR, "the statement gave no result");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SqlException e) {
            if (command == Command.STMT_SEND_LONG_DATA || command == Command.STMT_CLOSE) {
                // nobody waits for an answer to these
                return false;
            }
            fail(e);
        } catch (StackOverflowError e) {
            fail(new SqlException(ErrorCode.STACK_OVERRUN));
        } catch (OutOfMemoryError e) {
            LOG.atWarn().addKeyValue("session", session.connectionId()).log("out of memory in a statement");
            fail(new SqlException(ErrorCode.OUT_OF_MEMORY, "too many"));
        } catch (RuntimeException | AssertionError e) {
            LOG.atError()
                    .addKeyValue("session", session.connectionId())
                    .setCause(e)
                    .log("a statement failed by a defect");
            fail(new SqlException(ErrorCode.INTERNAL_ERROR, e.toString()));
        } finally {
            Thread.interrupted();
        }
        return true;
    }

    /// COM_CHANGE_USER; a client that fails has to leave.
    private boolean changeUser() throws IOException {
        try {
            HandshakeResponse client = HandshakeResponse.readChangeUser(
                    payload, channel.capabilities(), definitions.handshake(), session.clientCharset());
            channel.reader().setMaxPayload(Handshake.MAX_PACKET_BYTES);
            TlsUse tls = channel.tlsUse();
            Authenticator authenticator = new Authenticator(channel, server, tls != null, nonce);
            Account account = authenticator.authenticate(client, peer.host(), true);
            nonce = authenticator.nonce();
            statements.close();
            session.changeUser(Handshake.clientInfo(client, peer, tls), account);
            definitions.setHandshake(client.collation());
            channel.ok(session);
            return true;
        } catch (SqlException e) {
            channel.error(e, session.resultCharset());
            return false;
        }
    }

    private void fail(SqlException error) throws IOException {
        channel.writer().cancel();
        if (result != null) {
            result.abandon();
        }
        boolean isOurs = error.code() == ErrorCode.QUERY_INTERRUPTED && isStopping.getAsBoolean();
        channel.error(isOurs ? new SqlException(ErrorCode.SERVER_SHUTDOWN) : error, session.resultCharset());
    }

    private void dispatch(int command) throws IOException {
        switch (command) {
            case Command.QUERY -> query();
            case Command.PING -> channel.ok(session);
            case Command.INIT_DB -> initDb();
            case Command.FIELD_LIST -> fieldList();
            case Command.STATISTICS -> statistics();
            case Command.PROCESS_INFO -> execute("SHOW PROCESSLIST");
            case Command.PROCESS_KILL -> execute("KILL " + Integer.toUnsignedLong(payload.readInt()));
            case Command.SET_OPTION -> setOption();
            case Command.STMT_PREPARE -> statements.prepare(payload);
            case Command.STMT_EXECUTE -> statements.execute(payload, results(true));
            case Command.STMT_SEND_LONG_DATA -> statements.sendLongData(payload);
            case Command.STMT_CLOSE -> statements.close(payload);
            case Command.STMT_RESET -> statements.reset(payload);
            case Command.STMT_FETCH -> statements.fetch(payload);
            case Command.RESET_CONNECTION -> {
                statements.close();
                session.reset();
                channel.ok(session);
            }
            case Command.DEBUG -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "COM_DEBUG");
            default -> throw new SqlException(ErrorCode.UNKNOWN_COMMAND);
        }
    }

    private void query() {
        if (channel.has(Capability.QUERY_ATTRIBUTES)) {
            statements.skipQueryAttributes(payload);
        }
        int length = payload.remaining();
        session.execute(payload.array(), payload.skip(length), length, results(false));
    }

    private void execute(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.US_ASCII);
        session.execute(bytes, 0, bytes.length, results(false));
    }

    private ResultWriter results(boolean binary) {
        ResultWriter writer = new ResultWriter(channel, session, definitions, binary);
        result = writer;
        return writer;
    }

    private void initDb() {
        String name = text(payload.readBytes(payload.remaining()));
        session.useDatabase(name);
        channel.ok(session);
    }

    private void fieldList() {
        String table = text(payload.readNulBytes());
        String pattern = text(payload.readNulOrRestBytes());
        PacketWriter writer = channel.writer();
        for (ResultColumn column : session.fieldList(table, pattern)) {
            definitions.of(session).write(column, true, writer.begin());
            writer.end();
        }
        endOfCommand();
    }

    private void statistics() {
        WireBuffer out = channel.writer().begin();
        out.putBytes(session.statistics().getBytes(StandardCharsets.UTF_8));
        channel.writer().end();
    }

    private void setOption() {
        int option = payload.readShort();
        if (option > 1) {
            throw new SqlException(ErrorCode.UNKNOWN_COMMAND);
        }
        session.setMultiStatements(option == 0);
        endOfCommand();
    }

    private void endOfCommand() {
        channel.endOfRows(new StatementStatus(0, 0, 0, session.serverStatus(), false, null, List.of()));
    }

    /// Gives prepared statements and cursors back.
    @Override
    public void close() {
        statements.close();
    }

    private String text(byte[] bytes) {
        return ResultCharset.decode(bytes, session.clientCharset());
    }
}
