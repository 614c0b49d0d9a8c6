package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.PreparedStatement;
import org.jspecify.annotations.Nullable;

/// A prepared statement as the protocol sees it: parameter types bound last, long data on its way, an open
/// cursor.
final class ServerStatement implements AutoCloseable {
    final int id;
    final PreparedStatement prepared;
    final int parameterCount;
    /// Wire types of the last execution, null before the first.
    int @Nullable [] types;
    /// Rows not fetched yet, or null without a cursor.
    @Nullable RowSpool cursor;

    private @Nullable WireBuffer @Nullable [] longData;
    private @Nullable SqlException longDataFailure;

    ServerStatement(int id, PreparedStatement prepared) {
        this.id = id;
        this.prepared = prepared;
        this.parameterCount = prepared.parameters().size();
    }

    /// Adds to a parameter's long data; the client gets no answer, so a failure waits for the execution.
    void appendLongData(int parameter, byte[] bytes, int offset, int length, long limitBytes) {
        if (parameter >= parameterCount) {
            longDataFailure = new SqlException(ErrorCode.WRONG_ARGUMENTS, "mysqld_stmt_send_long_data");
            return;
        }
        @Nullable WireBuffer[] all = longData;
        if (all == null) {
            all = new WireBuffer[parameterCount];
            longData = all;
        }
        WireBuffer buffer = all[parameter];
        if (buffer == null) {
            buffer = new WireBuffer(length);
            all[parameter] = buffer;
        }
        if ((long) buffer.size() + length > limitBytes) {
            longDataFailure = new SqlException(ErrorCode.PACKET_TOO_LARGE);
            all[parameter] = new WireBuffer(0);
            return;
        }
        buffer.putBytes(bytes, offset, length);
    }

    /// A parameter's long data, or null if none was sent.
    @Nullable WireBuffer longData(int parameter) {
        return longData == null ? null : longData[parameter];
    }

    /// Throws what went wrong with the long data.
    void checkLongData() {
        SqlException failure = longDataFailure;
        if (failure != null) {
            throw failure;
        }
    }

    /// Forgets long data, as every execution and COM_STMT_RESET do.
    void clearLongData() {
        longData = null;
        longDataFailure = null;
    }

    void closeCursor() {
        RowSpool open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        closeCursor();
        prepared.close();
    }
}
