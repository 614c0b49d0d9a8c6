package io.qomo.serve.systemtable;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.account.Privilege;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// The tables of the mysql database: grants as they can be read (they change through GRANT and its kin), zones, logs.
final class MysqlTables {
    private static final List<Privilege> USER_COLUMNS = List.of(
            Privilege.SELECT,
            Privilege.INSERT,
            Privilege.UPDATE,
            Privilege.DELETE,
            Privilege.CREATE,
            Privilege.DROP,
            Privilege.RELOAD,
            Privilege.SHUTDOWN,
            Privilege.PROCESS,
            Privilege.FILE,
            Privilege.GRANT_OPTION,
            Privilege.REFERENCES,
            Privilege.INDEX,
            Privilege.ALTER,
            Privilege.SHOW_DATABASES,
            Privilege.SUPER,
            Privilege.CREATE_TEMPORARY_TABLES,
            Privilege.LOCK_TABLES,
            Privilege.EXECUTE,
            Privilege.REPLICATION_SLAVE,
            Privilege.REPLICATION_CLIENT,
            Privilege.CREATE_VIEW,
            Privilege.SHOW_VIEW,
            Privilege.CREATE_ROUTINE,
            Privilege.ALTER_ROUTINE,
            Privilege.CREATE_USER,
            Privilege.EVENT,
            Privilege.TRIGGER,
            Privilege.CREATE_TABLESPACE);

    private final AccountStore accounts;

    MysqlTables(AccountStore accounts) {
        this.accounts = accounts;
    }

    List<SystemTableSpec> specs() {
        return List.of(
                user(),
                db(),
                tablesPriv(),
                columnsPriv(),
                roleEdges(),
                defaultRoles(),
                globalGrants(),
                zoneNames(),
                generalLog(),
                slowLog());
    }

    /// Empty, as logs are written elsewhere; dump tools ask for it by name.
    private static SystemTableSpec generalLog() {
        return SystemTableSpec.of("mysql", "general_log")
                .columns(SqlType.temporal(TypeKind.TIMESTAMP, 6), false, "event_time")
                .columns(SqlType.string(TypeKind.MEDIUMTEXT, -1, Collation.UTF8MB3_GENERAL_CI), false, "user_host")
                .columns(SqlType.BIGINT_UNSIGNED, false, "thread_id")
                .columns(SqlType.integer(TypeKind.INT, true), false, "server_id")
                .text(64, "command_type")
                .columns(SqlType.string(TypeKind.MEDIUMBLOB, -1, Collation.BINARY), false, "argument");
    }

    /// As [#generalLog].
    private static SystemTableSpec slowLog() {
        return SystemTableSpec.of("mysql", "slow_log")
                .columns(SqlType.temporal(TypeKind.TIMESTAMP, 6), false, "start_time")
                .columns(SqlType.string(TypeKind.MEDIUMTEXT, -1, Collation.UTF8MB3_GENERAL_CI), false, "user_host")
                .columns(SqlType.temporal(TypeKind.TIME, 6), false, "query_time", "lock_time")
                .columns(SqlType.INT, false, "rows_sent", "rows_examined")
                .text(512, "db")
                .columns(SqlType.INT, false, "last_insert_id", "insert_id")
                .columns(SqlType.integer(TypeKind.INT, true), false, "server_id")
                .columns(SqlType.string(TypeKind.MEDIUMBLOB, -1, Collation.BINARY), false, "sql_text")
                .columns(SqlType.BIGINT_UNSIGNED, false, "thread_id");
    }

    private static String columnName(Privilege privilege) {
        return switch (privilege) {
            case GRANT_OPTION -> "Grant_priv";
            case SHOW_DATABASES -> "Show_db_priv";
            case CREATE_TEMPORARY_TABLES -> "Create_tmp_table_priv";
            case REPLICATION_SLAVE -> "Repl_slave_priv";
            case REPLICATION_CLIENT -> "Repl_client_priv";
            default -> {
                String name = privilege.name().toLowerCase(Locale.ROOT);
                yield Character.toUpperCase(name.charAt(0)) + name.substring(1) + "_priv";
            }
        };
    }

    private SystemTableSpec user() {
        SystemTableSpec spec =
                SystemTableSpec.of("mysql", "user").text(255, "Host").text(32, "User");
        for (Privilege privilege : USER_COLUMNS) {
            spec.text(1, columnName(privilege));
        }
        return spec.text(9, "ssl_type")
                .columns(SqlType.string(TypeKind.BLOB, -1, Collation.BINARY), false, "ssl_cipher")
                .columns(SqlType.string(TypeKind.BLOB, -1, Collation.BINARY), false, "x509_issuer")
                .columns(SqlType.string(TypeKind.BLOB, -1, Collation.BINARY), false, "x509_subject")
                .integer("max_questions", "max_updates", "max_connections", "max_user_connections")
                .text(64, "plugin")
                .longText("authentication_string")
                .text(1, "password_expired")
                .datetime("password_last_changed")
                .integer("password_lifetime")
                .text(1, "account_locked", "Create_role_priv", "Drop_role_priv")
                .integer("Password_reuse_history", "Password_reuse_time")
                .optionalText(1, "Password_require_current")
                .columns(SqlType.JSON, true, "User_attributes")
                .rows((_, _, out) -> accounts.all().forEach(account -> addUser(account, out)));
    }

    private static String flag(long mask, Privilege privilege) {
        return (mask & privilege.bit()) != 0 ? "Y" : "N";
    }

