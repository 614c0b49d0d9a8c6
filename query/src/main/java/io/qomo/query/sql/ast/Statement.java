package io.qomo.query.sql.ast;

import org.jspecify.annotations.Nullable;

/// One SQL statement. The topics are interfaces of their own; switch over the topic first.
public sealed interface Statement
        permits AccountStatement,
                AdminStatement,
                DdlStatement,
                DmlStatement,
                RoutineStatement,
                SetStatement,
                ShowStatement,
                TransactionStatement,
                UtilityStatement {
    /// `'user'@'host'`.
    ///
    /// @param user null for CURRENT_USER
    /// @param host null when not written (means `%`)
    record AccountName(@Nullable String user, @Nullable String host) {
        /// `CURRENT_USER[()]`.
        public static final AccountName CURRENT_USER = new AccountName(null, null);

        /// True of CURRENT_USER.
        public boolean isCurrentUser() {
            return user == null;
        }

        /// The host, `%` when not written.
        public String hostOrAny() {
            return host == null ? "%" : host;
        }
    }
}
