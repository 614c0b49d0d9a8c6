package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AccountStatement.Grant;
import io.qomo.query.sql.ast.AccountStatement.GrantProxy;
import io.qomo.query.sql.ast.AccountStatement.GrantRoles;
import io.qomo.query.sql.ast.AccountStatement.Privilege;
import io.qomo.query.sql.ast.AccountStatement.PrivilegeLevel;
import io.qomo.query.sql.ast.AccountStatement.Revoke;
import io.qomo.query.sql.ast.AccountStatement.RevokeAll;
import io.qomo.query.sql.ast.AccountStatement.RevokeRoles;
import io.qomo.query.sql.ast.AccountStatement.RoleSet;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// GRANT and REVOKE.
///
/// Whether `GRANT x TO u` names a role or `GRANT x ON ...` a privilege is known only behind the list, so the list is
/// read
/// as both.
///
/// Source: MySQL 8.0 manual, "GRANT Statement" and "REVOKE Statement".
final class GrantParser {
    /// An element of the list: a privilege in `words`, or a role when it has a host or was quoted.
    private record Item(
            int start, @Nullable String words, @Nullable AccountName role, List<String> columns) {}

    private final Parsers parsers;
    private final TokenStream in;

    GrantParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// Behind GRANT.
    Statement grant() {
        if (in.accept(Token.PROXY, Token.ON)) {
            AccountName proxied = parsers.accounts().account();
            in.expect(Token.TO);
            List<AccountName> grantees = parsers.accounts().accounts();
            boolean option = grantOption();
            return new GrantProxy(false, proxied, grantees, option);
        }
        List<Item> items = items();
        if (in.accept(Token.TO)) {
            List<AccountName> grantees = parsers.accounts().accounts();
            boolean admin = in.accept(Token.WITH);
            if (admin) {
                in.expect(Token.ADMIN);
                in.expect(Token.OPTION);
            }
            return new GrantRoles(roles(items), grantees, admin);
        }
        in.expect(Token.ON);
        PrivilegeLevel level = level();
        in.expect(Token.TO);
        List<AccountName> grantees = parsers.accounts().accounts();
        boolean option = grantOption();
        AccountName asUser = null;
        RoleSet asRoles = null;
        if (in.accept(Token.AS)) {
            asUser = parsers.accounts().account();
            if (in.accept(Token.WITH)) {
                in.expect(Token.ROLE);
                asRoles = parsers.accounts().roleSet(true);
            }
        }
        return new Grant(privileges(items), level, grantees, option, asUser, asRoles);
    }

    private boolean grantOption() {
        if (!in.accept(Token.WITH)) {
            return false;
        }
        in.expect(Token.GRANT, Token.OPTION);
        return true;
    }

    /// Behind REVOKE.
    Statement revoke() {
        boolean ifExists = parsers.accounts().ifExists();
        if (in.accept(Token.PROXY, Token.ON)) {
            AccountName proxied = parsers.accounts().account();
            in.expect(Token.FROM);
            List<AccountName> grantees = parsers.accounts().accounts();
            return new GrantProxy(true, proxied, grantees, false);
        }
        List<Item> items = items();
        boolean all = items.size() == 2
                && isAll(items.get(0))
                && "GRANT OPTION".equals(items.get(1).words());
        if (in.accept(Token.FROM)) {
            List<AccountName> grantees = parsers.accounts().accounts();
            boolean ignoreUnknown = ignoreUnknown();
            return all
                    ? new RevokeAll(ifExists, grantees, ignoreUnknown)
                    : new RevokeRoles(ifExists, roles(items), grantees, ignoreUnknown);
        }
        in.expect(Token.ON);
        PrivilegeLevel level = level();
        in.expect(Token.FROM);
        List<AccountName> grantees = parsers.accounts().accounts();
        return new Revoke(ifExists, privileges(items), level, grantees, ignoreUnknown());
    }

    private boolean ignoreUnknown() {
        if (!in.accept(Token.IGNORE)) {
            return false;
        }
        in.expect(Token.UNKNOWN, Token.USER);
        return true;
    }

    private static boolean isAll(Item item) {
        return "ALL".equals(item.words());
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        do {
            items.add(item());
        } while (in.accept(Token.COMMA));
        return items;
    }

    private Item item() {
        int start = in.start;
        if (in.kind == Token.STRING || in.kind == Token.QUOTED_IDENT || Token.isIdentifier(in.kind) && hasHost()) {
            AccountName role = parsers.accounts().account();
            return new Item(start, null, role, List.of());
        }
        StringBuilder words = new StringBuilder(in.upperWord());
        if (words.indexOf("ALL") == 0 && words.length() == 3) {
            in.accept(Token.PRIVILEGES);
        }
        while (Token.isWord(in.kind) && !isEndOfItem()) {
            words.append(' ').append(in.upperWord());
        }
        List<String> columns = in.kind == Token.LEFT_PAREN ? parsers.names.parseParenthesizedIdentifiers() : List.of();
        return new Item(start, words.toString(), null, columns);
    }

    private boolean hasHost() {
        int next = in.peek(1);
        return next == Token.AT || next == Token.AT_WORD;
    }

    private boolean isEndOfItem() {
        return in.kind == Token.ON || in.kind == Token.TO || in.kind == Token.FROM;
    }

    private List<AccountName> roles(List<Item> items) {
        List<AccountName> roles = new ArrayList<>();
        for (Item item : items) {
            if (item.role() != null) {
                roles.add(item.role());
            } else if (item.words() == null
                    || item.words().indexOf(' ') >= 0
                    || !item.columns().isEmpty()
                    || !isRoleName(item)) {
                throw in.errorAt(item.start());
            } else {
                int length = item.words().length();
                roles.add(new AccountName(in.sql.substring(item.start(), item.start() + length), null));
            }
        }
        return roles;
    }

    private boolean isRoleName(Item item) {
        int kind = new Lexer(in.sql, item.start(), in.options).next();
        return Token.isIdentifier(kind);
    }

    private List<Privilege> privileges(List<Item> items) {
        List<Privilege> privileges = new ArrayList<>();
        for (Item item : items) {
            String words = item.words();
            AccountName role = item.role();
            if (role != null && role.host() == null && role.user() != null) {
                // A dynamic privilege may be quoted.
                words = role.user().toUpperCase(Locale.ROOT);
            }
            if (words == null || !Privileges.isKnown(words)) {
                throw in.errorAt(item.start());
            }
            privileges.add(new Privilege(words, item.columns()));
        }
        return privileges;
    }

    private PrivilegeLevel level() {
        PrivilegeLevel.ObjectType type = PrivilegeLevel.ObjectType.TABLE;
        if (in.accept(Token.FUNCTION)) {
            type = PrivilegeLevel.ObjectType.FUNCTION;
        } else if (in.accept(Token.PROCEDURE)) {
            type = PrivilegeLevel.ObjectType.PROCEDURE;
        } else {
            in.accept(Token.TABLE);
        }
        if (in.accept(Token.STAR)) {
            if (in.accept(Token.DOT)) {
                in.expect(Token.STAR);
                return new PrivilegeLevel(type, false, null, null);
            }
            return new PrivilegeLevel(type, true, null, null);
        }
        String first = in.identifier();
        if (!in.accept(Token.DOT)) {
            return new PrivilegeLevel(type, true, null, first);
        }
        if (in.accept(Token.STAR)) {
            return new PrivilegeLevel(type, false, first, null);
        }
        return new PrivilegeLevel(type, false, first, in.nameAfterDot());
    }
}
