package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.QueryExpression.Limit;
import io.qomo.query.sql.ast.ShowStatement;
import io.qomo.query.sql.ast.ShowStatement.Kind;
import io.qomo.query.sql.ast.ShowStatement.Show;
import io.qomo.query.sql.ast.ShowStatement.ShowCreateUser;
import io.qomo.query.sql.ast.ShowStatement.ShowEngine;
import io.qomo.query.sql.ast.ShowStatement.ShowGrants;
import io.qomo.query.sql.ast.ShowStatement.ShowLogEvents;
import io.qomo.query.sql.ast.ShowStatement.ShowProfile;
import io.qomo.query.sql.ast.ShowStatement.ShowReplicaStatus;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SHOW and DESCRIBE of a table.
///
/// Source: MySQL 8.0 manual, "SHOW Statements".
final class ShowParser {
    private final Parsers parsers;
    private final TokenStream in;
    private boolean extended;
    private boolean full;
    private VariableScope scope = VariableScope.DEFAULT;
    private @Nullable TableName object;
    private @Nullable String name;
    private @Nullable String like;
    private @Nullable Expression where;
    private @Nullable Limit limit;

    ShowParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// `DESCRIBE table [column | 'pattern']`, the word read.
    ShowStatement describe() {
        object = parsers.names.parseTableName();
        if (in.isIdentifierOrString()) {
            like = in.identifierOrString();
        }
        return show(Kind.COLUMNS);
    }

    private Show show(Kind kind) {
        return new Show(kind, extended, full, scope, object, name, like, where, limit);
    }

    /// SHOW at hand.
    ShowStatement parse() {
        in.expect(Token.SHOW);
        extended = in.accept(Token.EXTENDED);
        full = in.accept(Token.FULL);
        if (!extended && !full) {
            scope = NameParser.variableScope(in.kind);
            if (scope == VariableScope.GLOBAL || scope == VariableScope.SESSION) {
                in.advance();
            } else {
                scope = VariableScope.DEFAULT;
            }
        }
        boolean allowed = switch (in.kind) {
            case Token.COLUMNS, Token.FIELDS, Token.TABLES -> scope == VariableScope.DEFAULT;
            case Token.INDEX, Token.INDEXES, Token.KEYS -> scope == VariableScope.DEFAULT && !full;
            case Token.PROCESSLIST, Token.TRIGGERS -> scope == VariableScope.DEFAULT && !extended;
            case Token.VARIABLES, Token.STATUS -> !extended && !full;
            default -> scope == VariableScope.DEFAULT && !extended && !full;
        };
        if (!allowed) {
            throw in.error();
        }
        ShowStatement simple = schemaObjects();
        return simple != null ? simple : rest();
    }

    private @Nullable ShowStatement schemaObjects() {
        switch (in.kind) {
            case Token.COLUMNS, Token.FIELDS -> {
                in.advance();
                tableFrom();
                return filtered(Kind.COLUMNS);
            }
            case Token.INDEX, Token.INDEXES, Token.KEYS -> {
                in.advance();
                tableFrom();
                where = in.accept(Token.WHERE) ? parsers.expressions.parse() : null;
                return show(Kind.INDEXES);
            }
            case Token.TABLES -> {
                in.advance();
                acceptSchema();
                return filtered(Kind.TABLES);
            }
            case Token.TRIGGERS -> {
                in.advance();
                acceptSchema();
                return filtered(Kind.TRIGGERS);
            }
            case Token.EVENTS -> {
                in.advance();
                acceptSchema();
                return filtered(Kind.EVENTS);
            }
            case Token.OPEN -> {
                in.advance();
                in.expect(Token.TABLES);
                acceptSchema();
                return filtered(Kind.OPEN_TABLES);
            }
            case Token.TABLE -> {
                in.advance();
                in.expect(Token.STATUS);
                acceptSchema();
                return filtered(Kind.TABLE_STATUS);
            }
            case Token.DATABASES, Token.SCHEMAS -> {
                in.advance();
                return filtered(Kind.DATABASES);
            }
            case Token.CREATE -> {
                in.advance();
                return create();
            }
            default -> {
                return null;
            }
        }
    }

