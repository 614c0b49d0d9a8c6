package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.Statement.AccountName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Users, roles, privileges, passwords.
public sealed interface AccountStatement extends Statement {
    /// `CREATE USER`.
    record CreateUser(
            boolean ifNotExists, List<UserSpecification> users, List<AccountName> defaultRoles, AccountOptions options)
            implements AccountStatement {
        /// Copies the lists.
        public CreateUser {
            users = List.copyOf(users);
            defaultRoles = List.copyOf(defaultRoles);
        }
    }

    /// `ALTER USER`.
    record AlterUser(boolean ifExists, List<UserSpecification> users, AccountOptions options)
            implements AccountStatement {
        /// Copies the list.
        public AlterUser {
            users = List.copyOf(users);
        }
    }

    /// `ALTER USER account DEFAULT ROLE ...` and `SET DEFAULT ROLE ... TO accounts`.
    record SetDefaultRole(boolean ifExists, RoleSet roles, List<AccountName> accounts) implements AccountStatement {
        /// Copies the list.
        public SetDefaultRole {
            accounts = List.copyOf(accounts);
        }
    }

    /// `SET ROLE ...`.
    record SetRole(RoleSet roles) implements AccountStatement {}

    /// NONE, ALL [EXCEPT names], DEFAULT or names.
    record RoleSet(Kind kind, List<AccountName> names) {
        /// Copies the list.
        public RoleSet {
            names = List.copyOf(names);
        }

        /// ALL uses the names as exceptions.
        public enum Kind {
            NONE,
            ALL,
            DEFAULT,
            NAMED
        }
    }

    /// `DROP USER`.
    record DropUser(boolean ifExists, List<AccountName> accounts) implements AccountStatement {
        /// Copies the list.
        public DropUser {
            accounts = List.copyOf(accounts);
        }
    }

