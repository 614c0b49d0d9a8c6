package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AccountStatement.RoleSet;
import io.qomo.query.sql.ast.AccountStatement.SetDefaultRole;
import io.qomo.query.sql.ast.AccountStatement.SetPassword;
import io.qomo.query.sql.ast.AccountStatement.SetRole;
import io.qomo.query.sql.ast.AdminStatement.SetResourceGroup;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.SetStatement;
import io.qomo.query.sql.ast.SetStatement.SetItem;
import io.qomo.query.sql.ast.SetStatement.SetItem.CharsetItem;
import io.qomo.query.sql.ast.SetStatement.SetItem.NamesItem;
import io.qomo.query.sql.ast.SetStatement.SetItem.UserVariableItem;
import io.qomo.query.sql.ast.SetStatement.SetItem.VariableItem;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TransactionStatement.AccessMode;
import io.qomo.query.sql.ast.TransactionStatement.IsolationLevel;
import io.qomo.query.sql.ast.TransactionStatement.SetTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// SET in all its meanings.
///
/// Source: MySQL 8.0 manual, "SET Syntax for Variable Assignment" and the other SET statements.
final class SetParser {
    private final Parsers parsers;
    private final TokenStream in;

    SetParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    Statement parse() {
        in.expect(Token.SET);
        int next = in.peek(1);
        switch (in.kind) {
            case Token.PASSWORD -> {
                if (next == Token.EQUAL || next == Token.FOR || next == Token.TO) {
                    return password();
                }
            }
            case Token.DEFAULT -> {
                in.advance();
                return defaultRole();
            }
            case Token.ROLE -> {
                if (next != Token.EQUAL && next != Token.ASSIGN) {
                    in.advance();
                    return new SetRole(parsers.accounts().roleSet(true));
                }
            }
            case Token.RESOURCE -> {
                if (next == Token.GROUP) {
                    return resourceGroup();
                }
            }
            case Token.TRANSACTION -> {
                in.advance();
                return transaction(VariableScope.DEFAULT);
            }
            case Token.GLOBAL, Token.SESSION, Token.LOCAL -> {
                if (next == Token.TRANSACTION) {
                    VariableScope scope = NameParser.variableScope(in.kind);
                    in.advance();
                    in.advance();
                    return transaction(scope);
                }
            }
            default -> {}
        }
        List<SetItem> items = new ArrayList<>();
        do {
            items.add(item());
        } while (in.accept(Token.COMMA));
        return new SetStatement(items);
    }

    private SetItem item() {
        int start = in.start;
        switch (in.kind) {
            case Token.AT, Token.AT_WORD -> {
                String name = parsers.names.parseVariableName();
                acceptAssignment();
                return new UserVariableItem(name, parsers.expressions.parse());
            }
            case Token.AT_AT -> {
                in.advance();
                VariableScope scope = VariableScope.DEFAULT;
                if (in.peek(1) == Token.DOT) {
                    scope = NameParser.variableScope(in.kind);
                    if (scope != VariableScope.DEFAULT) {
                        in.advance();
                        in.advance();
                    }
                }
                return variable(start, scope, true);
            }
            case Token.NAMES -> {
                if (in.peek(1) != Token.EQUAL && in.peek(1) != Token.ASSIGN) {
                    in.advance();
                    return names();
                }
            }
            case Token.CHARSET -> {
                if (in.peek(1) != Token.EQUAL && in.peek(1) != Token.ASSIGN) {
                    in.advance();
                    return charset();
                }
            }
            case Token.CHARACTER, Token.CHAR -> {
                in.advance();
                in.expect(Token.SET);
                return charset();
            }
            case Token.GLOBAL, Token.SESSION, Token.LOCAL, Token.PERSIST, Token.PERSIST_ONLY -> {
                if (in.peek(1) != Token.EQUAL && in.peek(1) != Token.ASSIGN) {
                    VariableScope scope = NameParser.variableScope(in.kind);
                    in.advance();
                    return variable(start, scope, true);
                }
            }
            default -> {}
        }
        return variable(start, VariableScope.DEFAULT, false);
    }

    private void acceptAssignment() {
        if (!in.accept(Token.EQUAL)) {
            in.expect(Token.ASSIGN);
        }
    }

