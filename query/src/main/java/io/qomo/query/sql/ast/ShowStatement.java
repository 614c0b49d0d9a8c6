package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.Statement.AccountName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SHOW and DESCRIBE.
public sealed interface ShowStatement extends Statement {
    /// Everything of the shape `SHOW [EXTENDED] [FULL] thing [object] [FROM schema] [LIKE ... | WHERE
    /// ...]`.
    ///
    /// @param scope of VARIABLES and STATUS: GLOBAL or SESSION (DEFAULT when not written)
    /// @param object the table, view, routine, trigger or event shown, null where the kind has none
    /// @param name a schema (FROM), database, engine or file name, null when absent
    /// @param like the pattern of LIKE, null without
    /// @param where the condition of WHERE, null without
    /// @param limit of WARNINGS, ERRORS
    record Show(
            Kind kind,
            boolean extended,
            boolean full,
            Expression.VariableScope scope,
            @Nullable TableName object,
            @Nullable String name,
            @Nullable String like,
            @Nullable Expression where,
            QueryExpression.@Nullable Limit limit)
            implements ShowStatement {}

    /// What [Show] shows.
    enum Kind {
        BINARY_LOGS,
        BINARY_LOG_STATUS,
        CHARACTER_SETS,
        COLLATIONS,
        /// DESCRIBE t arrives as COLUMNS; its column or pattern in `like`.
        COLUMNS,
        COUNT_ERRORS,
        COUNT_WARNINGS,
        /// SHOW CREATE DATABASE IF NOT EXISTS has `full` set.
        CREATE_DATABASE,
        CREATE_EVENT,
        CREATE_FUNCTION,
        CREATE_PROCEDURE,
        CREATE_TABLE,
        CREATE_TRIGGER,
        CREATE_VIEW,
        DATABASES,
        ENGINES,
        ERRORS,
        EVENTS,
        FUNCTION_CODE,
        FUNCTION_STATUS,
        INDEXES,
        OPEN_TABLES,
        PLUGINS,
        PRIVILEGES,
        PROCEDURE_CODE,
        PROCEDURE_STATUS,
        PROCESSLIST,
        PROFILES,
        REPLICAS,
        STATUS,
        TABLES,
        TABLE_STATUS,
        TRIGGERS,
        VARIABLES,
        WARNINGS
    }

    /// `SHOW CREATE USER account`.
    record ShowCreateUser(AccountName account) implements ShowStatement {}

    /// `SHOW GRANTS [FOR account [USING roles]]`; no account means the current user.
    record ShowGrants(@Nullable AccountName account, List<AccountName> roles) implements ShowStatement {
        /// Copies the list.
        public ShowGrants {
            roles = List.copyOf(roles);
        }
    }

    /// `SHOW ENGINE name STATUS|MUTEX|LOGS`.
    ///
    /// @param engine "ALL" for all
    record ShowEngine(String engine, String what) implements ShowStatement {}

    /// `SHOW PROFILE [types] [FOR QUERY n] [LIMIT ...]`.
    record ShowProfile(List<String> types, long query, QueryExpression.@Nullable Limit limit) implements ShowStatement {
        /// Copies the list.
        public ShowProfile {
            types = List.copyOf(types);
        }
    }

    /// `SHOW BINLOG EVENTS`, `SHOW RELAYLOG EVENTS`.
    record ShowLogEvents(
            boolean relay,
            @Nullable String log,
            long position,
            QueryExpression.@Nullable Limit limit,
            @Nullable String channel)
            implements ShowStatement {}

    /// `SHOW REPLICA STATUS [FOR CHANNEL name]`.
    record ShowReplicaStatus(@Nullable String channel) implements ShowStatement {}
}
