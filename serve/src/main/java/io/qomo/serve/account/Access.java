package io.qomo.serve.account;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What an account with some active roles may do: the union of what was granted to it and them. Immutable.
public final class Access {
    private static final long ANY_TABLE = Privilege.ALL_TABLE | Privilege.ALL_DATABASE;

    private final AccountId account;
    private final long global;
    private final Map<String, Boolean> dynamic = new TreeMap<>();
    private final Map<String, Long> databases = new TreeMap<>();
    private final Map<Grants.TableKey, Grants.TableGrant> tables = new TreeMap<>();

    private Access(AccountId account, List<Grants> sources) {
        this.account = account;
        long mask = 0;
        for (Grants grants : sources) {
            mask |= grants.global();
            grants.dynamic().forEach((name, grantable) -> dynamic.merge(name, grantable, Boolean::logicalOr));
            grants.databases()
                    .forEach((name, bits) -> databases.merge(name.toLowerCase(Locale.ROOT), bits, (a, b) -> a | b));
            grants.tables().forEach((key, grant) -> tables.merge(key, grant, Access::join));
        }
        global = mask;
    }

    private static Grants.TableGrant join(Grants.TableGrant a, Grants.TableGrant b) {
        Map<String, Long> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        columns.putAll(a.columns());
        b.columns().forEach((name, bits) -> columns.merge(name, bits, (x, y) -> x | y));
        return new Grants.TableGrant(a.mask() | b.mask(), columns);
    }

    /// What an account with active roles (and the roles granted to them) may do.
    public static Access of(AccountStore store, AccountId account, Collection<AccountId> activeRoles) {
        List<Grants> sources = new java.util.ArrayList<>();
        store.find(account).ifPresent(a -> sources.add(a.grants()));
        for (AccountId role : closure(store, activeRoles)) {
            store.find(role).ifPresent(r -> sources.add(r.grants()));
        }
        return new Access(account, sources);
    }

    /// Roles and the roles granted to them.
    public static Set<AccountId> closure(AccountStore store, Collection<AccountId> roles) {
        Set<AccountId> found = new LinkedHashSet<>();
        Deque<AccountId> open = new ArrayDeque<>(roles);
        while (!open.isEmpty()) {
            AccountId role = open.poll();
            if (found.add(role)) {
                store.find(role).ifPresent(r -> open.addAll(r.grants().roles().keySet()));
            }
        }
        return found;
    }

    /// Whose privileges these are.
    public AccountId account() {
        return account;
    }

    /// The global mask.
    public long global() {
        return global;
    }

    /// The mask on a database as a whole.
    public long database(String name) {
        long mask = global;
        if (!databases.isEmpty()) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (Map.Entry<String, Long> entry : databases.entrySet()) {
                if (HostPattern.matches(entry.getKey(), lower)) {
                    mask |= entry.getValue();
                }
            }
        }
        return mask;
    }

    /// The mask on a table as a whole.
    public long table(String database, String table) {
        Grants.TableGrant grant = tables.isEmpty() ? null : tables.get(new Grants.TableKey(database, table));
        return database(database) | (grant == null ? 0 : grant.mask());
    }

    /// The mask on a column.
    public long column(String database, String table, String column) {
        long mask = table(database, table);
        Grants.TableGrant grant = tables.isEmpty() ? null : tables.get(new Grants.TableKey(database, table));
        if (grant != null) {
            for (Map.Entry<String, Long> entry : grant.columns().entrySet()) {
                if (entry.getKey().equalsIgnoreCase(column)) {
                    mask |= entry.getValue();
                }
            }
        }
        return mask;
    }

    /// True if anything on the table, or on a column of it, is allowed: it is shown.
    public boolean sees(String database, String table) {
        return holdsTable(database, table) || tables.containsKey(new Grants.TableKey(database, table));
    }

    /// True if anything on the table as a whole is allowed, not only on columns of it.
    public boolean holdsTable(String database, String table) {
        return (table(database, table) & ANY_TABLE) != 0;
    }

    /// True if anything in the database is allowed: it is shown, and may be USEd.
    public boolean seesDatabase(String name) {
        if ((database(name) & (ANY_TABLE | Privilege.SHOW_DATABASES.bit())) != 0) {
            return true;
        }
        return tables.keySet().stream().anyMatch(key -> key.database().equalsIgnoreCase(name));
    }

    /// True if a column-level grant of the privilege exists somewhere in the table.
    public boolean hasAnyColumn(String database, String table, Privilege privilege) {
        Grants.TableGrant grant = tables.get(new Grants.TableKey(database, table));
        return grant != null && grant.columns().values().stream().anyMatch(m -> (m & privilege.bit()) != 0);
    }

    /// True if a static privilege is held globally.
    public boolean has(Privilege privilege) {
        return (global & privilege.bit()) != 0;
    }

    /// True if a dynamic privilege is held; SUPER stands for those that once were part of it.
    public boolean has(String dynamicPrivilege) {
        return dynamic.containsKey(dynamicPrivilege)
                || (has(Privilege.SUPER) && !dynamicPrivilege.equals("SYSTEM_USER"));
    }

    /// True if a dynamic privilege may be granted to others.
    public boolean canGrant(String dynamicPrivilege) {
        return dynamic.getOrDefault(dynamicPrivilege, false);
    }

    /// Error 1227 unless a global privilege is held.
    public void require(Privilege privilege) {
        if (!has(privilege)) {
            throw new SqlException(ErrorCode.SPECIFIC_ACCESS_DENIED, privilege.sqlName());
        }
    }

    /// Error 1227 unless one of the dynamic privileges (or SUPER) is held; the message names SUPER and the first.
    public void requireDynamic(String... privileges) {
        for (String privilege : privileges) {
            if (has(privilege)) {
                return;
            }
        }
        throw new SqlException(ErrorCode.SPECIFIC_ACCESS_DENIED, "SUPER or " + String.join(" or ", privileges));
    }

    /// Error 1044 unless all the privileges are held on a database.
    public void requireDatabase(String database, Privilege... privileges) {
        long mask = database(database);
        for (Privilege privilege : privileges) {
            if ((mask & privilege.bit()) == 0) {
                throw databaseDenied(database);
            }
        }
    }

    /// Error 1044.
    public SqlException databaseDenied(String database) {
        return new SqlException(ErrorCode.DB_ACCESS_DENIED, account.user(), account.host(), database);
    }

    /// Error 1142 unless all the privileges are held on a table.
    public void requireTable(String database, String table, Privilege... privileges) {
        long mask = table(database, table);
        for (Privilege privilege : privileges) {
            if ((mask & privilege.bit()) == 0) {
                throw new SqlException(
                        ErrorCode.TABLE_ACCESS_DENIED, privilege.sqlName(), account.user(), account.host(), table);
            }
        }
    }
}
