package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AdminStatement.AlterInstance;
import io.qomo.query.sql.ast.AdminStatement.CloneStatement;
import io.qomo.query.sql.ast.AdminStatement.CreateLoadableFunction;
import io.qomo.query.sql.ast.AdminStatement.KeyCacheStatement;
import io.qomo.query.sql.ast.AdminStatement.Option;
import io.qomo.query.sql.ast.AdminStatement.PluginStatement;
import io.qomo.query.sql.ast.AdminStatement.ResourceGroupStatement;
import io.qomo.query.sql.ast.AdminStatement.ServerStatement;
import io.qomo.query.sql.ast.AdminStatement.Verb;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;

/// Servers, resource groups, plugins, cloning, key caches, ALTER INSTANCE.
///
/// Source: MySQL 8.0 manual, "Database Administration Statements".
final class AdminParser {
    private final Parsers parsers;
    private final TokenStream in;

    AdminParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    private boolean ifExists() {
        if (!in.accept(Token.IF)) {
            return false;
        }
        in.expect(Token.EXISTS);
        return true;
    }

    /// Behind CREATE, ALTER or DROP SERVER.
    Statement server(Verb verb) {
        boolean ifExists = verb == Verb.DROP && ifExists();
        String name = in.identifierOrString();
        String wrapper = null;
        List<Option> options = new ArrayList<>();
        if (verb == Verb.CREATE) {
            in.expect(Token.FOREIGN);
            in.expect(Token.DATA);
            in.expect(Token.WRAPPER);
            wrapper = in.identifierOrString();
        }
        if (verb != Verb.DROP) {
            in.expect(Token.OPTIONS, Token.LEFT_PAREN);
            do {
                switch (in.kind) {
                    case Token.HOST, Token.DATABASE, Token.USER, Token.PASSWORD, Token.SOCKET, Token.OWNER -> {
                        String option = in.upperWord();
                        options.add(new Option(option, in.string()));
                    }
                    default -> {
                        in.expect(Token.PORT);
                        options.add(new Option("PORT", Long.toString(in.integer())));
                    }
                }
            } while (in.accept(Token.COMMA));
            in.expect(Token.RIGHT_PAREN);
        }
        return new ServerStatement(verb, ifExists, name, wrapper, options);
    }

    /// Behind CREATE, ALTER or DROP RESOURCE.
    Statement resourceGroup(Verb verb) {
        in.expect(Token.GROUP);
        String name = in.identifier();
        List<Option> options = new ArrayList<>();
        if (verb == Verb.CREATE) {
            in.expect(Token.TYPE);
            in.accept(Token.EQUAL);
            if (in.kind != Token.SYSTEM && in.kind != Token.USER) {
                throw in.error();
            }
            options.add(new Option("TYPE", in.upperWord()));
        }
        if (verb != Verb.DROP && in.accept(Token.VCPU)) {
            in.accept(Token.EQUAL);
            options.add(new Option("VCPU", cpuRanges()));
        }
        if (verb != Verb.DROP && in.accept(Token.THREAD_PRIORITY)) {
            in.accept(Token.EQUAL);
            String sign = in.accept(Token.MINUS) ? "-" : "";
            options.add(new Option("THREAD_PRIORITY", sign + in.integer()));
        }
        if (verb != Verb.DROP && (in.kind == Token.ENABLE || in.kind == Token.DISABLE)) {
            options.add(new Option(in.upperWord(), ""));
        }
        if (verb != Verb.CREATE && in.accept(Token.FORCE)) {
            options.add(new Option("FORCE", ""));
        }
        return new ResourceGroupStatement(verb, name, options);
    }

    private String cpuRanges() {
        StringBuilder ranges = new StringBuilder();
        do {
            if (!ranges.isEmpty()) {
                ranges.append(',');
            }
            ranges.append(in.integer());
            if (in.accept(Token.MINUS)) {
                ranges.append('-').append(in.integer());
            }
        } while (in.accept(Token.COMMA) || in.kind == Token.INTEGER);
        return ranges.toString();
    }

    /// Behind CREATE [AGGREGATE] FUNCTION name, RETURNS at hand.
    Statement loadableFunction(boolean aggregate, boolean ifNotExists, String name) {
        in.expect(Token.RETURNS);
        switch (in.kind) {
            case Token.STRING_KEYWORD, Token.INTEGER_KEYWORD, Token.INT, Token.REAL, Token.DECIMAL_KEYWORD -> {}
            default -> throw in.error();
        }
        String returns = in.upperWord();
        in.expect(Token.SONAME);
        return new CreateLoadableFunction(aggregate, ifNotExists, name, returns, in.string());
    }

