package io.qomo.serve.session.api;

import java.util.List;

/// A statement prepared in one session.
public interface PreparedStatement extends AutoCloseable {
    /// Names and types of the `?` markers; types are a guess and may be NULL's.
    List<ResultColumn> parameters();

    /// The columns of its result set, empty for statements without one.
    List<ResultColumn> columns();

    /// Forgets the statement. Idempotent.
    @Override
    void close();
}
