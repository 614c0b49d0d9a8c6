package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole query: `[WITH ...] body [ORDER BY ...] [LIMIT ...] [INTO ...] [FOR UPDATE ...]`.
///
/// `(SELECT ... LIMIT 1)` that needs its own clauses is a [QueryBody.ParenthesizedQuery]; plain parentheses
/// are
/// dropped.
///
/// @param into only at the outermost level; a SELECT's INTO in front of FROM ends up here too
public record QueryExpression(
        Span span,
        @Nullable WithClause with,
        QueryBody body,
        List<Expression.OrderItem> orderBy,
        @Nullable Limit limit,
        List<LockingClause> locking,
        @Nullable IntoClause into) {
    /// Copies the lists.
    public QueryExpression {
        orderBy = List.copyOf(orderBy);
        locking = List.copyOf(locking);
    }

    /// True when nothing but the body is there.
    public boolean isBare() {
        return with == null && orderBy.isEmpty() && limit == null && locking.isEmpty() && into == null;
    }

    /// `WITH [RECURSIVE] ...`.
    public record WithClause(boolean recursive, List<CommonTableExpression> elements) {
        /// Copies the list.
        public WithClause {
            elements = List.copyOf(elements);
        }
    }

    /// `name [(columns)] AS (query)`; no columns: an empty list.
    public record CommonTableExpression(Span span, String name, List<String> columns, QueryExpression query) {
        /// Copies the list.
        public CommonTableExpression {
            columns = List.copyOf(columns);
        }
    }

    /// `LIMIT [offset,] count`: literals, parameter markers or local variables.
    public record Limit(@Nullable Expression offset, Expression count) {}

    /// `FOR UPDATE | FOR SHARE [OF tables] [NOWAIT | SKIP LOCKED]`.
    ///
    /// @param tables empty means all
    /// @param legacy written as LOCK IN SHARE MODE
    public record LockingClause(Span span, boolean exclusive, List<TableName> tables, Wait waiting, boolean legacy) {
        /// Copies the list.
        public LockingClause {
            tables = List.copyOf(tables);
        }

        /// What to do about a lock someone else holds.
        public enum Wait {
            WAIT,
            NOWAIT,
            SKIP_LOCKED
        }
    }

    /// Where the rows go instead of to the client.
    public sealed interface IntoClause {
        /// `INTO @a, b`: user variables ([Expression.UserVariable]) or local ones
        /// ([Expression.ColumnReference]).
        record IntoVariables(List<Expression> targets) implements IntoClause {
            /// Copies the list.
            public IntoVariables {
                targets = List.copyOf(targets);
            }
        }

        /// `INTO OUTFILE 'path' ...`.
        record IntoOutfile(String path, @Nullable String charset, FileFormat format) implements IntoClause {}

        /// `INTO DUMPFILE 'path'`.
        record IntoDumpfile(String path) implements IntoClause {}
    }

    /// FIELDS and LINES of LOAD DATA and INTO OUTFILE; null means MySQL's default.
    public record FileFormat(
            @Nullable String fieldsTerminatedBy,
            @Nullable String enclosedBy,
            boolean optionallyEnclosed,
            @Nullable String escapedBy,
            @Nullable String linesStartingBy,
            @Nullable String linesTerminatedBy) {
        /// Nothing given.
        public static final FileFormat DEFAULT = new FileFormat(null, null, false, null, null, null);
    }
}
