package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.PacketWriter;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The COM_STMT_* commands of one connection. Source: MySQL manual, "Prepared Statements" of the protocol.
final class Statements implements AutoCloseable {
    private static final int CURSOR_READ_ONLY = 1;
    private static final int PARAMETER_COUNT_AVAILABLE = 8;
    /// What a parameter of a yet unknown type is announced as.
    private static final SqlType UNKNOWN_PARAMETER = SqlType.varbinary(0);

    private final Channel channel;
    private final Session session;
    private final ColumnDefinitionSource definitions;
    private final Path spillDirectory;
    private final ParameterReader reader;
    private final Map<Integer, ServerStatement> statements = new HashMap<>();
    private int lastId;

    Statements(Channel channel, Session session, ColumnDefinitionSource definitions, Path spillDirectory) {
        this.channel = channel;
        this.session = session;
        this.definitions = definitions;
        this.spillDirectory = spillDirectory;
        this.reader = new ParameterReader(session);
    }

    /// COM_STMT_PREPARE.
    void prepare(Payload in) {
        int length = in.remaining();
        ServerStatement statement =
                new ServerStatement(lastId + 1, session.prepare(in.array(), in.skip(length), length));
        lastId = statement.id;
        statements.put(statement.id, statement);
        List<ResultColumn> parameters = statement.prepared.parameters();
        List<ResultColumn> columns = statement.prepared.columns();
        boolean isOptional = channel.has(Capability.OPTIONAL_RESULTSET_METADATA);
        boolean isSent = !isOptional || session.sendsResultMetadata();
        WireBuffer out = channel.writer().begin();
        out.putByte(0);
        out.putInt(statement.id);
        out.putShort(columns.size());
        out.putShort(parameters.size());
        out.putByte(0);
        out.putShort(0);
        if (isOptional) {
            out.putByte(isSent ? 1 : 0);
        }
        channel.writer().end();
        if (isSent) {
            define(parameters, true);
            define(columns, false);
        }
    }

    private void define(List<ResultColumn> columns, boolean areParameters) {
        if (columns.isEmpty()) {
            return;
        }
        PacketWriter writer = channel.writer();
        for (ResultColumn column : columns) {
            boolean isUnknown = areParameters && column.type() == SqlType.NULL;
            ResultColumn shown = isUnknown
                    ? new ResultColumn("", "", "", column.name(), "", UNKNOWN_PARAMETER, column.flags(), null)
                    : column;
            definitions.of(session).write(shown, false, writer.begin());
            writer.end();
        }
        if (!channel.has(Capability.DEPRECATE_EOF)) {
            channel.eof(0, session.serverStatus());
        }
    }

    /// COM_STMT_EXECUTE; `results` takes what is not kept for a cursor.
    void execute(Payload in, ResultWriter results) {
        ServerStatement statement = statement(in.readInt(), "mysqld_stmt_execute");
        int flags = in.readByte();
        in.readInt();
        statement.closeCursor();
        Vector[] parameters;
        try {
            statement.checkLongData();
            parameters = parameters(statement, flags, in);
        } finally {
            statement.clearLongData();
        }
        if ((flags & CURSOR_READ_ONLY) == 0 || statement.prepared.columns().isEmpty()) {
            session.execute(statement.prepared, Arrays.asList(parameters), results);
            return;
        }
        CursorWriter cursor = new CursorWriter(results, session, spillDirectory);
        try {
            session.execute(statement.prepared, Arrays.asList(parameters), cursor);
            openCursor(statement, cursor, results);
        } finally {
            cursor.discard();
        }
    }

    private void openCursor(ServerStatement statement, CursorWriter cursor, ResultWriter results) {
        StatementStatus status = cursor.status();
        if (status != null) {
            statement.cursor = cursor.takeRows();
            results.announceCursor(cursor.columns(), status);
        }
    }

