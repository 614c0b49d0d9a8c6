package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AccountStatement.AccountOptions;
import io.qomo.query.sql.ast.AccountStatement.Authentication;
import io.qomo.query.sql.ast.AccountStatement.NamedValue;
import io.qomo.query.sql.ast.AccountStatement.PasswordExpire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How accounts authenticate and what limits them.
///
/// Source: MySQL 8.0 manual, "CREATE USER Statement" and "ALTER USER Statement".
final class UserOptionParser {
    private final TokenStream in;
    private @Nullable String tls;
    private final List<NamedValue> tlsRequirements = new ArrayList<>(0);
    private final List<NamedValue> resources = new ArrayList<>(0);
    private @Nullable PasswordExpire expire;
    private final List<NamedValue> passwordOptions = new ArrayList<>(0);
    private @Nullable Boolean locked;
    private @Nullable String comment;
    private @Nullable String attribute;

    UserOptionParser(TokenStream in) {
        this.in = in;
    }

    /// What follows an account's name, null when nothing does.
    @Nullable Authentication authentication() {
        if (in.accept(Token.DISCARD)) {
            in.expect(Token.OLD, Token.PASSWORD);
            return new Authentication(null, null, null, false, null, false, true, List.of());
        }
        if (in.kind == Token.ADD || in.kind == Token.MODIFY || in.kind == Token.DROP || isRegistration()) {
            return new Authentication(null, null, null, false, null, false, false, List.of(factor()));
        }
        if (!in.accept(Token.IDENTIFIED)) {
            return null;
        }
        String plugin = null;
        String password = null;
        String hash = null;
        boolean random = false;
        if (in.accept(Token.WITH)) {
            plugin = in.identifierOrString();
            if (in.accept(Token.AS)) {
                hash = in.kind == Token.HEX ? Literals.text(in) : in.string();
            } else if (in.accept(Token.BY)) {
                random = in.accept(Token.RANDOM);
                password = random ? null : in.string();
            }
        } else {
            in.expect(Token.BY);
            random = in.accept(Token.RANDOM);
            password = random ? null : in.string();
        }
        if (random) {
            in.expect(Token.PASSWORD);
        }
        String current = in.accept(Token.REPLACE) ? in.string() : null;
        boolean retain = in.accept(Token.RETAIN);
        if (retain) {
            in.expect(Token.CURRENT, Token.PASSWORD);
        }
        List<String> factors = new ArrayList<>(0);
        while (in.kind == Token.AND || in.kind == Token.INITIAL) {
            int start = in.start;
            in.advance();
            in.accept(Token.AUTHENTICATION);
            in.expect(Token.IDENTIFIED);
            identification();
            factors.add(in.span(start).of(in.sql));
        }
        return new Authentication(plugin, password, hash, random, current, retain, false, factors);
    }

    private boolean isRegistration() {
        return in.kind == Token.INTEGER && in.peek(1) == Token.FACTOR;
    }

    /// `ADD|MODIFY|DROP n FACTOR ...` and `n FACTOR INITIATE REGISTRATION ...`, kept as text.
    private String factor() {
        int start = in.start;
        boolean registration = in.kind == Token.INTEGER;
        do {
            boolean drop = in.kind == Token.DROP;
            if (!registration) {
                in.advance();
            }
            in.integer();
            in.expect(Token.FACTOR);
            if (registration) {
                registration();
            } else if (!drop) {
                in.expect(Token.IDENTIFIED);
                identification();
            }
        } while (in.kind == Token.ADD || in.kind == Token.MODIFY || in.kind == Token.DROP);
        return in.span(start).of(in.sql);
    }

    private void registration() {
        if (in.accept(Token.INITIATE) || in.accept(Token.UNREGISTER)) {
            in.accept(Token.REGISTRATION);
            return;
        }
        in.expect(Token.FINISH, Token.REGISTRATION);
        in.expect(Token.SET);
        in.expectText("CHALLENGE_RESPONSE");
        in.expect(Token.AS);
        in.string();
    }

    private void identification() {
        if (in.accept(Token.WITH)) {
            in.identifierOrString();
            if (in.accept(Token.AS)) {
                in.string();
                return;
            }
            if (!in.accept(Token.BY)) {
                return;
            }
        } else {
            in.expect(Token.BY);
        }
        if (in.accept(Token.RANDOM)) {
            in.expect(Token.PASSWORD);
        } else {
            in.string();
        }
    }

