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

    /// Conditions recorded for this statement so far, those only counted included.
    int count();
}
