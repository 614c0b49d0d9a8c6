package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AdminStatement.Option;
import io.qomo.query.sql.ast.AdminStatement.SpatialReferenceSystemStatement;
import io.qomo.query.sql.ast.AdminStatement.Verb;
import io.qomo.query.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/// CREATE and DROP SPATIAL REFERENCE SYSTEM.
final class SpatialReferenceParser {
    private final TokenStream in;

    SpatialReferenceParser(Parsers parsers) {
        this.in = parsers.in;
    }

    /// Behind CREATE [OR REPLACE] SPATIAL REFERENCE SYSTEM.
    Statement create(boolean orReplace) {
        boolean ifNotExists = !orReplace && in.accept(Token.IF);
        if (ifNotExists) {
            in.expect(Token.NOT);
            in.expect(Token.EXISTS);
        }
        long srid = in.integer();
        List<Option> attributes = new ArrayList<>();
        while (!in.isAtEnd()) {
            switch (in.kind) {
                case Token.NAME, Token.DEFINITION, Token.DESCRIPTION -> {
                    String name = in.upperWord();
                    attributes.add(new Option(name, in.string()));
                }
                default -> {
                    in.expect(Token.ORGANIZATION);
                    String organization = in.string();
                    in.expect(Token.IDENTIFIED, Token.BY);
                    attributes.add(new Option("ORGANIZATION", organization + " " + in.integer()));
                }
            }
        }
        return new SpatialReferenceSystemStatement(Verb.CREATE, orReplace, ifNotExists, srid, attributes);
    }

    /// Behind DROP SPATIAL REFERENCE SYSTEM.
    Statement drop() {
        boolean ifExists = in.accept(Token.IF);
        if (ifExists) {
            in.expect(Token.EXISTS);
        }
        return new SpatialReferenceSystemStatement(Verb.DROP, false, ifExists, in.integer(), List.of());
    }
}
