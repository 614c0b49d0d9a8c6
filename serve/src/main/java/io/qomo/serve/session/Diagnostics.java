package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.ArrayList;
import java.util.List;

/// The conditions of the last statement: what SHOW WARNINGS shows. Owned by the session's thread.
final class Diagnostics {
    private final List<Condition> conditions = new ArrayList<>();
    private int limit = 1024;
    private boolean keepsNotes = true;
    private int total;
    private int errors;

    /// How grave a condition is.
    enum Level {
        NOTE("Note"),
        WARNING("Warning"),
        ERROR("Error");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /// As SHOW WARNINGS words it.
        String word() {
            return word;
        }
    }

    /// One condition.
    record Condition(Level level, int errno, String message) {}

    /// A new statement begins: forgets the conditions.
    void clear(int maxErrorCount, boolean sqlNotes) {
        conditions.clear();
        total = 0;
        errors = 0;
        limit = maxErrorCount;
        keepsNotes = sqlNotes;
    }

    /// Records a condition; beyond max_error_count it is only counted.
    void add(Level level, int errno, String message) {
        if (level == Level.NOTE && !keepsNotes) {
            return;
        }
        total++;
        errors += level == Level.ERROR ? 1 : 0;
        if (conditions.size() < limit) {
            conditions.add(new Condition(level, errno, message));
        }
    }

    /// Records a note.
    void note(ErrorCode code, Object... arguments) {
        add(Level.NOTE, code.errno(), code.format(arguments));
    }

    /// Records a warning.
    void warn(ErrorCode code, Object... arguments) {
        add(Level.WARNING, code.errno(), code.format(arguments));
    }

    /// Records the error that ended the statement.
    void error(SqlException error) {
        add(Level.ERROR, error.errno(), error.text());
    }

    /// The conditions kept.
    List<Condition> conditions() {
        return List.copyOf(conditions);
    }

    /// All conditions, those only counted included.
    int count() {
        return total;
    }

    /// The errors among them.
    int errorCount() {
        return errors;
    }
}
