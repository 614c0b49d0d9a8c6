package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AdminStatement.Option;
import io.qomo.query.sql.ast.AdminStatement.TablespaceStatement;
import io.qomo.query.sql.ast.AdminStatement.Verb;
import io.qomo.query.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE, ALTER and DROP of TABLESPACE, UNDO TABLESPACE and LOGFILE GROUP.
final class TablespaceParser {
    private final TokenStream in;

    TablespaceParser(Parsers parsers) {
        this.in = parsers.in;
    }

    /// Behind the first word of the object's kind.
    Statement parse(Verb verb, int keyword) {
        String type = "TABLESPACE";
        if (keyword == Token.UNDO) {
            in.expect(Token.TABLESPACE);
            type = "UNDO TABLESPACE";
        } else if (keyword == Token.LOGFILE) {
            in.expect(Token.GROUP);
            type = "LOGFILE GROUP";
        }
        String name = in.identifier();
        String action = "";
        String file = null;
        switch (verb) {
            case CREATE -> {
                if (in.accept(Token.ADD)) {
                    action = "ADD " + fileKind(keyword);
                    file = in.string();
                }
                if (in.accept(Token.USE)) {
                    in.expect(Token.LOGFILE, Token.GROUP);
                    in.identifier();
                }
            }
            case ALTER -> {
                action = alteration(keyword);
                file = in.kind == Token.STRING ? in.string() : action.equals("RENAME TO") ? in.identifier() : null;
            }
            case DROP -> {}
        }
        List<Option> options = options();
        return new TablespaceStatement(verb, type, name, action, file, options);
    }

    private String fileKind(int keyword) {
        if (keyword == Token.LOGFILE) {
            in.expect(Token.UNDOFILE);
            return "UNDOFILE";
        }
        in.expect(Token.DATAFILE);
        return "DATAFILE";
    }

    private String alteration(int keyword) {
        if (in.accept(Token.ADD)) {
            return "ADD " + fileKind(keyword);
        }
        if (keyword == Token.TABLESPACE && in.accept(Token.DROP)) {
            return "DROP " + fileKind(keyword);
        }
        if (keyword == Token.TABLESPACE && in.accept(Token.RENAME)) {
            in.expect(Token.TO);
            return "RENAME TO";
        }
        if (keyword == Token.UNDO && in.accept(Token.SET)) {
            if (in.kind != Token.ACTIVE && in.kind != Token.INACTIVE) {
                throw in.error();
            }
            return "SET " + in.upperWord();
        }
        if (keyword == Token.TABLESPACE && isOption()) {
            return "";
        }
        throw in.error();
    }

    private boolean isOption() {
        return optionOf(in.kind) != null;
    }

    private static @Nullable String optionOf(int kind) {
        return switch (kind) {
            case Token.INITIAL_SIZE -> "INITIAL_SIZE";
            case Token.AUTOEXTEND_SIZE -> "AUTOEXTEND_SIZE";
            case Token.MAX_SIZE -> "MAX_SIZE";
            case Token.EXTENT_SIZE -> "EXTENT_SIZE";
            case Token.UNDO_BUFFER_SIZE -> "UNDO_BUFFER_SIZE";
            case Token.REDO_BUFFER_SIZE -> "REDO_BUFFER_SIZE";
            case Token.NODEGROUP -> "NODEGROUP";
            case Token.FILE_BLOCK_SIZE -> "FILE_BLOCK_SIZE";
            case Token.ENGINE -> "ENGINE";
            case Token.COMMENT -> "COMMENT";
            case Token.ENCRYPTION -> "ENCRYPTION";
            case Token.ENGINE_ATTRIBUTE -> "ENGINE_ATTRIBUTE";
            default -> null;
        };
    }

    private List<Option> options() {
        List<Option> options = new ArrayList<>();
        while (true) {
            if (in.kind == Token.STORAGE && in.peek(1) == Token.ENGINE) {
                in.advance();
            }
            if (in.accept(Token.WAIT)) {
                options.add(new Option("WAIT", ""));
            } else if (in.accept(Token.NO_WAIT)) {
                options.add(new Option("NO_WAIT", ""));
            } else {
                String name = optionOf(in.kind);
                if (name == null) {
                    return options;
                }
                in.advance();
                in.accept(Token.EQUAL);
                String value = in.kind == Token.INTEGER ? Long.toString(in.integer()) : in.identifierOrString();
                options.add(new Option(name, value));
            }
            in.accept(Token.COMMA);
        }
    }
}
