package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.serve.mysql.result.RowEncoder;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the rows of a statement for COM_STMT_FETCH. Nothing is sent before the statement has succeeded;
/// one without rows is answered as usual.
final class CursorWriter implements ResultSink {
    private final ResultWriter direct;
    private final Session session;
    private final Path spillDirectory;
    private @Nullable RowSpool rows;
    private @Nullable RowEncoder encoder;
    private List<ResultColumn> columns = List.of();
    private @Nullable StatementStatus status;

    CursorWriter(ResultWriter direct, Session session, Path spillDirectory) {
        this.direct = direct;
        this.session = session;
        this.spillDirectory = spillDirectory;
    }

    /// The rows, or null if the statement gave none and has been answered.
    @Nullable RowSpool takeRows() {
        RowSpool taken = rows;
        rows = null;
        return taken;
    }

    /// Gives up what was kept.
    void discard() {
        if (rows != null) {
            rows.close();
        }
    }

    List<ResultColumn> columns() {
        return columns;
    }

    @Nullable StatementStatus status() {
        return status;
    }

    @Override
    public void ok(StatementStatus done) {
        direct.ok(done);
    }

    @Override
    public void columns(List<ResultColumn> resultColumns) {
        columns = List.copyOf(resultColumns);
        encoder = RowEncoder.of(true, columns, session.resultCharset(), session.timeZone());
        rows = new RowSpool(spillDirectory);
    }

    @Override
    public void rows(Batch batch) {
        RowSpool spool = rows;
        RowEncoder encode = encoder;
        if (spool == null || encode == null) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, "rows before columns");
        }
        for (int row = 0; row < batch.rows(); row++) {
            encode.encode(batch, row, spool.beginRow());
            spool.endRow();
        }
    }

    @Override
    public void endOfRows(StatementStatus done) {
        status = done;
    }

    @Override
    public InputStream localFile(String name) {
        return direct.localFile(name);
    }
}
