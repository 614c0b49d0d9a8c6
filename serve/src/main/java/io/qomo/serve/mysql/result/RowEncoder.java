package io.qomo.serve.mysql.result;

import io.qomo.base.type.Charset;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one result set. Owned by one thread.
public sealed interface RowEncoder permits TextRows, BinaryRows {
    /// Writes one row as a packet's payload.
    void encode(Batch batch, int row, WireBuffer out);

    /// The encoder of the text or the binary protocol.
    ///
    /// @param charset character_set_results, null for no conversion
    /// @param zone in which TIMESTAMP values are shown
    static RowEncoder of(boolean binary, List<ResultColumn> columns, @Nullable Charset charset, TimeZoneRule zone) {
        ColumnFormat[] formats = new ColumnFormat[columns.size()];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = new ColumnFormat(columns.get(i).type(), charset);
        }
        return binary ? new BinaryRows(formats, zone) : new TextRows(formats, zone);
    }
}
