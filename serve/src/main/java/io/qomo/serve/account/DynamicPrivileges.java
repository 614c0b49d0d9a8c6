package io.qomo.serve.account;

import java.util.List;

/// The names of the dynamic privileges, in name order.
///
/// Source: MySQL 8.0 manual, "Dynamic Privilege Descriptions".
public final class DynamicPrivileges {
    /// All of them.
    public static final List<String> NAMES = List.of(
            "APPLICATION_PASSWORD_ADMIN",
            "AUDIT_ABORT_EXEMPT",
            "AUDIT_ADMIN",
            "AUTHENTICATION_POLICY_ADMIN",
            "BACKUP_ADMIN",
            "BINLOG_ADMIN",
            "BINLOG_ENCRYPTION_ADMIN",
            "CLONE_ADMIN",
            "CONNECTION_ADMIN",
            "ENCRYPTION_KEY_ADMIN",
            "FIREWALL_EXEMPT",
            "FLUSH_OPTIMIZER_COSTS",
            "FLUSH_STATUS",
            "FLUSH_TABLES",
            "FLUSH_USER_RESOURCES",
            "GROUP_REPLICATION_ADMIN",
            "GROUP_REPLICATION_STREAM",
            "INNODB_REDO_LOG_ARCHIVE",
            "INNODB_REDO_LOG_ENABLE",
            "PASSWORDLESS_USER_ADMIN",
            "PERSIST_RO_VARIABLES_ADMIN",
            "REPLICATION_APPLIER",
            "REPLICATION_SLAVE_ADMIN",
            "RESOURCE_GROUP_ADMIN",
            "RESOURCE_GROUP_USER",
            "ROLE_ADMIN",
            "SENSITIVE_VARIABLES_OBSERVER",
            "SERVICE_CONNECTION_ADMIN",
            "SESSION_VARIABLES_ADMIN",
            "SET_USER_ID",
            "SHOW_ROUTINE",
            "SYSTEM_USER",
            "SYSTEM_VARIABLES_ADMIN",
            "TABLE_ENCRYPTION_ADMIN",
            "TELEMETRY_LOG_ADMIN",
            "XA_RECOVER_ADMIN");

    private DynamicPrivileges() {}
}