    private Vector[] parameters(ServerStatement statement, int flags, Payload in) {
        int expected = statement.parameterCount;
        int given = expected;
        boolean hasNames = channel.has(Capability.QUERY_ATTRIBUTES);
        if (hasNames && (expected > 0 || (flags & PARAMETER_COUNT_AVAILABLE) != 0)) {
            given = (int) Math.min(in.readLenenc(), Integer.MAX_VALUE);
        }
        if (given < expected) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "mysqld_stmt_execute");
        }
        Vector[] vectors = new Vector[expected];
        if (given == 0) {
            return vectors;
        }
        int nulls = in.skip((int) (((long) given + 7) >> 3));
        byte[] bytes = in.array();
        int[] types = in.readByte() != 0 ? readTypes(given, hasNames, in) : statement.types;
        statement.types = types;
        for (int i = 0; i < given; i++) {
            boolean isNull = (bytes[nulls + (i >> 3)] & 1 << (i & 7)) != 0;
            Vector value = value(statement, i, type(types, i, isNull), isNull, in);
            if (i < expected) {
                vectors[i] = value;
            }
        }
        return vectors;
    }

    /// The type of a parameter. Clients may leave the types out as long as all values are NULL (Connector/J does).
    private static int type(int @Nullable [] types, int index, boolean isNull) {
        if (types != null && index < types.length) {
            return types[index];
        }
        if (!isNull) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "mysqld_stmt_execute");
        }
        return WireType.NULL;
    }

    private Vector value(ServerStatement statement, int index, int type, boolean isNull, Payload in) {
        WireBuffer longData = index < statement.parameterCount ? statement.longData(index) : null;
        if (longData != null) {
            return reader.string(type, Arrays.copyOf(longData.array(), longData.size()));
        }
        return isNull ? reader.readNull(type) : reader.read(type, in);
    }

    private static int[] readTypes(int count, boolean hasNames, Payload in) {
        if (count > in.remaining() / 2) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = in.readShort();
            if (!WireType.isKnown(types[i] & 0xFF)) {
                throw new SqlException(ErrorCode.MALFORMED_PACKET);
            }
            if (hasNames) {
                in.skip(in.readLenencLength());
            }
        }
        return types;
    }

    /// Steps over the named values before the text of a COM_QUERY. Without the optional component that
    /// reads them they have no effect in MySQL either.
    ///
    /// ```
    /// lenenc  number of values, lenenc number of sets (1); then, if there are values:
    /// n bits  which are NULL; 1 byte: 1; per value 2 bytes of type and a lenenc name; the values that are not NULL
    /// ```
    void skipQueryAttributes(Payload in) {
        long count = in.readLenenc();
        if (in.readLenenc() != 1 || count > in.remaining()) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        if (count == 0) {
            return;
        }
        int nulls = in.skip((int) ((count + 7) >> 3));
        byte[] bytes = in.array();
        if (in.readByte() != 1) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        int[] types = readTypes((int) count, true, in);
        for (int i = 0; i < count; i++) {
            if ((bytes[nulls + (i >> 3)] & 1 << (i & 7)) == 0) {
                reader.read(types[i], in);
            }
        }
    }

    /// COM_STMT_SEND_LONG_DATA, which is not answered.
    void sendLongData(Payload in) {
        @Nullable ServerStatement statement = statements.get(in.readInt());
        int parameter = in.readShort();
        if (statement != null) {
            int length = in.remaining();
            statement.appendLongData(parameter, in.array(), in.skip(length), length, session.maxAllowedPacketBytes());
        }
    }

    /// COM_STMT_RESET.
    void reset(Payload in) {
        ServerStatement statement = statement(in.readInt(), "mysqld_stmt_reset");
        statement.closeCursor();
        statement.clearLongData();
        channel.ok(session);
    }

    /// COM_STMT_CLOSE, which is not answered.
    void close(Payload in) {
        @Nullable ServerStatement statement = statements.remove(in.readInt());
        if (statement != null) {
            statement.close();
        }
    }

    /// COM_STMT_FETCH.
    void fetch(Payload in) throws IOException {
        ServerStatement statement = statement(in.readInt(), "mysqld_stmt_fetch");
        long wanted = Integer.toUnsignedLong(in.readInt());
        RowSpool rows = statement.cursor;
        if (rows == null) {
            throw new SqlException(ErrorCode.STATEMENT_HAS_NO_OPEN_CURSOR, statement.id);
        }
        PacketWriter writer = channel.writer();
        for (long i = 0; i < wanted && rows.hasNext(); i++) {
            rows.next(writer.begin());
            writer.end();
            writer.flushIfLarge();
        }
        int status = session.serverStatus();
        if (rows.hasNext()) {
            status |= ServerStatus.CURSOR_EXISTS;
        } else {
            status |= ServerStatus.LAST_ROW_SENT;
            statement.closeCursor();
        }
        channel.endOfRows(new StatementStatus(0, 0, 0, status, false, null, List.of()));
    }

    private ServerStatement statement(int id, String command) {
        @Nullable ServerStatement statement = statements.get(id);
        if (statement == null) {
            throw new SqlException(ErrorCode.UNKNOWN_STATEMENT_HANDLER, Integer.toUnsignedString(id), command);
        }
        return statement;
    }

    /// Forgets all statements.
    @Override
    public void close() {
        for (ServerStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