    private SetItem variable(int start, VariableScope scope, boolean explicit) {
        String component = null;
        String name = in.accept(Token.DEFAULT) ? "DEFAULT" : in.identifier();
        if (in.accept(Token.DOT)) {
            component = name;
            name = in.nameAfterDot();
        }
        acceptAssignment();
        return new VariableItem(in.span(start), scope, explicit, component, name, value());
    }

    /// An expression, DEFAULT (null), or one of the reserved words that stand for themselves.
    private @Nullable Expression value() {
        int start = in.start;
        switch (in.kind) {
            case Token.DEFAULT -> {
                if (in.peek(1) != Token.LEFT_PAREN) {
                    in.advance();
                    return null;
                }
            }
            case Token.ON, Token.ALL, Token.SYSTEM -> {
                return word(start);
            }
            case Token.BINARY, Token.ROW -> {
                int next = in.peek(1);
                if (next == Token.EOF || next == Token.SEMICOLON || next == Token.COMMA) {
                    return word(start);
                }
            }
            default -> {}
        }
        return parsers.expressions.parse();
    }

    private Expression word(int start) {
        String word = in.text().toUpperCase(Locale.ROOT);
        in.advance();
        return new StringLiteral(in.span(start), null, word);
    }

    private SetItem names() {
        if (in.accept(Token.DEFAULT)) {
            return new NamesItem(null, null);
        }
        String charset = parsers.types().charsetName();
        String collation = in.accept(Token.COLLATE) ? parsers.types().collationName() : null;
        return new NamesItem(charset, collation);
    }

    private SetItem charset() {
        return new CharsetItem(in.accept(Token.DEFAULT) ? null : parsers.types().charsetName());
    }

    private Statement password() {
        in.advance();
        AccountName account = in.accept(Token.FOR) ? parsers.accounts().account() : null;
        String password = null;
        if (in.accept(Token.TO)) {
            in.expect(Token.RANDOM);
        } else {
            acceptAssignment();
            password = in.string();
        }
        String current = in.accept(Token.REPLACE) ? in.string() : null;
        boolean retain = parsers.accounts().retainsCurrentPassword();
        return new SetPassword(account, password, current, retain);
    }

    private Statement defaultRole() {
        in.expect(Token.ROLE);
        RoleSet roles = parsers.accounts().roleSet(false);
        in.expect(Token.TO);
        return new SetDefaultRole(false, roles, parsers.accounts().accounts());
    }

    private Statement resourceGroup() {
        in.advance();
        in.advance();
        String name = in.identifier();
        List<Long> threads = new ArrayList<>();
        if (in.accept(Token.FOR)) {
            do {
                threads.add(in.integer());
            } while (in.accept(Token.COMMA) || in.kind == Token.INTEGER);
        }
        return new SetResourceGroup(name, threads);
    }

    /// Behind TRANSACTION.
    private Statement transaction(VariableScope scope) {
        IsolationLevel isolation = null;
        AccessMode mode = null;
        do {
            if (isolation == null && in.accept(Token.ISOLATION)) {
                in.expect(Token.LEVEL);
                isolation = isolation();
            } else if (mode == null && in.kind == Token.READ) {
                mode = accessMode(in);
            } else {
                throw in.error();
            }
        } while (in.accept(Token.COMMA));
        return new SetTransaction(scope, isolation, mode);
    }

    private IsolationLevel isolation() {
        if (in.accept(Token.SERIALIZABLE)) {
            return IsolationLevel.SERIALIZABLE;
        }
        if (in.accept(Token.REPEATABLE)) {
            in.expect(Token.READ);
            return IsolationLevel.REPEATABLE_READ;
        }
        in.expect(Token.READ);
        if (in.accept(Token.COMMITTED)) {
            return IsolationLevel.READ_COMMITTED;
        }
        in.expect(Token.UNCOMMITTED);
        return IsolationLevel.READ_UNCOMMITTED;
    }

    /// `READ ONLY` or `READ WRITE`.
    static AccessMode accessMode(TokenStream in) {
        in.expect(Token.READ);
        if (in.accept(Token.ONLY)) {
            return AccessMode.READ_ONLY;
        }
        in.expect(Token.WRITE);
        return AccessMode.READ_WRITE;
    }
}
