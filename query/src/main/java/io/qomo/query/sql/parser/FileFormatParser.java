package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import org.jspecify.annotations.Nullable;

/// `[FIELDS ...] [LINES ...]` of LOAD DATA and INTO OUTFILE.
final class FileFormatParser {
    private final TokenStream in;
    private @Nullable String fieldsTerminatedBy;
    private @Nullable String enclosedBy;
    private boolean optionallyEnclosed;
    private @Nullable String escapedBy;
    private @Nullable String linesStartingBy;
    private @Nullable String linesTerminatedBy;

    FileFormatParser(TokenStream in) {
        this.in = in;
    }

    FileFormat parse() {
        if (in.accept(Token.FIELDS) || in.accept(Token.COLUMNS)) {
            if (!field()) {
                throw in.error();
            }
            while (field()) {
                continue;
            }
        }
        if (in.accept(Token.LINES)) {
            if (!line()) {
                throw in.error();
            }
            while (line()) {
                continue;
            }
        }
        return new FileFormat(
                fieldsTerminatedBy, enclosedBy, optionallyEnclosed, escapedBy, linesStartingBy, linesTerminatedBy);
    }

    private boolean field() {
        switch (in.kind) {
            case Token.TERMINATED -> fieldsTerminatedBy = by();
            case Token.OPTIONALLY -> {
                in.advance();
                if (in.kind != Token.ENCLOSED) {
                    throw in.error();
                }
                optionallyEnclosed = true;
                enclosedBy = by();
            }
            case Token.ENCLOSED -> {
                optionallyEnclosed = false;
                enclosedBy = by();
            }
            case Token.ESCAPED -> escapedBy = by();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean line() {
        switch (in.kind) {
            case Token.TERMINATED -> linesTerminatedBy = by();
            case Token.STARTING -> linesStartingBy = by();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// A string, also in hexadecimal (`X'09'`) or binary digits.
    private String by() {
        in.advance();
        in.expect(Token.BY);
        return Literals.text(in);
    }
}