    /// Behind INSTALL.
    Statement install() {
        if (in.accept(Token.PLUGIN)) {
            String name = in.identifier();
            in.expect(Token.SONAME);
            return new PluginStatement(false, false, List.of(name), in.string());
        }
        in.expect(Token.COMPONENT);
        return new PluginStatement(false, true, strings(), null);
    }

    /// Behind UNINSTALL.
    Statement uninstall() {
        if (in.accept(Token.PLUGIN)) {
            return new PluginStatement(true, false, List.of(in.identifier()), null);
        }
        in.expect(Token.COMPONENT);
        return new PluginStatement(true, true, strings(), null);
    }

    private List<String> strings() {
        List<String> strings = new ArrayList<>();
        do {
            strings.add(in.string());
        } while (in.accept(Token.COMMA));
        return strings;
    }

    /// Behind CLONE.
    Statement cloneInstance() {
        if (in.accept(Token.LOCAL)) {
            return new CloneStatement(null, -1, directory());
        }
        in.expect(Token.INSTANCE, Token.FROM);
        AccountName source = parsers.accounts().account();
        in.expect(Token.COLON);
        long port = in.integer();
        in.expect(Token.IDENTIFIED, Token.BY);
        in.string();
        String directory = in.kind == Token.DATA ? directory() : null;
        if (in.accept(Token.REQUIRE)) {
            in.accept(Token.NO);
            in.expect(Token.SSL);
        }
        return new CloneStatement(source, port, directory);
    }

    private String directory() {
        in.expect(Token.DATA);
        in.expect(Token.DIRECTORY);
        in.accept(Token.EQUAL);
        return in.string();
    }

    /// Behind CACHE.
    Statement cacheIndex() {
        in.expect(Token.INDEX);
        List<TableName> tables = keyTables();
        in.expect(Token.IN);
        String cache = in.accept(Token.DEFAULT) ? "default" : in.identifier();
        return new KeyCacheStatement(false, tables, cache);
    }

    /// INDEX at hand.
    Statement loadIndex() {
        in.expect(Token.INDEX, Token.INTO);
        in.expect(Token.CACHE);
        return new KeyCacheStatement(true, keyTables(), null);
    }

    private List<TableName> keyTables() {
        List<TableName> tables = new ArrayList<>();
        do {
            tables.add(parsers.names.parseTableName());
            if (in.accept(Token.PARTITION)) {
                in.expect(Token.LEFT_PAREN);
                if (!in.accept(Token.ALL)) {
                    parsers.names.parseIdentifiers();
                }
                in.expect(Token.RIGHT_PAREN);
            }
            if (in.accept(Token.INDEX) || in.accept(Token.KEY)) {
                in.expect(Token.LEFT_PAREN);
                if (in.kind != Token.RIGHT_PAREN) {
                    do {
                        if (!in.accept(Token.PRIMARY)) {
                            in.identifier();
                        }
                    } while (in.accept(Token.COMMA));
                }
                in.expect(Token.RIGHT_PAREN);
            }
            if (in.accept(Token.IGNORE)) {
                in.expect(Token.LEAVES);
            }
        } while (in.accept(Token.COMMA));
        return tables;
    }

    /// Behind ALTER INSTANCE.
    Statement alterInstance() {
        int start = in.start;
        String channel = null;
        switch (in.kind) {
            case Token.ROTATE -> {
                in.advance();
                if (!in.acceptText("INNODB")) {
                    in.expect(Token.BINLOG);
                }
                in.expect(Token.MASTER);
                in.expect(Token.KEY);
            }
            case Token.RELOAD -> {
                in.advance();
                if (in.acceptText("KEYRING")) {
                    break;
                }
                in.expectText("TLS");
                if (in.accept(Token.FOR)) {
                    in.expect(Token.CHANNEL);
                    channel = in.identifier();
                }
                if (in.accept(Token.NO)) {
                    in.expect(Token.ROLLBACK, Token.ON);
                    in.expect(Token.ERROR_KEYWORD);
                }
            }
            case Token.ENABLE, Token.DISABLE -> {
                in.advance();
                in.expectText("INNODB");
                in.expectText("REDO_LOG");
            }
            default -> throw in.error();
        }
        String action = in.span(start).of(in.sql).toUpperCase(java.util.Locale.ROOT);
        return new AlterInstance(action, channel);
    }
}
