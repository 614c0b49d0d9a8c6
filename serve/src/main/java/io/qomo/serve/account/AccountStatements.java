package io.qomo.serve.account;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.AccountStatement;
import io.qomo.query.sql.ast.AccountStatement.AccountOptions;
import io.qomo.query.sql.ast.AccountStatement.AlterUser;
import io.qomo.query.sql.ast.AccountStatement.CreateRole;
import io.qomo.query.sql.ast.AccountStatement.CreateUser;
import io.qomo.query.sql.ast.AccountStatement.DropRole;
import io.qomo.query.sql.ast.AccountStatement.DropUser;
import io.qomo.query.sql.ast.AccountStatement.RenameUser;
import io.qomo.query.sql.ast.AccountStatement.SetDefaultRole;
import io.qomo.query.sql.ast.AccountStatement.SetPassword;
import io.qomo.query.sql.ast.AccountStatement.UserSpecification;
import io.qomo.query.sql.ast.Statement.AccountName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// CREATE, ALTER, DROP and RENAME of users and roles, default roles and passwords. Each statement does all it names or
/// nothing.
public final class AccountStatements {
    private static final int MAX_USER_CHARACTERS = 32;
    private static final int MAX_HOST_CHARACTERS = 255;

    private final AccountStore store;
    private final AccountContext context;
    private final Credentials credentials;

    /// Statements of one session.
    public AccountStatements(AccountStore store, AccountContext context) {
        this.store = store;
        this.context = context;
        this.credentials = new Credentials(context);
    }

    /// A password the server chose.
    public record GeneratedPassword(AccountId account, String password) {}

