package io.qomo.serve.mysql;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.serve.mysql.result.ColumnDefinitions;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.result.RowEncoder;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.PacketWriter;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the results of one statement to the client as the session produces them.
///
/// ```
/// EXPECTED --ok--> EXPECTED or DONE           (DONE unless more results follow)
/// EXPECTED --columns--> ROWS --endOfRows--> EXPECTED or DONE
/// ```
final class ResultWriter implements ResultSink {
    private enum State {
        EXPECTED,
        ROWS,
        DONE
    }

    private static final int LOCAL_INFILE = 0xFB;

    private final Channel channel;
    private final PacketWriter writer;
    private final Session session;
    private final ColumnDefinitionSource definitions;
    private final boolean binary;
    private State state = State.EXPECTED;
    private @Nullable RowEncoder encoder;
    private @Nullable LocalFileStream localFile;

    ResultWriter(Channel channel, Session session, ColumnDefinitionSource definitions, boolean binary) {
        this.channel = channel;
        this.writer = channel.writer();
        this.session = session;
        this.definitions = definitions;
        this.binary = binary;
    }

    /// True when the statement has been answered.
    boolean isDone() {
        return state == State.DONE;
    }

    /// Reads the rest of a local file that the session did not want, so that an error can be sent.
    void abandon() throws IOException {
        if (localFile != null) {
            localFile.close();
        }
    }

    @Override
    public void ok(StatementStatus status) {
        Check.that(state == State.EXPECTED, "a result begins after the last one ended");
        drainLocalFile();
        channel.ok(status);
        finish(status);
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        Check.that(state == State.EXPECTED, "a result begins after the last one ended");
        state = State.ROWS;
        encoder = RowEncoder.of(binary, columns, session.resultCharset(), session.timeZone());
        writeColumns(channel, session, definitions.of(session), columns);
        if (!channel.has(Capability.DEPRECATE_EOF)) {
            channel.eof(0, session.serverStatus());
        }
    }

    /// The head of a result set: the number of columns and their definitions, unless the client does without.
    static void writeColumns(
            Channel channel, Session session, ColumnDefinitions definitions, List<ResultColumn> columns) {
        PacketWriter writer = channel.writer();
        boolean isOptional = channel.has(Capability.OPTIONAL_RESULTSET_METADATA);
        boolean isSent = !isOptional || session.sendsResultMetadata();
        WireBuffer out = writer.begin();
        if (isOptional) {
            out.putByte(isSent ? 1 : 0);
        }
        out.putLenenc(columns.size());
        writer.end();
        if (isSent) {
            for (ResultColumn column : columns) {
                definitions.write(column, false, writer.begin());
                writer.end();
            }
        }
    }

    /// The head of a result set whose rows will be fetched by a cursor.
    void announceCursor(List<ResultColumn> columns, StatementStatus status) {
        writeColumns(channel, session, definitions.of(session), columns);
        channel.endOfRows(new StatementStatus(
                status.affectedRows(),
                status.lastInsertId(),
                status.warnings(),
                status.serverStatus() | ServerStatus.CURSOR_EXISTS,
                false,
                status.info(),
                status.stateChanges()));
        state = State.DONE;
    }

    @Override
    public void rows(Batch batch) {
        RowEncoder rows = encoder;
        if (rows == null || state != State.ROWS) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, "rows before columns");
        }
        try {
            for (int row = 0; row < batch.rows(); row++) {
                rows.encode(batch, row, writer.begin());
                writer.end();
                writer.flushIfLarge();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void endOfRows(StatementStatus status) {
        Check.that(state == State.ROWS, "rows end after they began");
        channel.endOfRows(status);
        finish(status);
    }

    private void finish(StatementStatus status) {
        state = status.moreResults() ? State.EXPECTED : State.DONE;
        encoder = null;
    }

    @Override
    public InputStream localFile(String name) {
        if (!channel.has(Capability.LOCAL_FILES)) {
            throw new SqlException(ErrorCode.LOCAL_INFILE_DISABLED);
        }
        Check.that(state == State.EXPECTED, "a file is asked for before a result begins");
        drainLocalFile();
        try {
            WireBuffer out = writer.begin();
            out.putByte(LOCAL_INFILE);
            out.putBytes(ResultCharset.convert(name, session.clientCharset()));
            writer.end();
            writer.flush();
            channel.reader().detach();
            localFile = new LocalFileStream(channel.reader());
            return localFile;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drainLocalFile() {
        try {
            abandon();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
