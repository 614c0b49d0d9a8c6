package io.qomo.serve.systemtable;

import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.account.Privilege;
import java.util.List;
import java.util.Map;

/// USER_PRIVILEGES, SCHEMA_PRIVILEGES, TABLE_PRIVILEGES, COLUMN_PRIVILEGES and the roles of information_schema.
final class PrivilegeTables {
    private final AccountStore accounts;

    PrivilegeTables(AccountStore accounts) {
        this.accounts = accounts;
    }

    List<SystemTableSpec> specs() {
        return List.of(
                user(), schema(), table(), column(), applicableRoles(), enabledRoles(), administrable(), attributes());
    }

    private interface Adder {
        void add(AccountRecord account, RowSink out);
    }

    /// Rows of all accounts for who may read mysql.user, else of one's own.
    private SystemTableSpec.Rows rows(Adder adder) {
        return (session, _, out) -> {
            boolean all = (session.access().table("mysql", "user") & Privilege.SELECT.bit()) != 0;
            for (AccountRecord account : accounts.all()) {
                if (all || account.id().equals(session.account())) {
                    adder.add(account, out);
                }
            }
        };
    }

    private SystemTableSpec user() {
        return SystemTableSpec.schema("USER_PRIVILEGES")
                .text(292, "GRANTEE")
                .text(512, "TABLE_CATALOG")
                .text(64, "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE")
                .rows(rows((account, out) -> {
                    String grantee = account.id().inMessage();
                    long mask = account.grants().global();
                    boolean grantable = (mask & Privilege.GRANT_OPTION.bit()) != 0;
                    if ((mask & Privilege.ALL_GLOBAL) == 0) {
                        out.text(grantee)
                                .text("def")
                                .text("USAGE")
                                .yesNo(grantable)
                                .end();
                    }
                    for (Privilege privilege : held(mask)) {
                        out.text(grantee)
                                .text("def")
                                .text(privilege.sqlName())
                                .yesNo(grantable)
                                .end();
                    }
                    account.grants()
                            .dynamic()
                            .forEach((name, canGrant) -> out.text(grantee)
                                    .text("def")
                                    .text(name)
                                    .yesNo(canGrant)
                                    .end());
                }));
    }

    private static List<Privilege> held(long mask) {
        return List.of(Privilege.values()).stream()
                .filter(p -> p != Privilege.GRANT_OPTION && (mask & p.bit()) != 0)
                .toList();
    }

    private static boolean grantable(long mask) {
        return (mask & Privilege.GRANT_OPTION.bit()) != 0;
    }

    private SystemTableSpec schema() {
        return SystemTableSpec.schema("SCHEMA_PRIVILEGES")
                .text(292, "GRANTEE")
                .text(512, "TABLE_CATALOG")
                .text(64, "TABLE_SCHEMA", "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE")
                .rows(rows((account, out) -> account.grants().databases().forEach((database, mask) -> {
                    for (Privilege privilege : held(mask)) {
                        out.text(account.id().inMessage()).text("def").text(database);
                        out.text(privilege.sqlName()).yesNo(grantable(mask)).end();
                    }
                })));
    }

    private SystemTableSpec table() {
        return SystemTableSpec.schema("TABLE_PRIVILEGES")
                .text(292, "GRANTEE")
                .text(512, "TABLE_CATALOG")
                .text(64, "TABLE_SCHEMA", "TABLE_NAME", "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE")
                .rows(rows((account, out) -> account.grants().tables().forEach((key, grant) -> {
                    for (Privilege privilege : held(grant.mask())) {
                        out.text(account.id().inMessage()).text("def").text(key.database());
                        out.text(key.table()).text(privilege.sqlName());
                        out.yesNo(grantable(grant.mask())).end();
                    }
                })));
    }

    private SystemTableSpec column() {
        return SystemTableSpec.schema("COLUMN_PRIVILEGES")
                .text(292, "GRANTEE")
                .text(512, "TABLE_CATALOG")
                .text(64, "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME", "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE")
                .rows(rows((account, out) -> account.grants()
                        .tables()
                        .forEach((key, grant) -> grant.columns().forEach((column, mask) -> {
                            for (Privilege privilege : held(mask)) {
                                out.text(account.id().inMessage()).text("def").text(key.database());
                                out.text(key.table()).text(column).text(privilege.sqlName());
                                out.yesNo(grantable(grant.mask())).end();
                            }
                        }))));
    }

    private SystemTableSpec applicableRoles() {
        return SystemTableSpec.schema("APPLICABLE_ROLES")
                .optionalText(97, "USER")
                .optionalText(256, "HOST")
                .optionalText(97, "GRANTEE")
                .optionalText(256, "GRANTEE_HOST")
                .optionalText(255, "ROLE_NAME")
                .optionalText(256, "ROLE_HOST")
                .text(3, "IS_GRANTABLE")
                .optionalText(3, "IS_DEFAULT")
                .text(3, "IS_MANDATORY")
                .rows((session, _, out) -> {
                    AccountId self = session.account();
                    AccountRecord account = accounts.find(self).orElse(null);
                    if (account == null) {
                        return;
                    }
                    for (Map.Entry<AccountId, Boolean> role :
                            account.grants().roles().entrySet()) {
                        out.text(self.user())
                                .text(self.host())
                                .text(self.user())
                                .text(self.host());
                        out.text(role.getKey().user()).text(role.getKey().host());
                        out.yesNo(role.getValue());
                        out.yesNo(account.defaultRoles().contains(role.getKey()))
                                .text("NO")
                                .end();
                    }
                });
    }

    private SystemTableSpec enabledRoles() {
        return SystemTableSpec.schema("ENABLED_ROLES")
                .optionalText(255, "ROLE_NAME", "ROLE_HOST")
                .optionalText(3, "IS_DEFAULT")
                .text(3, "IS_MANDATORY")
                .rows((session, _, out) -> {
                    AccountRecord account = accounts.find(session.account()).orElse(null);
                    for (AccountId role : session.activeRoles()) {
                        out.text(role.user()).text(role.host());
                        out.yesNo(account != null && account.defaultRoles().contains(role));
                        out.text("NO").end();
                    }
                });
    }

    private SystemTableSpec administrable() {
        return SystemTableSpec.schema("ADMINISTRABLE_ROLE_AUTHORIZATIONS")
                .optionalText(97, "USER")
                .optionalText(256, "HOST")
                .optionalText(97, "GRANTEE")
                .optionalText(256, "GRANTEE_HOST")
                .optionalText(255, "ROLE_NAME")
                .optionalText(256, "ROLE_HOST")
                .text(3, "IS_GRANTABLE")
                .optionalText(3, "IS_DEFAULT")
                .text(3, "IS_MANDATORY");
    }

    private SystemTableSpec attributes() {
        return SystemTableSpec.schema("USER_ATTRIBUTES")
                .text(32, "USER")
                .text(255, "HOST")
                .longText("ATTRIBUTE")
                .rows(rows((account, out) -> out.text(account.id().user())
                        .text(account.id().host())
                        .text(account.attributes().isEmpty() ? null : account.attributes())
                        .end()));
    }
}