    /// Runs a statement; returns the passwords that were generated. SET ROLE is the session's own business.
    public List<GeneratedPassword> execute(AccountStatement statement) {
        switch (statement) {
            case CreateUser s -> create(s);
            case AlterUser s -> alter(s);
            case SetDefaultRole s -> setDefaultRole(s);
            case DropUser s -> drop(s.accounts(), s.ifExists(), "DROP USER", Privilege.CREATE_USER);
            case RenameUser s -> rename(s);
            case CreateRole s -> createRoles(s);
            case DropRole s -> drop(s.roles(), s.ifExists(), "DROP ROLE", Privilege.DROP_ROLE);
            case SetPassword s -> setPassword(s);
            case AccountStatement.Grant s -> new GrantStatements(store, context).grant(s);
            case AccountStatement.GrantRoles s -> new GrantStatements(store, context).grantRoles(s);
            case AccountStatement.Revoke s -> new GrantStatements(store, context).revoke(s);
            case AccountStatement.RevokeAll s -> new GrantStatements(store, context).revokeAll(s);
            case AccountStatement.RevokeRoles s -> new GrantStatements(store, context).revokeRoles(s);
            case AccountStatement.GrantProxy _ -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "GRANT PROXY");
            case AccountStatement.SetRole _ -> throw new IllegalArgumentException("SET ROLE");
        }
        return credentials.generated();
    }

    /// The account a name means. Error 1470.
    static AccountId id(AccountName name, AccountContext context) {
        String user = name.user();
        if (user == null) {
            return context.account();
        }
        checkLength(user, "user name", MAX_USER_CHARACTERS);
        checkLength(name.hostOrAny(), "host name", MAX_HOST_CHARACTERS);
        return new AccountId(user, name.hostOrAny());
    }

    private static void checkLength(String text, String what, int most) {
        if (text.codePointCount(0, text.length()) > most) {
            throw new SqlException(ErrorCode.WRONG_STRING_LENGTH, text, what, most);
        }
    }

    private AccountId id(AccountName name) {
        return id(name, context);
    }

    private void create(CreateUser statement) {
        context.access().require(Privilege.CREATE_USER);
        store.change(accounts -> {
            List<String> failed = new ArrayList<>();
            for (UserSpecification user : statement.users()) {
                AccountId id = id(user.account());
                if (accounts.containsKey(id)) {
                    if (statement.ifNotExists()) {
                        context.note(ErrorCode.USER_ALREADY_EXISTS_NOTE, id.inMessage());
                    } else {
                        failed.add(id.inMessage());
                    }
                    continue;
                }
                AccountRecord fresh = credentials.apply(blank(id, false), user.authentication(), true);
                fresh = options(fresh, statement.options());
                accounts.put(id, fresh.withDefaultRoles(defaultRoles(accounts, statement.defaultRoles())));
            }
            refuse("CREATE USER", failed);
            return accounts;
        });
    }

    private List<AccountId> defaultRoles(Map<AccountId, AccountRecord> accounts, List<AccountName> names) {
        List<AccountId> roles = new ArrayList<>();
        for (AccountName name : names) {
            AccountId role = id(name);
            if (!accounts.containsKey(role)) {
                throw new SqlException(ErrorCode.UNKNOWN_AUTH_ID, role.quoted());
            }
            roles.add(role);
        }
        return roles;
    }

    private AccountRecord blank(AccountId id, boolean isRole) {
        return new AccountRecord(
                id,
                context.defaultPlugin(),
                new byte[0],
                isRole,
                isRole,
                -1,
                "NONE",
                Map.of(),
                "",
                context.env().wallMicros(),
                Grants.NONE,
                List.of());
    }

    private void alter(AlterUser statement) {
        boolean isOwnPasswordOnly = statement.users().stream()
                        .allMatch(u -> id(u.account()).equals(context.account()) && u.authentication() != null)
                && isEmpty(statement.options());
        if (!isOwnPasswordOnly) {
            context.access().require(Privilege.CREATE_USER);
        }
        store.change(accounts -> {
            List<String> failed = new ArrayList<>();
            for (UserSpecification user : statement.users()) {
                AccountId id = id(user.account());
                AccountRecord old = accounts.get(id);
                if (old == null) {
                    if (statement.ifExists()) {
                        context.note(ErrorCode.USER_DOES_NOT_EXIST_NOTE, id.inMessage());
                    } else {
                        failed.add(id.inMessage());
                    }
                    continue;
                }
                AccountRecord changed = credentials.apply(old, user.authentication(), false);
                accounts.put(id, options(changed, statement.options()));
            }
            refuse("ALTER USER", failed);
            return accounts;
        });
        for (UserSpecification user : statement.users()) {
            if (user.authentication() != null && id(user.account()).equals(context.account())) {
                context.passwordWasSet();
            }
        }
    }

    private static boolean isEmpty(AccountOptions o) {
        return o.tls() == null
                && o.tlsRequirements().isEmpty()
                && o.resources().isEmpty()
                && o.passwordExpire() == null
                && o.passwordOptions().isEmpty()
                && o.locked() == null
                && o.comment() == null
                && o.attribute() == null;
    }

    private AccountRecord options(AccountRecord account, AccountOptions options) {
        return AccountOptionSetter.apply(account, options);
    }

    private void drop(List<AccountName> names, boolean ifExists, String verb, Privilege privilege) {
        if (!context.access().has(privilege)) {
            context.access().require(Privilege.CREATE_USER);
        }
        store.change(accounts -> {
            List<String> failed = new ArrayList<>();
            Set<AccountId> gone = new LinkedHashSet<>();
            for (AccountName name : names) {
                AccountId id = id(name);
                if (accounts.remove(id) != null) {
                    gone.add(id);
                } else if (ifExists) {
                    context.note(ErrorCode.USER_DOES_NOT_EXIST_NOTE, id.inMessage());
                } else {
                    failed.add(id.inMessage());
                }
            }
            refuse(verb, failed);
            forgetRoles(accounts, gone);
            return accounts;
        });
    }

    private static void forgetRoles(Map<AccountId, AccountRecord> accounts, Set<AccountId> gone) {
        for (AccountRecord account : List.copyOf(accounts.values())) {
            Grants grants = account.grants();
            for (AccountId role : gone) {
                if (grants.roles().containsKey(role)) {
                    grants = grants.withRole(role, null);
                }
            }
            if (grants != account.grants()) {
                List<AccountId> roles = account.defaultRoles().stream()
                        .filter(r -> !gone.contains(r))
                        .toList();
                accounts.put(account.id(), account.withGrants(grants).withDefaultRoles(roles));
            }
        }
    }

    private void rename(RenameUser statement) {
        context.access().require(Privilege.CREATE_USER);
        store.change(accounts -> {
            List<String> failed = new ArrayList<>();
            for (int i = 0; i < statement.from().size(); i++) {
                AccountId from = id(statement.from().get(i));
                AccountId to = id(statement.to().get(i));
                AccountRecord account = accounts.get(from);
                if (account == null || accounts.containsKey(to)) {
                    failed.add(from.inMessage());
                    continue;
                }
                accounts.remove(from);
                accounts.put(to, account.withId(to));
                renameRole(accounts, from, to);
            }
            refuse("RENAME USER", failed);
            return accounts;
        });
    }

    private static void renameRole(Map<AccountId, AccountRecord> accounts, AccountId from, AccountId to) {
        for (AccountRecord account : List.copyOf(accounts.values())) {
            Map<AccountId, Boolean> roles = new TreeMap<>(account.grants().roles());
            Boolean admin = roles.remove(from);
            if (admin != null) {
                Grants grants = account.grants().withRole(from, null).withRole(to, admin);
                List<AccountId> defaults = account.defaultRoles().stream()
                        .map(r -> r.equals(from) ? to : r)
                        .toList();
                accounts.put(account.id(), account.withGrants(grants).withDefaultRoles(defaults));
            }
        }
    }

    private void createRoles(CreateRole statement) {
        if (!context.access().has(Privilege.CREATE_ROLE)) {
            context.access().require(Privilege.CREATE_USER);
        }
        store.change(accounts -> {
            List<String> failed = new ArrayList<>();
            for (AccountName name : statement.roles()) {
                AccountId id = id(name);
                if (accounts.putIfAbsent(id, blank(id, true)) == null) {
                    continue;
                }
                if (statement.ifNotExists()) {
                    context.note(ErrorCode.USER_ALREADY_EXISTS_NOTE, id.inMessage());
                } else {
                    failed.add(id.inMessage());
                }
            }
            refuse("CREATE ROLE", failed);
            return accounts;
        });
    }

    private void setDefaultRole(SetDefaultRole statement) {
        boolean isOwn = statement.accounts().stream().allMatch(a -> id(a).equals(context.account()));
        if (!isOwn) {
            context.access().require(Privilege.CREATE_USER);
        }
        store.change(accounts -> {
            for (AccountName name : statement.accounts()) {
                AccountId id = id(name);
                AccountRecord account = accounts.get(id);
                if (account == null) {
                    if (statement.ifExists()) {
                        context.note(ErrorCode.USER_DOES_NOT_EXIST_NOTE, id.inMessage());
                        continue;
                    }
                    throw new SqlException(ErrorCode.CANNOT_USER, "SET DEFAULT ROLE", id.inMessage());
                }
                accounts.put(id, account.withDefaultRoles(roles(account, statement.roles())));
            }
            return accounts;
        });
    }

    private List<AccountId> roles(AccountRecord account, AccountStatement.RoleSet set) {
        Set<AccountId> granted = account.grants().roles().keySet();
        return switch (set.kind()) {
            case NONE -> List.of();
            case DEFAULT -> account.defaultRoles();
            case ALL -> {
                Set<AccountId> all = new LinkedHashSet<>(granted);
                set.names().forEach(n -> all.remove(id(n)));
                yield List.copyOf(all);
            }
            case NAMED -> {
                List<AccountId> named = new ArrayList<>();
                for (AccountName name : set.names()) {
                    AccountId role = id(name);
                    if (!granted.contains(role)) {
                        throw new SqlException(
                                ErrorCode.ROLE_NOT_GRANTED,
                                role.quoted(),
                                account.id().quoted());
                    }
                    named.add(role);
                }
                yield named;
            }
        };
    }

    private void setPassword(SetPassword statement) {
        AccountName name = statement.account();
        AccountId id = name == null ? context.account() : id(name);
        boolean isOwn = id.equals(context.account());
        if (!isOwn) {
            context.access().require(Privilege.CREATE_USER);
        }
        store.change(accounts -> {
            AccountRecord account = accounts.get(id);
            if (account == null) {
                throw new SqlException(ErrorCode.PASSWORD_NO_MATCH);
            }
            accounts.put(id, credentials.setPassword(account, statement.password(), statement.retainCurrent()));
            return accounts;
        });
        if (isOwn) {
            context.passwordWasSet();
        }
    }

    private static void refuse(String verb, List<String> failed) {
        if (!failed.isEmpty()) {
            throw new SqlException(ErrorCode.CANNOT_USER, verb, String.join(",", failed));
        }
    }
}
