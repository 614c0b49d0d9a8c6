package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.exec.context.WarningSink;
import java.util.ArrayList;
import java.util.List;

/// The conditions of the last statement: what SHOW WARNINGS shows. Owned by the session's thread.
final class Diagnostics implements WarningSink {
    private final List<Condition> conditions = new ArrayList<>();
    private int limit = 1024;
    private boolean keepsNotes = true;
    private int total;
    private int errors;
    private int previousTotal;
    private int previousErrors;
    private boolean areOld;

    /// One condition.
    record Condition(Level level, int errno, String sqlState, String message) {
        /// The level as SHOW WARNINGS words it.
        String levelWord() {
            return switch (level) {
                case NOTE -> "Note";
                case WARNING -> "Warning";
                case ERROR -> "Error";
            };
        }
    }

    @Override
    public void add(Level level, ErrorCode code, String message) {
        add(level, code.errno(), code.sqlState(), message);
    }

    /// A new statement begins: forgets the conditions.
    void clear(int maxErrorCount, boolean sqlNotes) {
        conditions.clear();
        previousTotal = total;
        previousErrors = errors;
        total = 0;
        errors = 0;
        areOld = false;
        limit = maxErrorCount;
        keepsNotes = sqlNotes;
    }

    /// A statement begins that asks for the conditions of the one before.
    void keep() {
        areOld = true;
    }

    /// How many conditions the client is told its statement met.
    int reported() {
        return areOld ? 0 : total;
    }

    /// Records a condition; beyond max_error_count it is only counted.
    void add(Level level, int errno, String sqlState, String message) {
        if (level == Level.NOTE && !keepsNotes) {
            return;
        }
        total++;
        errors += level == Level.ERROR ? 1 : 0;
        if (conditions.size() < limit) {
            conditions.add(new Condition(level, errno, sqlState, message));
        }
    }

    /// Records a note.
    void note(ErrorCode code, Object... arguments) {
        add(Level.NOTE, code, code.format(arguments));
    }

    /// Records a warning.
    void warn(ErrorCode code, Object... arguments) {
        add(Level.WARNING, code, code.format(arguments));
    }

    /// Records the error that ended the statement.
    void error(SqlException error) {
        add(Level.ERROR, error.errno(), error.sqlState(), error.text());
    }

    /// The conditions kept.
    List<Condition> conditions() {
        return List.copyOf(conditions);
    }

    @Override
    public Mark mark() {
        return new Mark(conditions.size(), total, errors);
    }

    @Override
    public void backTo(Mark mark) {
        conditions.subList(mark.kept(), conditions.size()).clear();
        total = mark.total();
        errors = mark.errors();
    }

    @Override
    public int count() {
        return total;
    }

    /// As [#count], of the statement before: what `@@warning_count` asks for.
    int previousCount() {
        return previousTotal;
    }

    /// As [#errorCount], of the statement before.
    int previousErrorCount() {
        return previousErrors;
    }

    /// The errors among them.
    int errorCount() {
        return errors;
    }
}