    /// What follows all accounts.
    AccountOptions accountOptions() {
        if (in.accept(Token.REQUIRE)) {
            require();
        }
        if (in.accept(Token.WITH)) {
            resource();
            while (isResource()) {
                resource();
            }
        }
        while (in.kind == Token.PASSWORD
                || in.kind == Token.ACCOUNT
                || in.kind == Token.FAILED_LOGIN_ATTEMPTS
                || in.kind == Token.PASSWORD_LOCK_TIME) {
            passwordOrLock();
        }
        if (in.accept(Token.COMMENT)) {
            comment = in.string();
        } else if (in.accept(Token.ATTRIBUTE)) {
            attribute = in.string();
        }
        return new AccountOptions(tls, tlsRequirements, resources, expire, passwordOptions, locked, comment, attribute);
    }

    private void require() {
        switch (in.kind) {
            case Token.SSL, Token.X509, Token.NONE -> tls = in.upperWord();
            default -> {
                do {
                    if (in.kind != Token.SUBJECT && in.kind != Token.ISSUER && in.kind != Token.CIPHER) {
                        throw in.error();
                    }
                    String name = in.upperWord();
                    tlsRequirements.add(new NamedValue(name, in.string()));
                    in.accept(Token.AND);
                } while (in.kind == Token.SUBJECT || in.kind == Token.ISSUER || in.kind == Token.CIPHER);
            }
        }
    }

    private boolean isResource() {
        return switch (in.kind) {
            case Token.MAX_QUERIES_PER_HOUR,
                    Token.MAX_UPDATES_PER_HOUR,
                    Token.MAX_CONNECTIONS_PER_HOUR,
                    Token.MAX_USER_CONNECTIONS -> true;
            default -> false;
        };
    }

    private void resource() {
        if (!isResource()) {
            throw in.error();
        }
        String name = in.upperWord();
        resources.add(new NamedValue(name, Long.toString(in.integer())));
    }

    private void passwordOrLock() {
        if (in.accept(Token.ACCOUNT)) {
            locked = in.kind == Token.LOCK;
            if (!in.accept(Token.LOCK)) {
                in.expect(Token.UNLOCK);
            }
            return;
        }
        if (in.kind == Token.FAILED_LOGIN_ATTEMPTS) {
            passwordOptions.add(new NamedValue(in.upperWord(), Long.toString(in.integer())));
            return;
        }
        if (in.kind == Token.PASSWORD_LOCK_TIME) {
            String name = in.upperWord();
            boolean unbounded = in.accept(Token.UNBOUNDED);
            passwordOptions.add(new NamedValue(name, unbounded ? "UNBOUNDED" : Long.toString(in.integer())));
            return;
        }
        in.expect(Token.PASSWORD);
        switch (in.kind) {
            case Token.EXPIRE -> {
                in.advance();
                expire = expire();
            }
            case Token.HISTORY -> {
                in.advance();
                passwordOptions.add(new NamedValue("HISTORY", numberOrDefault()));
            }
            case Token.REUSE -> {
                in.advance();
                in.expect(Token.INTERVAL);
                String days = numberOrDefault();
                if (!"DEFAULT".equals(days)) {
                    in.expect(Token.DAY);
                }
                passwordOptions.add(new NamedValue("REUSE INTERVAL", days));
            }
            default -> {
                in.expect(Token.REQUIRE, Token.CURRENT);
                String value = "";
                if (in.kind == Token.DEFAULT || in.kind == Token.OPTIONAL) {
                    value = in.upperWord();
                }
                passwordOptions.add(new NamedValue("REQUIRE CURRENT", value));
            }
        }
    }

    private String numberOrDefault() {
        return in.accept(Token.DEFAULT) ? "DEFAULT" : Long.toString(in.integer());
    }

    private PasswordExpire expire() {
        if (in.accept(Token.DEFAULT)) {
            return new PasswordExpire(PasswordExpire.Kind.DEFAULT, -1);
        }
        if (in.accept(Token.NEVER)) {
            return new PasswordExpire(PasswordExpire.Kind.NEVER, -1);
        }
        if (in.accept(Token.INTERVAL)) {
            int days = in.smallInteger();
            in.expect(Token.DAY);
            return new PasswordExpire(PasswordExpire.Kind.INTERVAL, days);
        }
        return new PasswordExpire(PasswordExpire.Kind.NOW, -1);
    }
}
