package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableOption;
import io.qomo.query.sql.ast.TableOption.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Options of CREATE and ALTER TABLE.
///
/// Source: MySQL 8.0 manual, "CREATE TABLE Statement", table options.
final class TableOptionParser {
    private final Parsers parsers;
    private final TokenStream in;

    TableOptionParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// Options with or without commas between them, possibly none.
    List<TableOption> parseAll() {
        List<TableOption> options = new ArrayList<>();
        TableOption option = parse();
        while (option != null) {
            options.add(option);
            if (in.accept(Token.COMMA)) {
                option = parse();
                if (option == null) {
                    throw in.error();
                }
            } else {
                option = parse();
            }
        }
        return options;
    }

    /// One option, null when none is at hand.
    @Nullable TableOption parse() {
        switch (in.kind) {
            case Token.DEFAULT -> {
                in.advance();
                return charsetOrCollation();
            }
            case Token.CHARACTER, Token.CHAR, Token.CHARSET, Token.COLLATE -> {
                return charsetOrCollation();
            }
            case Token.DATA -> {
                in.advance();
                in.expect(Token.DIRECTORY);
                return text(Name.DATA_DIRECTORY);
            }
            case Token.INDEX -> {
                in.advance();
                in.expect(Token.DIRECTORY);
                return text(Name.INDEX_DIRECTORY);
            }
            case Token.UNION -> {
                return union();
            }
            case Token.START -> {
                in.advance();
                in.expect(Token.TRANSACTION);
                return new TableOption(Name.START_TRANSACTION, "");
            }
            default -> {
                return byName();
            }
        }
    }

    private TableOption charsetOrCollation() {
        if (in.accept(Token.COLLATE)) {
            in.accept(Token.EQUAL);
            return new TableOption(Name.COLLATE, parsers.types().collationName());
        }
        if (!in.accept(Token.CHARSET)) {
            if (!in.accept(Token.CHARACTER)) {
                in.expect(Token.CHAR);
            }
            in.expect(Token.SET);
        }
        in.accept(Token.EQUAL);
        if (in.accept(Token.DEFAULT)) {
            return new TableOption(Name.CHARSET, "default");
        }
        return new TableOption(Name.CHARSET, parsers.types().charsetName());
    }

    private @Nullable TableOption byName() {
        return switch (in.kind) {
            case Token.ENGINE -> word(Name.ENGINE);
            case Token.SECONDARY_ENGINE -> word(Name.SECONDARY_ENGINE);
            case Token.TABLESPACE -> word(Name.TABLESPACE);
            case Token.AUTO_INCREMENT -> number(Name.AUTO_INCREMENT);
            case Token.AVG_ROW_LENGTH -> number(Name.AVG_ROW_LENGTH);
            case Token.CHECKSUM, Token.TABLE_CHECKSUM -> number(Name.CHECKSUM);
            case Token.DELAY_KEY_WRITE -> number(Name.DELAY_KEY_WRITE);
            case Token.KEY_BLOCK_SIZE -> number(Name.KEY_BLOCK_SIZE);
            case Token.MAX_ROWS -> number(Name.MAX_ROWS);
            case Token.MIN_ROWS -> number(Name.MIN_ROWS);
            case Token.AUTOEXTEND_SIZE -> size();
            case Token.PACK_KEYS -> numberOrDefault(Name.PACK_KEYS);
            case Token.STATS_AUTO_RECALC -> numberOrDefault(Name.STATS_AUTO_RECALC);
            case Token.STATS_PERSISTENT -> numberOrDefault(Name.STATS_PERSISTENT);
            case Token.STATS_SAMPLE_PAGES -> numberOrDefault(Name.STATS_SAMPLE_PAGES);
            case Token.COMMENT -> textBehindName(Name.COMMENT);
            case Token.COMPRESSION -> textBehindName(Name.COMPRESSION);
            case Token.CONNECTION -> textBehindName(Name.CONNECTION);
            case Token.ENCRYPTION -> textBehindName(Name.ENCRYPTION);
            case Token.PASSWORD -> textBehindName(Name.PASSWORD);
            case Token.ENGINE_ATTRIBUTE -> textBehindName(Name.ENGINE_ATTRIBUTE);
            case Token.SECONDARY_ENGINE_ATTRIBUTE -> textBehindName(Name.SECONDARY_ENGINE_ATTRIBUTE);
            case Token.INSERT_METHOD -> upper(Name.INSERT_METHOD);
            case Token.ROW_FORMAT -> upper(Name.ROW_FORMAT);
            case Token.STORAGE -> upper(Name.STORAGE);
            default -> null;
        };
    }

    private TableOption word(Name name) {
        in.advance();
        in.accept(Token.EQUAL);
        if (name == Name.SECONDARY_ENGINE && in.accept(Token.NULL)) {
            return new TableOption(name, "");
        }
        return new TableOption(name, in.identifierOrString());
    }

    private TableOption number(Name name) {
        in.advance();
        in.accept(Token.EQUAL);
        return new TableOption(name, digits());
    }

    /// An integer of any length.
    private String digits() {
        if (in.kind != Token.INTEGER) {
            throw in.error();
        }
        String digits = in.text();
        in.advance();
        return digits;
    }

    private TableOption numberOrDefault(Name name) {
        in.advance();
        in.accept(Token.EQUAL);
        return new TableOption(name, in.accept(Token.DEFAULT) ? "DEFAULT" : digits());
    }

    /// A number of bytes, possibly with K, M or G behind it.
    private TableOption size() {
        in.advance();
        in.accept(Token.EQUAL);
        return new TableOption(Name.AUTOEXTEND_SIZE, in.kind == Token.INTEGER ? digits() : in.upperWord());
    }

    private TableOption textBehindName(Name name) {
        in.advance();
        return text(name);
    }

    private TableOption text(Name name) {
        in.accept(Token.EQUAL);
        return new TableOption(name, in.string());
    }

    private TableOption upper(Name name) {
        in.advance();
        in.accept(Token.EQUAL);
        boolean known = switch (name) {
            case INSERT_METHOD -> in.kind == Token.NO || in.kind == Token.FIRST || in.kind == Token.LAST;
            case STORAGE -> in.kind == Token.DISK || in.kind == Token.MEMORY;
            default ->
                switch (in.kind) {
                    case Token.DEFAULT, Token.DYNAMIC, Token.FIXED, Token.COMPRESSED, Token.REDUNDANT, Token.COMPACT ->
                        true;
                    default -> false;
                };
        };
        if (!known) {
            throw in.error();
        }
        return new TableOption(name, in.upperWord());
    }

    private TableOption union() {
        in.advance();
        in.accept(Token.EQUAL);
        in.expect(Token.LEFT_PAREN);
        List<TableName> tables = in.kind == Token.RIGHT_PAREN ? List.of() : parsers.names.parseTableNames();
        in.expect(Token.RIGHT_PAREN);
        return new TableOption(Name.UNION, "", tables);
    }
}
