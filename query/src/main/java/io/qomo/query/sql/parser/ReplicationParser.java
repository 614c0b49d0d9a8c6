package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AdminStatement.Option;
import io.qomo.query.sql.ast.AdminStatement.ReplicationStatement;
import io.qomo.query.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// CHANGE REPLICATION SOURCE and FILTER, START and STOP REPLICA and GROUP_REPLICATION, RESET, PURGE, BINLOG; also in
/// the
/// words they had before MySQL 8.0.22.
///
/// Source: MySQL 8.0 manual, "Replication Statements".
final class ReplicationParser {
    private final Parsers parsers;
    private final TokenStream in;

    ReplicationParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// Behind CHANGE.
    Statement change() {
        if (in.accept(Token.MASTER)) {
            in.expect(Token.TO);
            return source();
        }
        in.expect(Token.REPLICATION);
        if (in.accept(Token.FILTER)) {
            return filter();
        }
        in.expect(Token.SOURCE, Token.TO);
        return source();
    }

    private Statement source() {
        List<Option> options = new ArrayList<>();
        do {
            if (!Token.isIdentifier(in.kind) || in.kind == Token.QUOTED_IDENT) {
                throw in.error();
            }
            String name = in.upperWord();
            in.expect(Token.EQUAL);
            options.add(new Option(name, sourceValue()));
        } while (in.accept(Token.COMMA));
        return new ReplicationStatement("CHANGE REPLICATION SOURCE", options, channel());
    }

    /// A number, string, name, NULL, account, or a list of numbers in parentheses.
    private String sourceValue() {
        int start = in.start;
        if (in.accept(Token.LEFT_PAREN)) {
            if (in.kind != Token.RIGHT_PAREN) {
                do {
                    in.integer();
                } while (in.accept(Token.COMMA));
            }
            in.expect(Token.RIGHT_PAREN);
            return in.span(start).of(in.sql);
        }
        switch (in.kind) {
            case Token.INTEGER, Token.DECIMAL, Token.FLOAT, Token.NULL, Token.ON -> {
                String text = in.text();
                in.advance();
                return text;
            }
            default -> {
                String value = in.identifierOrString();
                if (in.kind == Token.AT || in.kind == Token.AT_WORD) {
                    in.advance();
                    in.accept(Token.STRING);
                    return in.span(start).of(in.sql);
                }
                return value;
            }
        }
    }

    private @Nullable String channel() {
        if (!in.accept(Token.FOR)) {
            return null;
        }
        in.expect(Token.CHANNEL);
        return in.identifierOrString();
    }

    private Statement filter() {
        List<Option> options = new ArrayList<>();
        do {
            if (in.kind != Token.IDENT) {
                throw in.error();
            }
            String name = in.upperWord();
            if (!name.startsWith("REPLICATE_")) {
                throw in.errorAt(in.lastEnd - name.length());
            }
            in.expect(Token.EQUAL);
            int start = in.start;
            in.expect(Token.LEFT_PAREN);
            if (in.kind != Token.RIGHT_PAREN) {
                do {
                    filterItem();
                } while (in.accept(Token.COMMA));
            }
            in.expect(Token.RIGHT_PAREN);
            options.add(new Option(name, in.span(start).of(in.sql)));
        } while (in.accept(Token.COMMA));
        return new ReplicationStatement("CHANGE REPLICATION FILTER", options, channel());
    }

    /// A database, a table, a pattern, or a pair of databases.
    private void filterItem() {
        if (in.accept(Token.LEFT_PAREN)) {
            in.identifier();
            in.expect(Token.COMMA);
            in.identifier();
            in.expect(Token.RIGHT_PAREN);
        } else if (in.kind == Token.STRING) {
            in.string();
        } else {
            parsers.names.parseTableName();
        }
    }