    /// `{FROM | IN} table [{FROM | IN} schema]`.
    private void tableFrom() {
        if (!in.accept(Token.FROM)) {
            in.expect(Token.IN);
        }
        object = parsers.names.parseTableName();
        acceptSchema();
    }

    private void acceptSchema() {
        if (in.accept(Token.FROM) || in.accept(Token.IN)) {
            name = in.identifier();
        }
    }

    private ShowStatement filtered(Kind kind) {
        if (in.accept(Token.LIKE)) {
            like = in.string();
        } else if (in.accept(Token.WHERE)) {
            where = parsers.expressions.parse();
        }
        return show(kind);
    }

    private ShowStatement limited(Kind kind) {
        limit = in.kind == Token.LIMIT ? parsers.queries.parseLimit() : null;
        return show(kind);
    }

    private ShowStatement create() {
        if (in.accept(Token.USER)) {
            return new ShowCreateUser(parsers.accounts().account());
        }
        Kind kind = switch (in.kind) {
            case Token.DATABASE, Token.SCHEMA -> Kind.CREATE_DATABASE;
            case Token.EVENT -> Kind.CREATE_EVENT;
            case Token.FUNCTION -> Kind.CREATE_FUNCTION;
            case Token.PROCEDURE -> Kind.CREATE_PROCEDURE;
            case Token.TABLE -> Kind.CREATE_TABLE;
            case Token.TRIGGER -> Kind.CREATE_TRIGGER;
            case Token.VIEW -> Kind.CREATE_VIEW;
            default -> throw in.error();
        };
        in.advance();
        if (kind != Kind.CREATE_DATABASE) {
            object = parsers.names.parseTableName();
            return show(kind);
        }
        if (in.accept(Token.IF)) {
            in.expect(Token.NOT);
            in.expect(Token.EXISTS);
            full = true;
        }
        name = in.identifier();
        return show(kind);
    }

    private ShowStatement rest() {
        int keyword = in.kind;
        Kind listed = filteredKind(keyword);
        if (listed != null) {
            in.advance();
            return filtered(listed);
        }
        switch (keyword) {
            case Token.CHARACTER, Token.CHAR -> {
                in.advance();
                in.expect(Token.SET);
                return filtered(Kind.CHARACTER_SETS);
            }
            case Token.WARNINGS -> {
                in.advance();
                return limited(Kind.WARNINGS);
            }
            case Token.ERRORS -> {
                in.advance();
                return limited(Kind.ERRORS);
            }
            case Token.COUNT -> {
                return count();
            }
            case Token.FUNCTION, Token.PROCEDURE -> {
                return routine(keyword == Token.FUNCTION);
            }
            case Token.PROCESSLIST -> {
                in.advance();
                return show(Kind.PROCESSLIST);
            }
            case Token.PROFILES -> {
                in.advance();
                return show(Kind.PROFILES);
            }
            case Token.PLUGINS -> {
                in.advance();
                return show(Kind.PLUGINS);
            }
            case Token.PRIVILEGES -> {
                in.advance();
                return show(Kind.PRIVILEGES);
            }
            case Token.ENGINES -> {
                in.advance();
                return show(Kind.ENGINES);
            }
            case Token.STORAGE -> {
                in.advance();
                in.expect(Token.ENGINES);
                return show(Kind.ENGINES);
            }
            case Token.ENGINE -> {
                in.advance();
                return engine();
            }
            case Token.GRANTS -> {
                in.advance();
                return grants();
            }
            case Token.PROFILE -> {
                in.advance();
                return profile();
            }
            default -> {
                return replication();
            }
        }
    }

    private static @Nullable Kind filteredKind(int keyword) {
        return switch (keyword) {
            case Token.CHARSET -> Kind.CHARACTER_SETS;
            case Token.COLLATION -> Kind.COLLATIONS;
            case Token.VARIABLES -> Kind.VARIABLES;
            case Token.STATUS -> Kind.STATUS;
            default -> null;
        };
    }

    private ShowStatement count() {
        in.advance();
        in.expect(Token.LEFT_PAREN, Token.STAR);
        in.expect(Token.RIGHT_PAREN);
        if (in.accept(Token.WARNINGS)) {
            return show(Kind.COUNT_WARNINGS);
        }
        in.expect(Token.ERRORS);
        return show(Kind.COUNT_ERRORS);
    }

