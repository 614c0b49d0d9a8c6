package io.qomo.query.exec.context;

import io.qomo.base.error.ErrorCode;

/// Where a statement's warnings go.
public interface WarningSink {
    /// How grave a condition is.
    enum Level {
        NOTE,
        WARNING,
        ERROR
    }

    /// Records a condition; beyond max_error_count it is only counted.
    void add(Level level, ErrorCode code, String message);

    /// What is recorded so far.
    Mark mark();

    /// Forgets what was recorded after a mark.
    void backTo(Mark mark);

    /// A place among the conditions of a statement.
    ///
    /// @param kept conditions that are kept
    /// @param total conditions that were counted
    /// @param errors the errors among them
    record Mark(int kept, int total, int errors) {}

    /// Conditions recorded for this statement so far, those only counted included.
    int count();
}