    /// `RENAME USER a TO b`; the lists run in parallel.
    record RenameUser(List<AccountName> from, List<AccountName> to) implements AccountStatement {
        /// Copies the lists.
        public RenameUser {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /// `CREATE ROLE`.
    record CreateRole(boolean ifNotExists, List<AccountName> roles) implements AccountStatement {
        /// Copies the list.
        public CreateRole {
            roles = List.copyOf(roles);
        }
    }

    /// `DROP ROLE`.
    record DropRole(boolean ifExists, List<AccountName> roles) implements AccountStatement {
        /// Copies the list.
        public DropRole {
            roles = List.copyOf(roles);
        }
    }

    /// `GRANT privileges ON level TO grantees`.
    ///
    /// @param asUser of `AS user [WITH ROLE ...]`, null without
    record Grant(
            List<Privilege> privileges,
            PrivilegeLevel level,
            List<AccountName> grantees,
            boolean grantOption,
            @Nullable AccountName asUser,
            @Nullable RoleSet asRoles)
            implements AccountStatement {
        /// Copies the lists.
        public Grant {
            privileges = List.copyOf(privileges);
            grantees = List.copyOf(grantees);
        }
    }

    /// `GRANT roles TO grantees [WITH ADMIN OPTION]`.
    record GrantRoles(List<AccountName> roles, List<AccountName> grantees, boolean adminOption)
            implements AccountStatement {
        /// Copies the lists.
        public GrantRoles {
            roles = List.copyOf(roles);
            grantees = List.copyOf(grantees);
        }
    }

    /// `GRANT PROXY ON account TO grantees`, or REVOKE.
    record GrantProxy(boolean revoke, AccountName proxied, List<AccountName> grantees, boolean grantOption)
            implements AccountStatement {
        /// Copies the list.
        public GrantProxy {
            grantees = List.copyOf(grantees);
        }
    }

    /// `REVOKE [IF EXISTS] privileges ON level FROM grantees [IGNORE UNKNOWN USER]`.
    record Revoke(
            boolean ifExists,
            List<Privilege> privileges,
            PrivilegeLevel level,
            List<AccountName> grantees,
            boolean ignoreUnknown)
            implements AccountStatement {
        /// Copies the lists.
        public Revoke {
            privileges = List.copyOf(privileges);
            grantees = List.copyOf(grantees);
        }
    }

    /// `REVOKE ALL PRIVILEGES, GRANT OPTION FROM grantees`.
    record RevokeAll(boolean ifExists, List<AccountName> grantees, boolean ignoreUnknown) implements AccountStatement {
        /// Copies the list.
        public RevokeAll {
            grantees = List.copyOf(grantees);
        }
    }

    /// `REVOKE roles FROM grantees`.
    record RevokeRoles(boolean ifExists, List<AccountName> roles, List<AccountName> grantees, boolean ignoreUnknown)
            implements AccountStatement {
        /// Copies the lists.
        public RevokeRoles {
            roles = List.copyOf(roles);
            grantees = List.copyOf(grantees);
        }
    }

    /// One privilege with its columns.
    ///
    /// @param name in upper case, words one space between words: "ALL", "CREATE TEMPORARY TABLES"
    record Privilege(String name, List<String> columns) {
        /// Copies the list.
        public Privilege {
            columns = List.copyOf(columns);
        }
    }

    /// What a privilege is on.
    ///
    /// @param schema null for `*.*`, and for a bare `*` or `table` (then `current` is set)
    /// @param object null for `schema.*`, `*.*` and `*`
    /// @param current the current schema is meant
    record PrivilegeLevel(
            ObjectType type,
            boolean current,
            @Nullable String schema,
            @Nullable String object) {
        /// The word in front.
        public enum ObjectType {
            TABLE,
            FUNCTION,
            PROCEDURE
        }
    }

    /// `SET PASSWORD [FOR account] = 'x' | TO RANDOM [REPLACE 'old'] [RETAIN CURRENT PASSWORD]`.
    ///
    /// @param account null for the current user
    /// @param password null for TO RANDOM
    record SetPassword(
            @Nullable AccountName account,
            @Nullable String password,
            @Nullable String current,
            boolean retainCurrent) implements AccountStatement {}

    /// An account with how it authenticates.
    ///
    /// @param authentication null when nothing is said
    record UserSpecification(AccountName account, @Nullable Authentication authentication) {}

    /// `IDENTIFIED [WITH plugin] [BY 'password' | BY RANDOM PASSWORD | AS 'hash']` and what goes with it in
    /// ALTER USER.
    ///
    /// @param plugin null for the default one
    /// @param current of `REPLACE 'current'`
    record Authentication(
            @Nullable String plugin,
            @Nullable String password,
            @Nullable String hash,
            boolean random,
            @Nullable String current,
            boolean retainCurrent,
            boolean discardOld,
            List<String> furtherFactors) {
        /// Copies the list.
        public Authentication {
            furtherFactors = List.copyOf(furtherFactors);
        }
    }

    /// What follows the users of CREATE USER and ALTER USER.
    ///
    /// @param tls NONE, SSL or X509; null when not written or when only `tlsRequirements` are
    /// @param tlsRequirements `SUBJECT`, `ISSUER`, `CIPHER` with their values
    /// @param resources `MAX_QUERIES_PER_HOUR` and the like
    /// @param passwordExpire null when not written
    /// @param passwordOptions HISTORY, "REUSE INTERVAL", "REQUIRE CURRENT" and their values
    /// @param locked of ACCOUNT LOCK and UNLOCK, null when not written
    /// @param comment of COMMENT, null without
    /// @param attribute of ATTRIBUTE, null without
    record AccountOptions(
            @Nullable String tls,
            List<NamedValue> tlsRequirements,
            List<NamedValue> resources,
            @Nullable PasswordExpire passwordExpire,
            List<NamedValue> passwordOptions,
            @Nullable Boolean locked,
            @Nullable String comment,
            @Nullable String attribute) {
        /// Copies the lists.
        public AccountOptions {
            tlsRequirements = List.copyOf(tlsRequirements);
            resources = List.copyOf(resources);
            passwordOptions = List.copyOf(passwordOptions);
        }
    }

    /// An option as text.
    record NamedValue(String name, String value) {}

    /// PASSWORD EXPIRE.
    ///
    /// @param days of INTERVAL n DAY, else -1
    record PasswordExpire(Kind kind, int days) {
        /// The forms.
        public enum Kind {
            NOW,
            DEFAULT,
            NEVER,
            INTERVAL
        }
    }
}