    private ShowStatement routine(boolean function) {
        in.advance();
        if (in.accept(Token.CODE)) {
            object = parsers.names.parseTableName();
            return show(function ? Kind.FUNCTION_CODE : Kind.PROCEDURE_CODE);
        }
        in.expect(Token.STATUS);
        return filtered(function ? Kind.FUNCTION_STATUS : Kind.PROCEDURE_STATUS);
    }

    private ShowStatement engine() {
        String engine = in.accept(Token.ALL) ? "ALL" : in.identifierOrString();
        if (in.kind != Token.STATUS && in.kind != Token.MUTEX && in.kind != Token.LOGS) {
            throw in.error();
        }
        return new ShowEngine(engine, in.upperWord());
    }

    private ShowStatement grants() {
        AccountName account = null;
        List<AccountName> roles = List.of();
        if (in.accept(Token.FOR)) {
            account = parsers.accounts().account();
            if (in.accept(Token.USING)) {
                roles = parsers.accounts().accounts();
            }
        }
        return new ShowGrants(account, roles);
    }

    private ShowStatement profile() {
        List<String> types = new ArrayList<>();
        if (in.kind != Token.FOR && in.kind != Token.LIMIT && !in.isAtEnd()) {
            do {
                types.add(profileType());
            } while (in.accept(Token.COMMA));
        }
        long query = -1;
        if (in.accept(Token.FOR)) {
            in.expect(Token.QUERY);
            query = in.integer();
        }
        Limit rows = in.kind == Token.LIMIT ? parsers.queries.parseLimit() : null;
        return new ShowProfile(types, query, rows);
    }

    private String profileType() {
        switch (in.kind) {
            case Token.ALL, Token.CPU, Token.IPC, Token.MEMORY, Token.SOURCE, Token.SWAPS -> {
                return in.upperWord();
            }
            case Token.BLOCK -> {
                in.advance();
                in.expect(Token.IO);
                return "BLOCK IO";
            }
            case Token.CONTEXT -> {
                in.advance();
                in.expect(Token.SWITCHES);
                return "CONTEXT SWITCHES";
            }
            default -> {
                in.expect(Token.PAGE);
                in.expect(Token.FAULTS);
                return "PAGE FAULTS";
            }
        }
    }

    private ShowStatement replication() {
        switch (in.kind) {
            case Token.BINARY -> {
                in.advance();
                if (in.accept(Token.LOGS)) {
                    return show(Kind.BINARY_LOGS);
                }
                in.expect(Token.LOG);
                in.expect(Token.STATUS);
                return show(Kind.BINARY_LOG_STATUS);
            }
            case Token.MASTER -> {
                in.advance();
                if (in.accept(Token.LOGS)) {
                    return show(Kind.BINARY_LOGS);
                }
                in.expect(Token.STATUS);
                return show(Kind.BINARY_LOG_STATUS);
            }
            case Token.REPLICAS -> {
                in.advance();
                return show(Kind.REPLICAS);
            }
            case Token.SLAVE, Token.REPLICA -> {
                in.advance();
                if (in.accept(Token.HOSTS)) {
                    return show(Kind.REPLICAS);
                }
                in.expect(Token.STATUS);
                return new ShowReplicaStatus(channel());
            }
            case Token.BINLOG, Token.RELAYLOG -> {
                return logEvents();
            }
            default -> throw in.error();
        }
    }

    private @Nullable String channel() {
        if (!in.accept(Token.FOR)) {
            return null;
        }
        in.expect(Token.CHANNEL);
        return in.identifierOrString();
    }

    private ShowStatement logEvents() {
        boolean relay = in.kind == Token.RELAYLOG;
        in.advance();
        in.expect(Token.EVENTS);
        String log = in.accept(Token.IN) ? in.string() : null;
        long position = in.accept(Token.FROM) ? in.integer() : -1;
        Limit rows = in.kind == Token.LIMIT ? parsers.queries.parseLimit() : null;
        return new ShowLogEvents(relay, log, position, rows, relay ? channel() : null);
    }
}