    /// Behind PURGE.
    Statement purge() {
        if (!in.accept(Token.BINARY)) {
            in.expect(Token.MASTER);
        }
        in.expect(Token.LOGS);
        int start = in.start;
        if (in.accept(Token.TO)) {
            return new ReplicationStatement("PURGE BINARY LOGS", List.of(new Option("TO", in.string())), null);
        }
        in.expect(Token.BEFORE);
        start = in.start;
        parsers.expressions.parse();
        Option before = new Option("BEFORE", in.span(start).of(in.sql));
        return new ReplicationStatement("PURGE BINARY LOGS", List.of(before), null);
    }

    /// Behind RESET.
    Statement reset() {
        if (in.kind == Token.PERSIST) {
            in.advance();
            List<Option> options = new ArrayList<>();
            boolean ifExists = in.accept(Token.IF);
            if (ifExists) {
                in.expect(Token.EXISTS);
            }
            if (ifExists || in.isIdentifier()) {
                options.add(new Option(ifExists ? "IF EXISTS" : "", variableName()));
            }
            return new ReplicationStatement("RESET PERSIST", options, null);
        }
        List<Option> options = new ArrayList<>();
        String channel = null;
        do {
            if (in.accept(Token.MASTER)) {
                String to = in.accept(Token.TO) ? Long.toString(in.integer()) : "";
                options.add(new Option("BINARY LOGS AND GTIDS", to));
            } else if (in.accept(Token.BINARY)) {
                in.expect(Token.LOGS, Token.AND);
                in.expectText("GTIDS");
                options.add(new Option("BINARY LOGS AND GTIDS", ""));
            } else {
                if (!in.accept(Token.SLAVE)) {
                    in.expect(Token.REPLICA);
                }
                options.add(new Option(in.accept(Token.ALL) ? "REPLICA ALL" : "REPLICA", ""));
                channel = channel();
            }
        } while (in.accept(Token.COMMA));
        return new ReplicationStatement("RESET", options, channel);
    }

    private String variableName() {
        String name = in.identifier();
        return in.accept(Token.DOT) ? name + "." + in.nameAfterDot() : name;
    }

    /// Behind START or STOP.
    Statement startOrStop(String verb) {
        List<Option> options = new ArrayList<>();
        if (in.accept(Token.GROUP_REPLICATION)) {
            if (verb.equals("START")) {
                credentials(options, true);
            }
            return new ReplicationStatement(verb + " GROUP_REPLICATION", options, null);
        }
        if (!in.accept(Token.SLAVE)) {
            in.expect(Token.REPLICA);
        }
        while (in.kind == Token.SQL_THREAD || in.kind == Token.IO_THREAD || in.kind == Token.RELAY_THREAD) {
            options.add(new Option(in.upperWord(), ""));
            if (!in.accept(Token.COMMA)) {
                break;
            }
        }
        if (verb.equals("START")) {
            if (in.accept(Token.UNTIL)) {
                until(options);
            }
            credentials(options, false);
        }
        return new ReplicationStatement(verb + " REPLICA", options, channel());
    }

    private void until(List<Option> options) {
        do {
            if (!Token.isIdentifier(in.kind) || in.kind == Token.QUOTED_IDENT) {
                throw in.error();
            }
            String name = in.upperWord();
            String value = "";
            if (in.accept(Token.EQUAL)) {
                value = in.kind == Token.INTEGER ? Long.toString(in.integer()) : in.string();
            }
            options.add(new Option("UNTIL " + name, value));
        } while (in.accept(Token.COMMA));
    }

    private void credentials(List<Option> options, boolean commas) {
        while (in.kind == Token.USER
                || in.kind == Token.PASSWORD
                || in.kind == Token.DEFAULT_AUTH
                || in.kind == Token.PLUGIN_DIR) {
            String name = in.upperWord().toUpperCase(Locale.ROOT);
            in.expect(Token.EQUAL);
            options.add(new Option(name, in.string()));
            if (commas && !in.accept(Token.COMMA)) {
                return;
            }
        }
    }

    /// Behind BINLOG.
    Statement binlog() {
        return new ReplicationStatement("BINLOG", List.of(new Option("", in.string())), null);
    }
}