    private static void addUser(AccountRecord account, RowSink out) {
        long mask = account.grants().global();
        out.text(account.id().host()).text(account.id().user());
        for (Privilege privilege : USER_COLUMNS) {
            out.text(flag(mask, privilege));
        }
        out.text(account.tls().equals("NONE") ? "" : "ANY").text("").text("").text("");
        for (String name : List.of(
                "MAX_QUERIES_PER_HOUR", "MAX_UPDATES_PER_HOUR", "MAX_CONNECTIONS_PER_HOUR", "MAX_USER_CONNECTIONS")) {
            out.number(account.resources().getOrDefault(name, 0L));
        }
        out.text(account.plugin()).text(new String(account.verifier(), StandardCharsets.UTF_8));
        out.text(account.expired() ? "Y" : "N").datetime(account.passwordChangedMicros());
        out.notNegative(account.lifetimeDays()).text(account.locked() ? "Y" : "N");
        out.text(flag(mask, Privilege.CREATE_ROLE)).text(flag(mask, Privilege.DROP_ROLE));
        out.nothing().nothing().nothing().nothing().end();
    }

    private SystemTableSpec db() {
        SystemTableSpec spec = SystemTableSpec.of("mysql", "db")
                .text(255, "Host")
                .text(64, "Db")
                .text(32, "User");
        List<Privilege> columns = USER_COLUMNS.stream()
                .filter(p -> p.isAt(Privilege.Level.DATABASE))
                .toList();
        for (Privilege privilege : columns) {
            spec.text(1, columnName(privilege));
        }
        return spec.rows((_, _, out) -> {
            for (AccountRecord account : accounts.all()) {
                account.grants().databases().forEach((database, mask) -> {
                    out.text(account.id().host())
                            .text(database)
                            .text(account.id().user());
                    for (Privilege privilege : columns) {
                        out.text(flag(mask, privilege));
                    }
                    out.end();
                });
            }
        });
    }

    private static String names(long mask) {
        List<String> names = new ArrayList<>();
        for (Privilege privilege : Privilege.values()) {
            if ((mask & privilege.bit()) != 0) {
                String[] words = privilege == Privilege.GRANT_OPTION
                        ? new String[] {"Grant"}
                        : privilege.sqlName().toLowerCase(Locale.ROOT).split(" ");
                words[0] = Character.toUpperCase(words[0].charAt(0)) + words[0].substring(1);
                names.add(String.join(" ", words));
            }
        }
        return String.join(",", names);
    }

    private SystemTableSpec tablesPriv() {
        return SystemTableSpec.of("mysql", "tables_priv")
                .text(255, "Host")
                .text(64, "Db")
                .text(32, "User")
                .text(64, "Table_name")
                .text(288, "Grantor", "Table_priv", "Column_priv")
                .rows((_, _, out) -> {
                    for (AccountRecord account : accounts.all()) {
                        account.grants().tables().forEach((key, grant) -> {
                            long columns = grant.columns().values().stream().reduce(0L, (a, b) -> a | b);
                            out.text(account.id().host()).text(key.database());
                            out.text(account.id().user()).text(key.table()).text("");
                            out.text(names(grant.mask())).text(names(columns)).end();
                        });
                    }
                });
    }

    private SystemTableSpec columnsPriv() {
        return SystemTableSpec.of("mysql", "columns_priv")
                .text(255, "Host")
                .text(64, "Db")
                .text(32, "User")
                .text(64, "Table_name", "Column_name")
                .text(64, "Column_priv")
                .rows((_, _, out) -> {
                    for (AccountRecord account : accounts.all()) {
                        account.grants()
                                .tables()
                                .forEach((key, grant) -> grant.columns().forEach((column, mask) -> {
                                    out.text(account.id().host()).text(key.database());
                                    out.text(account.id().user()).text(key.table());
                                    out.text(column).text(names(mask)).end();
                                }));
                    }
                });
    }

    private SystemTableSpec roleEdges() {
        return SystemTableSpec.of("mysql", "role_edges")
                .text(255, "FROM_HOST")
                .text(32, "FROM_USER")
                .text(255, "TO_HOST")
                .text(32, "TO_USER")
                .text(1, "WITH_ADMIN_OPTION")
                .rows((_, _, out) -> {
                    for (AccountRecord account : accounts.all()) {
                        account.grants().roles().forEach((role, admin) -> {
                            out.text(role.host()).text(role.user());
                            out.text(account.id().host()).text(account.id().user());
                            out.text(admin ? "Y" : "N").end();
                        });
                    }
                });
    }

    private SystemTableSpec defaultRoles() {
        return SystemTableSpec.of("mysql", "default_roles")
                .text(255, "HOST")
                .text(32, "USER")
                .text(255, "DEFAULT_ROLE_HOST")
                .text(32, "DEFAULT_ROLE_USER")
                .rows((_, _, out) -> {
                    for (AccountRecord account : accounts.all()) {
                        for (AccountId role : account.defaultRoles()) {
                            out.text(account.id().host()).text(account.id().user());
                            out.text(role.host()).text(role.user()).end();
                        }
                    }
                });
    }

    private SystemTableSpec globalGrants() {
        return SystemTableSpec.of("mysql", "global_grants")
                .text(32, "USER")
                .text(255, "HOST")
                .text(32, "PRIV")
                .text(1, "WITH_GRANT_OPTION")
                .rows((_, _, out) -> {
                    for (AccountRecord account : accounts.all()) {
                        account.grants().dynamic().forEach((name, grantable) -> {
                            out.text(account.id().user()).text(account.id().host());
                            out.text(name).text(grantable ? "Y" : "N").end();
                        });
                    }
                });
    }

    private static SystemTableSpec zoneNames() {
        return SystemTableSpec.of("mysql", "time_zone_name")
                .text(64, "Name")
                .integer("Time_zone_id")
                .rows((_, _, out) -> {
                    int id = 0;
                    for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
                        id++;
                        out.text(name).number(id).end();
                    }
                });
    }
}
