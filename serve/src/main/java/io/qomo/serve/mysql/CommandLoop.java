package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.PacketReader;
import io.qomo.serve.mysql.wire.PacketWriter;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads commands and has the session carry them out until the client leaves or has to.
final class CommandLoop {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);

    private final Channel channel;
    private final Session session;
    private final BooleanSupplier isStopping;
    private final ColumnDefinitionSource definitions;
    private final Payload payload = new Payload();
    private @Nullable ResultWriter result;

    CommandLoop(Channel channel, Login login, BooleanSupplier isStopping) {
        this.channel = channel;
        this.session = login.session();
        this.isStopping = isStopping;
        this.definitions = new ColumnDefinitionSource(login.client().collation());
    }

    /// Serves the client; returns when the connection is to be closed.
    void run() throws IOException {
        session.commandStarted(Command.name(0));
        while (awaitCommand()) {
            int command = payload.remaining() == 0 ? 0 : payload.readByte();
            if (command == Command.QUIT) {
                return;
            }
            session.commandStarted(Command.name(command));
            answer(command);
            channel.writer().flush();
            channel.reader().release();
            session.commandStarted(Command.name(0));
        }
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
                if (e.code() != ErrorCode.PACKET_TOO_LARGE) {
                    channel.linger();
                    return false;
                }
            }
        }
    }

    private void sayGoodbye(Deadlines deadlines) throws IOException {
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

    private void answer(int command) throws IOException {
        result = null;
        try {
            dispatch(command);
            if (result != null && !result.isDone()) {
                throw new SqlException(ErrorCode.INTERNAL_ERROR, "the statement gave no result");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SqlException e) {
            fail(e);
        } catch (StackOverflowError e) {
            fail(new SqlException(ErrorCode.STACK_OVERRUN));
        } catch (OutOfMemoryError e) {
            LOG.atWarn().addKeyValue("session", session.connectionId()).log("out of memory in a statement");
            fail(new SqlException(ErrorCode.OUT_OF_MEMORY));
        } catch (RuntimeException | AssertionError e) {
            LOG.atError()
                    .addKeyValue("session", session.connectionId())
                    .setCause(e)
                    .log("a statement failed by a defect");
            fail(new SqlException(ErrorCode.INTERNAL_ERROR, e.toString()));
        } finally {
            Thread.interrupted();
        }
    }

    private void fail(SqlException error) throws IOException {
        channel.writer().cancel();
        if (result != null) {
            result.abandon();
        }
        channel.error(error, session.resultCharset());
    }

    private void dispatch(int command) throws IOException {
        switch (command) {
            case Command.QUERY -> query();
            case Command.PING -> channel.ok(session.serverStatus());
            case Command.INIT_DB -> initDb();
            case Command.FIELD_LIST -> fieldList();
            case Command.STATISTICS -> statistics();
            case Command.PROCESS_INFO -> execute("SHOW PROCESSLIST");
            case Command.PROCESS_KILL -> execute("KILL " + Integer.toUnsignedLong(payload.readInt()));
            case Command.SET_OPTION -> setOption();
            case Command.RESET_CONNECTION -> {
                session.reset();
                channel.ok(session.serverStatus());
            }
            case Command.DEBUG -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "COM_DEBUG");
            default -> throw new SqlException(ErrorCode.UNKNOWN_COMMAND);
        }
    }

    private void query() {
        if (channel.has(Capability.QUERY_ATTRIBUTES)) {
            QueryAttributes.skip(payload);
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
        channel.ok(new StatementStatus(
                0, 0, 0, session.serverStatus(), false, null, List.of(new StateChange(StateChanges.SCHEMA, "", name))));
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

    private String text(byte[] bytes) {
        return ResultCharset.decode(bytes, session.clientCharset());
    }
}
