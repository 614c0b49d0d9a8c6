package io.qomo.serve.systemtable;

import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.account.Grants;
import io.qomo.serve.account.Privilege;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// ROLE_TABLE_GRANTS, ROLE_COLUMN_GRANTS and ROLE_ROUTINE_GRANTS of information_schema: what the session's active roles
/// may do. Who granted it is not kept.
final class RoleTables {
    private final AccountStore accounts;

    RoleTables(AccountStore accounts) {
        this.accounts = accounts;
    }

    List<SystemTableSpec> specs() {
        return List.of(tables(), columns(), routines());
    }

    private interface Adder {
        void add(AccountId role, Grants.TableKey table, Grants.TableGrant grant, RowSink out);
    }

    private SystemTableSpec.Rows rows(Adder adder) {
        return (session, _, out) -> {
            for (AccountId role : session.activeRoles()) {
                accounts.find(role)
                        .ifPresent(account -> account.grants()
                                .tables()
                                .forEach((table, grant) -> adder.add(role, table, grant, out)));
            }
        };
    }

    private static SystemTableSpec grants(String name) {
        return SystemTableSpec.schema(name)
                .optionalText(97, "GRANTOR")
                .optionalText(256, "GRANTOR_HOST")
                .text(32, "GRANTEE")
                .text(255, "GRANTEE_HOST");
    }

    private SystemTableSpec tables() {
        return grants("ROLE_TABLE_GRANTS")
                .text(3, "TABLE_CATALOG")
                .text(64, "TABLE_SCHEMA", "TABLE_NAME")
                .text(98, "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE")
                .rows(rows((role, table, grant, out) -> {
                    String privileges = names(grant.mask());
                    if (!privileges.isEmpty()) {
                        start(role, table, out).text(privileges);
                        out.yesNo((grant.mask() & Privilege.GRANT_OPTION.bit()) != 0)
                                .end();
                    }
                }));
    }

    private SystemTableSpec columns() {
        return grants("ROLE_COLUMN_GRANTS")
                .text(3, "TABLE_CATALOG")
                .text(64, "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME")
                .text(31, "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE")
                .rows(rows((role, table, grant, out) -> grant.columns().forEach((column, mask) -> {
                    start(role, table, out).text(column).text(names(mask));
                    out.yesNo((grant.mask() & Privilege.GRANT_OPTION.bit()) != 0)
                            .end();
                })));
    }

    private static SystemTableSpec routines() {
        return grants("ROLE_ROUTINE_GRANTS")
                .text(3, "SPECIFIC_CATALOG")
                .text(64, "SPECIFIC_SCHEMA", "SPECIFIC_NAME")
                .text(3, "ROUTINE_CATALOG")
                .text(64, "ROUTINE_SCHEMA", "ROUTINE_NAME")
                .text(27, "PRIVILEGE_TYPE")
                .text(3, "IS_GRANTABLE");
    }

    private static RowSink start(AccountId role, Grants.TableKey table, RowSink out) {
        out.nothing().nothing().text(role.user()).text(role.host());
        return out.text("def").text(table.database()).text(table.table());
    }

    /// The privileges as a SET prints them: `Select,Insert`.
    private static String names(long mask) {
        return Stream.of(Privilege.values())
                .filter(p -> p != Privilege.GRANT_OPTION && (mask & p.bit()) != 0)
                .map(p -> p.sqlName().charAt(0) + p.sqlName().substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }
}
