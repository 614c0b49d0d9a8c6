package io.qomo.serve.account;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.AccountStatement;
import io.qomo.query.sql.ast.AccountStatement.PrivilegeLevel;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.serve.account.Grants.TableGrant;
import io.qomo.serve.account.Grants.TableKey;
import io.qomo.serve.account.Privilege.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// GRANT and REVOKE of privileges and roles.
final class GrantStatements {
    private final AccountStore store;
    private final AccountContext context;

    GrantStatements(AccountStore store, AccountContext context) {
        this.store = store;
        this.context = context;
    }

    /// Where something is granted, and what.
    ///
    /// @param database pattern of DATABASE, name of TABLE, else empty
    /// @param table name of TABLE, else empty
    /// @param mask privileges on the whole
    /// @param dynamic names of dynamic privileges
    /// @param columns masks by column
    private record Target(
            Level level, String database, String table, long mask, List<String> dynamic, Map<String, Long> columns) {}

    void grant(AccountStatement.Grant statement) {
        if (statement.asUser() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "GRANT ... AS user");
        }
        Target target = target(statement.privileges(), statement.level(), statement.grantOption(), true);
        checkMayGrant(target);
        store.change(accounts -> {
            for (AccountName name : statement.grantees()) {
                AccountRecord account = accounts.get(id(name));
                if (account == null) {
                    throw new SqlException(ErrorCode.CANT_CREATE_USER_WITH_GRANT);
                }
                accounts.put(account.id(), account.withGrants(add(account.grants(), target, statement.grantOption())));
            }
            return accounts;
        });
    }

    void revoke(AccountStatement.Revoke statement) {
        Target target = target(statement.privileges(), statement.level(), false, false);
        checkMayGrant(target);
        store.change(accounts -> {
            for (AccountName name : statement.grantees()) {
                AccountRecord account = accounts.get(id(name));
                if (account == null) {
                    if (statement.ignoreUnknown()) {
                        context.note(ErrorCode.USER_DOES_NOT_EXIST_NOTE, id(name).inMessage());
                        continue;
                    }
                    throw missing(target, id(name));
                }
                Grants changed = remove(account.grants(), target);
                if (changed == null) {
                    SqlException error = missing(target, account.id());
                    if (!statement.ifExists()) {
                        throw error;
                    }
                    context.note(error.code(), account.id().user(), account.id().host(), target.table());
                    continue;
                }
                accounts.put(account.id(), account.withGrants(changed));
            }
            return accounts;
        });
    }

    private static SqlException missing(Target target, AccountId id) {
        return target.level() == Level.TABLE
                ? new SqlException(ErrorCode.NONEXISTING_TABLE_GRANT, id.user(), id.host(), target.table())
                : new SqlException(ErrorCode.NONEXISTING_GRANT, id.user(), id.host());
    }

    void revokeAll(AccountStatement.RevokeAll statement) {
        context.access().require(Privilege.CREATE_USER);
        store.change(accounts -> {
            for (AccountName name : statement.grantees()) {
                AccountRecord account = accounts.get(id(name));
                if (account != null) {
                    Grants kept = new Grants(
                            0, Map.of(), Map.of(), Map.of(), account.grants().roles());
                    accounts.put(account.id(), account.withGrants(kept));
                } else if (statement.ignoreUnknown()) {
                    context.note(ErrorCode.USER_DOES_NOT_EXIST_NOTE, id(name).inMessage());
                } else {
                    throw new SqlException(ErrorCode.NONEXISTING_GRANT, id(name).user(), id(name).host());
                }
            }
            return accounts;
        });
    }

    void grantRoles(AccountStatement.GrantRoles statement) {
        checkMayGrantRoles(statement.roles());
        store.change(accounts -> {
            for (AccountName granteeName : statement.grantees()) {
                AccountRecord grantee = existing(accounts, granteeName);
                Grants grants = grantee.grants();
                for (AccountName roleName : statement.roles()) {
                    AccountRecord role = existing(accounts, roleName);
                    if (reaches(accounts, role.id(), grantee.id())) {
                        throw new SqlException(
                                ErrorCode.ROLE_GRANTED_TO_ITSELF,
                                role.id().quoted(),
                                grantee.id().quoted());
                    }
                    boolean admin = statement.adminOption() || grants.roles().getOrDefault(role.id(), false);
                    grants = grants.withRole(role.id(), admin);
                }
                accounts.put(grantee.id(), grantee.withGrants(grants));
            }
            return accounts;
        });
    }

    void revokeRoles(AccountStatement.RevokeRoles statement) {
        checkMayGrantRoles(statement.roles());
        store.change(accounts -> {
            for (AccountName granteeName : statement.grantees()) {
                AccountRecord grantee = accounts.get(id(granteeName));
                if (grantee == null && statement.ignoreUnknown()) {
                    context.note(
                            ErrorCode.USER_DOES_NOT_EXIST_NOTE, id(granteeName).inMessage());
                    continue;
                }
                grantee = existing(accounts, granteeName);
                Grants grants = grantee.grants();
                List<AccountId> defaults = new ArrayList<>(grantee.defaultRoles());
                for (AccountName roleName : statement.roles()) {
                    AccountId role = id(roleName);
                    if (!accounts.containsKey(role) && !statement.ifExists()) {
                        throw new SqlException(ErrorCode.UNKNOWN_AUTH_ID, role.quoted());
                    }
                    grants = grants.withRole(role, null);
                    defaults.remove(role);
                }
                accounts.put(grantee.id(), grantee.withGrants(grants).withDefaultRoles(defaults));
            }
            return accounts;
        });
    }

    private void checkMayGrantRoles(List<AccountName> roles) {
        if (context.access().has("ROLE_ADMIN")) {
            return;
        }
        Map<AccountId, Boolean> own =
                store.find(context.account()).map(a -> a.grants().roles()).orElse(Map.of());
        for (AccountName role : roles) {
            if (!own.getOrDefault(id(role), false)) {
                throw new SqlException(ErrorCode.SPECIFIC_ACCESS_DENIED, "WITH ADMIN, ROLE_ADMIN, SUPER");
            }
        }
    }

    private AccountRecord existing(Map<AccountId, AccountRecord> accounts, AccountName name) {
        AccountRecord found = accounts.get(id(name));
        if (found == null) {
            throw new SqlException(ErrorCode.UNKNOWN_AUTH_ID, id(name).quoted());
        }
        return found;
    }

    private static boolean reaches(Map<AccountId, AccountRecord> accounts, AccountId from, AccountId wanted) {
        if (from.equals(wanted)) {
            return true;
        }
        AccountRecord account = accounts.get(from);
        return account != null
                && account.grants().roles().keySet().stream().anyMatch(next -> reaches(accounts, next, wanted));
    }

    private AccountId id(AccountName name) {
        return AccountStatements.id(name, context);
    }

    private Target target(
            List<AccountStatement.Privilege> privileges, PrivilegeLevel level, boolean grantOption, boolean mustExist) {
        if (level.type() != PrivilegeLevel.ObjectType.TABLE) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "privileges on stored routines");
        }
        String schema = level.current() ? currentDatabase() : level.schema();
        String object = level.object();
        Level at = object != null ? Level.TABLE : schema != null ? Level.DATABASE : Level.GLOBAL;
        long mask = grantOption ? Privilege.GRANT_OPTION.bit() : 0;
        List<String> dynamic = new ArrayList<>();
        Map<String, Long> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (AccountStatement.Privilege written : privileges) {
            mask |= privilege(written, at, dynamic, columns);
        }
        String database = schema == null ? "" : schema;
        Target target = new Target(at, database, object == null ? "" : object, mask, dynamic, columns);
        if (at == Level.TABLE && mustExist) {
            checkTable(target);
        }
        return target;
    }

    private String currentDatabase() {
        String current = context.database();
        if (current == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        return current;
    }

    /// The bits of a privilege on the whole; dynamic ones and columns go into the collections.
    private static long privilege(
            AccountStatement.Privilege written, Level level, List<String> dynamic, Map<String, Long> columns) {
        String name = written.name().toUpperCase(Locale.ROOT);
        if (name.equals("ALL") || name.equals("ALL PRIVILEGES")) {
            if (level == Level.GLOBAL) {
                dynamic.addAll(DynamicPrivileges.NAMES);
            }
            return Privilege.all(level);
        }
        if (name.equals("USAGE")) {
            return 0;
        }
        Privilege found = Privilege.named(name).orElse(null);
        if (found == null) {
            if (!DynamicPrivileges.NAMES.contains(name)) {
                throw new SqlException(ErrorCode.UNKNOWN_DYNAMIC_PRIVILEGE, name);
            }
            if (level != Level.GLOBAL) {
                throw new SqlException(ErrorCode.ILLEGAL_PRIVILEGE_LEVEL, name);
            }
            dynamic.add(name);
            return 0;
        }
        if (!written.columns().isEmpty()) {
            if (level != Level.TABLE || !found.isAt(Level.COLUMN)) {
                throw new SqlException(ErrorCode.ILLEGAL_GRANT_FOR_TABLE);
            }
            written.columns().forEach(c -> columns.merge(c, found.bit(), (a, b) -> a | b));
            return 0;
        }
        if (!found.isAt(level)) {
            throw level == Level.DATABASE
                    ? new SqlException(ErrorCode.WRONG_USAGE, "DB GRANT", "GLOBAL PRIVILEGES")
                    : new SqlException(ErrorCode.ILLEGAL_GRANT_FOR_TABLE);
        }
        return found.bit();
    }

    private void checkTable(Target target) {
        TableDef table =
                context.catalog().table(target.database(), target.table()).orElse(null);
        if (table == null) {
            if ((target.mask() & Privilege.CREATE.bit()) == 0) {
                throw new SqlException(ErrorCode.NO_SUCH_TABLE, target.database(), target.table());
            }
            return;
        }
        for (String column : target.columns().keySet()) {
            if (table.ordinalOf(column) < 0) {
                throw new SqlException(ErrorCode.BAD_FIELD, column, target.table());
            }
        }
    }

    /// Who grants must hold what is granted, with the grant option.
    private void checkMayGrant(Target target) {
        Access access = context.access();
        long needed = target.mask() | Privilege.GRANT_OPTION.bit();
        for (long mask : target.columns().values()) {
            needed |= mask;
        }
        long held = switch (target.level()) {
            case GLOBAL -> access.global();
            case DATABASE -> access.database(target.database());
            case TABLE, COLUMN -> access.table(target.database(), target.table());
        };
        boolean needsGrantOption = target.mask() != 0 || !target.columns().isEmpty();
        if (needsGrantOption && (needed & ~held) != 0) {
            throw switch (target.level()) {
                case GLOBAL ->
                    new SqlException(
                            ErrorCode.ACCESS_DENIED,
                            access.account().user(),
                            access.account().host(),
                            "YES");
                case DATABASE -> access.databaseDenied(target.database());
                case TABLE, COLUMN ->
                    new SqlException(
                            ErrorCode.TABLE_ACCESS_DENIED,
                            "GRANT",
                            access.account().user(),
                            access.account().host(),
                            target.table());
            };
        }
        for (String name : target.dynamic()) {
            if (!access.canGrant(name)) {
                throw new SqlException(ErrorCode.SPECIFIC_ACCESS_DENIED, "GRANT OPTION");
            }
        }
    }

    private static Grants add(Grants grants, Target target, boolean grantOption) {
        Grants changed = grants;
        for (String name : target.dynamic()) {
            boolean old = grants.dynamic().getOrDefault(name, false);
            changed = changed.withDynamic(name, old || grantOption);
        }
        return switch (target.level()) {
            case GLOBAL -> changed.withGlobal(changed.global() | target.mask());
            case DATABASE -> {
                long old = changed.databases().getOrDefault(target.database(), 0L);
                yield changed.withDatabase(target.database(), old | target.mask());
            }
            case TABLE, COLUMN -> {
                TableKey key = new TableKey(target.database(), target.table());
                TableGrant old = changed.tables().getOrDefault(key, new TableGrant(0, Map.of()));
                Map<String, Long> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                columns.putAll(old.columns());
                target.columns().forEach((c, m) -> columns.merge(c, m, (a, b) -> a | b));
                yield changed.withTable(key, new TableGrant(old.mask() | target.mask(), columns));
            }
        };
    }

    /// The grants without the target's, or null if none of them was there.
    private static @Nullable Grants remove(Grants grants, Target target) {
        Grants changed = grants;
        for (String name : target.dynamic()) {
            changed = changed.withDynamic(name, null);
        }
        switch (target.level()) {
            case GLOBAL -> {
                return changed.withGlobal(changed.global() & ~target.mask());
            }
            case DATABASE -> {
                Long old = changed.databases().get(target.database());
                return old == null ? null : changed.withDatabase(target.database(), old & ~target.mask());
            }
            case TABLE, COLUMN -> {
                TableKey key = new TableKey(target.database(), target.table());
                TableGrant old = changed.tables().get(key);
                if (old == null) {
                    return null;
                }
                Map<String, Long> columns = new HashMap<>();
                Set<Map.Entry<String, Long>> entries = old.columns().entrySet();
                for (Map.Entry<String, Long> entry : entries) {
                    long taken = target.mask();
                    for (Map.Entry<String, Long> t : target.columns().entrySet()) {
                        taken |= t.getKey().equalsIgnoreCase(entry.getKey()) ? t.getValue() : 0;
                    }
                    long rest = entry.getValue() & ~taken;
                    if (rest != 0) {
                        columns.put(entry.getKey(), rest);
                    }
                }
                return changed.withTable(key, new TableGrant(old.mask() & ~target.mask(), columns));
            }
        }
        throw new IllegalStateException("level " + target.level());
    }
}
