package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AccountStatement.AlterUser;
import io.qomo.query.sql.ast.AccountStatement.CreateRole;
import io.qomo.query.sql.ast.AccountStatement.CreateUser;
import io.qomo.query.sql.ast.AccountStatement.DropRole;
import io.qomo.query.sql.ast.AccountStatement.DropUser;
import io.qomo.query.sql.ast.AccountStatement.RenameUser;
import io.qomo.query.sql.ast.AccountStatement.RoleSet;
import io.qomo.query.sql.ast.AccountStatement.SetDefaultRole;
import io.qomo.query.sql.ast.AccountStatement.UserSpecification;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Names of accounts; CREATE, ALTER, DROP, RENAME of users and roles.
///
/// Source: MySQL 8.0 manual, "Account Management Statements" and "Specifying Account Names".
final class AccountParser {
    private final TokenStream in;

    AccountParser(Parsers parsers) {
        this.in = parsers.in;
    }

    /// `user[@host]` or CURRENT_USER.
    AccountName account() {
        if (in.accept(Token.CURRENT_USER)) {
            if (in.accept(Token.LEFT_PAREN)) {
                in.expect(Token.RIGHT_PAREN);
            }
            return AccountName.CURRENT_USER;
        }
        String user = in.kind == Token.STRING ? in.string() : in.identifier();
        return new AccountName(user, host());
    }

    private @org.jspecify.annotations.Nullable String host() {
        if (in.kind == Token.AT_WORD) {
            String host = in.sql.substring(in.start + 1, in.end).toLowerCase(Locale.ROOT);
            in.advance();
            return host;
        }
        if (!in.accept(Token.AT)) {
            return null;
        }
        String host = in.kind == Token.STRING ? in.string() : in.identifier();
        return host.toLowerCase(Locale.ROOT);
    }

    /// Accounts parted by commas.
    List<AccountName> accounts() {
        List<AccountName> accounts = new ArrayList<>();
        do {
            accounts.add(account());
        } while (in.accept(Token.COMMA));
        return accounts;
    }

    boolean ifExists() {
        if (!in.accept(Token.IF)) {
            return false;
        }
        in.expect(Token.EXISTS);
        return true;
    }

    private boolean ifNotExists() {
        if (!in.accept(Token.IF)) {
            return false;
        }
        in.expect(Token.NOT);
        in.expect(Token.EXISTS);
        return true;
    }

    /// `NONE | ALL [EXCEPT roles] | DEFAULT | roles`; DEFAULT and EXCEPT where `full` allows them.
    RoleSet roleSet(boolean full) {
        if (in.accept(Token.NONE)) {
            return new RoleSet(RoleSet.Kind.NONE, List.of());
        }
        if (in.accept(Token.ALL)) {
            return new RoleSet(RoleSet.Kind.ALL, full && in.accept(Token.EXCEPT) ? accounts() : List.of());
        }
        if (full && in.accept(Token.DEFAULT)) {
            return new RoleSet(RoleSet.Kind.DEFAULT, List.of());
        }
        return new RoleSet(RoleSet.Kind.NAMED, accounts());
    }

    /// `[RETAIN CURRENT PASSWORD]`.
    boolean retainsCurrentPassword() {
        if (!in.accept(Token.RETAIN)) {
            return false;
        }
        in.expect(Token.CURRENT, Token.PASSWORD);
        return true;
    }

    /// Behind CREATE USER.
    Statement createUser() {
        boolean ifNotExists = ifNotExists();
        UserOptionParser options = new UserOptionParser(in);
        List<UserSpecification> users = specifications(options);
        List<AccountName> defaultRoles = List.of();
        if (in.accept(Token.DEFAULT)) {
            in.expect(Token.ROLE);
            defaultRoles = accounts();
        }
        return new CreateUser(ifNotExists, users, defaultRoles, options.accountOptions());
    }

    private List<UserSpecification> specifications(UserOptionParser options) {
        List<UserSpecification> users = new ArrayList<>();
        do {
            AccountName account = account();
            users.add(new UserSpecification(account, options.authentication()));
        } while (in.accept(Token.COMMA));
        return users;
    }

    /// Behind ALTER USER.
    Statement alterUser() {
        boolean ifExists = ifExists();
        UserOptionParser options = new UserOptionParser(in);
        if (in.kind == Token.USER && in.peek(1) == Token.LEFT_PAREN) {
            in.advance();
            in.advance();
            in.expect(Token.RIGHT_PAREN);
            UserSpecification self = new UserSpecification(AccountName.CURRENT_USER, options.authentication());
            return new AlterUser(ifExists, List.of(self), options.accountOptions());
        }
        AccountName first = account();
        if (in.kind == Token.DEFAULT && in.peek(1) == Token.ROLE) {
            in.advance();
            in.advance();
            return new SetDefaultRole(ifExists, roleSet(false), List.of(first));
        }
        List<UserSpecification> users = new ArrayList<>();
        users.add(new UserSpecification(first, options.authentication()));
        if (in.accept(Token.COMMA)) {
            users.addAll(specifications(options));
        }
        return new AlterUser(ifExists, users, options.accountOptions());
    }

    /// Behind DROP USER.
    Statement dropUser() {
        boolean ifExists = ifExists();
        return new DropUser(ifExists, accounts());
    }

    /// Behind RENAME USER.
    Statement renameUser() {
        List<AccountName> from = new ArrayList<>();
        List<AccountName> to = new ArrayList<>();
        do {
            from.add(account());
            in.expect(Token.TO);
            to.add(account());
        } while (in.accept(Token.COMMA));
        return new RenameUser(from, to);
    }

    /// Behind CREATE ROLE.
    Statement createRole() {
        boolean ifNotExists = ifNotExists();
        return new CreateRole(ifNotExists, accounts());
    }

    /// Behind DROP ROLE.
    Statement dropRole() {
        boolean ifExists = ifExists();
        return new DropRole(ifExists, accounts());
    }
}
