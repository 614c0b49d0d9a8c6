package io.qomo.serve.session.api;

import io.qomo.base.vector.Batch;
import java.io.InputStream;
import java.util.List;

/// Where a session sends the results of a statement. Calls: any number of results, each either one [#ok] or
/// [#columns], any number of [#rows] and one [#endOfRows]; a status with `moreResults` announces another. An error is
/// thrown by the session instead; the caller then reports it in place of the rest.
///
/// Every method throws `java.io.UncheckedIOException` when the client is gone. The session lets it pass; the caller
/// then
/// closes the session.
public interface ResultSink {
    /// A statement without a result set has succeeded.
    void ok(StatementStatus status);

    /// A result set begins.
    void columns(List<ResultColumn> columns);

    /// Some of its rows; the batch is reused after the call.
    void rows(Batch batch);

    /// The result set is complete.
    void endOfRows(StatementStatus status);

    /// LOAD DATA LOCAL: asks the client for a file; the stream ends where the client says so and must be drained or
    /// closed before the next call.
    InputStream localFile(String name);
}
