package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.DataType.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Types, character sets and collations.
///
/// Source: MySQL 8.0 manual, chapter "Data Types" and "Cast Functions and Operators".
final class TypeParser {
    private final TokenStream in;

    TypeParser(Parsers parsers) {
        this.in = parsers.in;
    }

    /// The name of a character set, in lower case; BINARY and DEFAULT are words of the language.
    String charsetName() {
        if (in.accept(Token.BINARY)) {
            return "binary";
        }
        return in.identifierOrString().toLowerCase(Locale.ROOT);
    }

    /// The name of a collation, in lower case.
    String collationName() {
        return charsetName();
    }

    /// `[CHARACTER SET name | CHARSET name]`.
    @Nullable String acceptCharset() {
        if (in.accept(Token.CHARSET)) {
            return charsetName();
        }
        if ((in.kind == Token.CHARACTER || in.kind == Token.CHAR) && in.peek(1) == Token.SET) {
            in.advance();
            in.advance();
            return charsetName();
        }
        return null;
    }

    /// A column's type.
    DataType parse() {
        int word = in.kind;
        switch (word) {
            case Token.INT, Token.INTEGER_KEYWORD, Token.INT4 -> {
                return integer(Name.INT);
            }
            case Token.TINYINT, Token.INT1 -> {
                return integer(Name.TINYINT);
            }
            case Token.SMALLINT, Token.INT2 -> {
                return integer(Name.SMALLINT);
            }
            case Token.MEDIUMINT, Token.MIDDLEINT, Token.INT3 -> {
                return integer(Name.MEDIUMINT);
            }
            case Token.BIGINT, Token.INT8 -> {
                return integer(Name.BIGINT);
            }
            case Token.BOOL, Token.BOOLEAN -> {
                in.advance();
                return DataType.of(Name.TINYINT, 1);
            }
            case Token.DECIMAL_KEYWORD, Token.DEC, Token.NUMERIC, Token.FIXED -> {
                in.advance();
                return decimal(Name.DECIMAL, true);
            }
            case Token.FLOAT_KEYWORD, Token.FLOAT4 -> {
                in.advance();
                return decimal(Name.FLOAT, true);
            }
            case Token.DOUBLE, Token.FLOAT8 -> {
                in.advance();
                in.accept(Token.PRECISION);
                return decimal(Name.DOUBLE, false);
            }
            case Token.REAL -> {
                in.advance();
                return decimal(real(), false);
            }
            case Token.SERIAL -> {
                in.advance();
                return new DataType(Name.BIGINT, -1, -1, true, false, false, null, null, List.of());
            }
            default -> {
                Name simple = simpleName(word);
                return simple != null ? simple(simple) : characters();
            }
        }
    }

    private Name real() {
        return in.options.realAsFloat() ? Name.FLOAT : Name.DOUBLE;
    }

    private static @Nullable Name simpleName(int word) {
        return switch (word) {
            case Token.BIT_KEYWORD -> Name.BIT;
            case Token.BINARY -> Name.BINARY;
            case Token.VARBINARY -> Name.VARBINARY;
            case Token.YEAR -> Name.YEAR;
            case Token.DATE -> Name.DATE;
            case Token.TIME -> Name.TIME;
            case Token.DATETIME -> Name.DATETIME;
            case Token.TIMESTAMP -> Name.TIMESTAMP;
            case Token.TINYBLOB -> Name.TINYBLOB;
            case Token.BLOB -> Name.BLOB;
            case Token.MEDIUMBLOB -> Name.MEDIUMBLOB;
            case Token.LONGBLOB -> Name.LONGBLOB;
            case Token.JSON -> Name.JSON;
            case Token.VECTOR -> Name.VECTOR;
            case Token.GEOMETRY -> Name.GEOMETRY;
            case Token.POINT -> Name.POINT;
            case Token.LINESTRING -> Name.LINESTRING;
            case Token.POLYGON -> Name.POLYGON;
            case Token.MULTIPOINT -> Name.MULTIPOINT;
            case Token.MULTILINESTRING -> Name.MULTILINESTRING;
            case Token.MULTIPOLYGON -> Name.MULTIPOLYGON;
            case Token.GEOMETRYCOLLECTION, Token.GEOMCOLLECTION -> Name.GEOMETRYCOLLECTION;
            default -> null;
        };
    }

    /// Types without attributes, with or without a length.
    private DataType simple(Name name) {
        in.advance();
        return switch (name) {
            case VARBINARY -> {
                if (in.kind != Token.LEFT_PAREN) {
                    throw in.error();
                }
                yield DataType.of(name, length());
            }
            case BIT, BINARY, TIME, DATETIME, TIMESTAMP, BLOB, VECTOR -> DataType.of(name, length());
            case YEAR -> {
                DataType year = DataType.of(name, length());
                numberAttributes();
                yield year;
            }
            default -> DataType.of(name);
        };
    }

    /// `[(n)]`, -1 without; numbers beyond an int count as the greatest int, for the analyzer to refuse.
    private int length() {
        if (!in.accept(Token.LEFT_PAREN)) {
            return -1;
        }
        int length = lengthValue();
        in.expect(Token.RIGHT_PAREN);
        return length;
    }

    private int lengthValue() {
        if (in.kind == Token.INTEGER && in.end - in.start > 18) {
            in.advance();
            return Integer.MAX_VALUE;
        }
        return (int) Math.min(in.integer(), Integer.MAX_VALUE);
    }

    /// UNSIGNED in bit 0, ZEROFILL in bit 1.
    private int numberAttributes() {
        int attributes = 0;
        while (true) {
            if (in.accept(Token.UNSIGNED)) {
                attributes |= 1;
            } else if (in.accept(Token.ZEROFILL)) {
                attributes |= 3;
            } else if (!in.accept(Token.SIGNED)) {
                return attributes;
            }
        }
    }

    private DataType integer(Name name) {
        in.advance();
        return number(name, length(), -1);
    }

    private DataType number(Name name, int length, int scale) {
        int attributes = numberAttributes();
        boolean unsigned = (attributes & 1) != 0;
        boolean zerofill = (attributes & 2) != 0;
        return new DataType(name, length, scale, unsigned, zerofill, false, null, null, List.of());
    }

    /// `[(length[, scale])]`; a length alone where `lengthAlone` allows it.
    private DataType decimal(Name name, boolean lengthAlone) {
        int length = -1;
        int scale = -1;
        if (in.accept(Token.LEFT_PAREN)) {
            length = lengthValue();
            if (in.kind == Token.COMMA || !lengthAlone) {
                in.expect(Token.COMMA);
                scale = lengthValue();
            }
            in.expect(Token.RIGHT_PAREN);
        }
        return number(name, length, scale);
    }

    private DataType characters() {
        int word = in.kind;
        switch (word) {
            case Token.CHAR, Token.CHARACTER -> {
                in.advance();
                if (in.accept(Token.VARYING)) {
                    return charset(Name.VARCHAR, requiredLength(), null);
                }
                return charset(Name.CHAR, length(), null);
            }
            case Token.NCHAR -> {
                in.advance();
                boolean varying = in.accept(Token.VARYING) || in.accept(Token.VARCHAR);
                return charset(varying ? Name.VARCHAR : Name.CHAR, varying ? requiredLength() : length(), "utf8mb3");
            }
            case Token.NATIONAL -> {
                in.advance();
                return national();
            }
            case Token.VARCHAR, Token.VARCHARACTER -> {
                in.advance();
                return charset(Name.VARCHAR, requiredLength(), null);
            }
            case Token.NVARCHAR -> {
                in.advance();
                return charset(Name.VARCHAR, requiredLength(), "utf8mb3");
            }
            case Token.TINYTEXT -> {
                in.advance();
                return charset(Name.TINYTEXT, -1, null);
            }
            case Token.TEXT -> {
                in.advance();
                return charset(Name.TEXT, length(), null);
            }
            case Token.MEDIUMTEXT -> {
                in.advance();
                return charset(Name.MEDIUMTEXT, -1, null);
            }
            case Token.LONGTEXT -> {
                in.advance();
                return charset(Name.LONGTEXT, -1, null);
            }
            case Token.LONG -> {
                in.advance();
                return longType();
            }
            case Token.ENUM -> {
                return members(Name.ENUM);
            }
            case Token.SET -> {
                return members(Name.SET);
            }
            default -> throw in.error();
        }
    }

    private int requiredLength() {
        if (in.kind != Token.LEFT_PAREN) {
            throw in.error();
        }
        return length();
    }

    private DataType national() {
        if (in.accept(Token.VARCHAR) || in.accept(Token.VARCHARACTER)) {
            return charset(Name.VARCHAR, requiredLength(), "utf8mb3");
        }
        if (!in.accept(Token.CHAR)) {
            in.expect(Token.CHARACTER);
        }
        boolean varying = in.accept(Token.VARYING);
        return charset(varying ? Name.VARCHAR : Name.CHAR, varying ? requiredLength() : length(), "utf8mb3");
    }

    private DataType longType() {
        if (in.accept(Token.VARBINARY)) {
            return DataType.of(Name.MEDIUMBLOB);
        }
        if (in.accept(Token.CHAR) || in.accept(Token.CHARACTER)) {
            in.expect(Token.VARYING);
        } else if (!in.accept(Token.VARCHAR)) {
            in.accept(Token.VARCHARACTER);
        }
        return charset(Name.MEDIUMTEXT, -1, null);
    }

    private DataType members(Name name) {
        in.advance();
        in.expect(Token.LEFT_PAREN);
        List<String> members = new ArrayList<>();
        do {
            members.add(Literals.text(in));
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        DataType type = charset(name, -1, null);
        return new DataType(name, -1, -1, false, false, type.binary(), type.charset(), type.collation(), members);
    }

    /// `[CHARACTER SET x | ASCII | UNICODE | BYTE] [BINARY] [COLLATE x]` behind a character type.
    private DataType charset(Name name, int length, @Nullable String given) {
        String charset = given;
        boolean binary = false;
        boolean more = true;
        while (more) {
            String named = charset == null ? acceptCharset() : null;
            if (named != null) {
                charset = named;
            } else if (charset == null && in.accept(Token.ASCII)) {
                charset = "latin1";
            } else if (charset == null && in.accept(Token.UNICODE)) {
                charset = "ucs2";
            } else if (charset == null && in.accept(Token.BYTE)) {
                charset = "binary";
            } else if (!binary && in.accept(Token.BINARY)) {
                binary = true;
            } else {
                more = false;
            }
        }
        String collation = in.accept(Token.COLLATE) ? collationName() : null;
        return new DataType(name, length, -1, false, false, binary, charset, collation, List.of());
    }

    /// The type of CAST and CONVERT.
    DataType parseCastType() {
        switch (in.kind) {
            case Token.SIGNED, Token.UNSIGNED -> {
                boolean unsigned = in.kind == Token.UNSIGNED;
                in.advance();
                if (!in.accept(Token.INT)) {
                    in.accept(Token.INTEGER_KEYWORD);
                }
                return new DataType(Name.BIGINT, -1, -1, unsigned, false, false, null, null, List.of());
            }
            case Token.CHAR, Token.CHARACTER -> {
                in.advance();
                return castCharset(length());
            }
            case Token.NCHAR -> {
                in.advance();
                return new DataType(Name.CHAR, length(), -1, false, false, false, "utf8mb3", null, List.of());
            }
            case Token.DECIMAL_KEYWORD, Token.DEC -> {
                in.advance();
                return decimal(Name.DECIMAL, true);
            }
            case Token.DOUBLE -> {
                in.advance();
                in.accept(Token.PRECISION);
                return DataType.of(Name.DOUBLE);
            }
            case Token.REAL -> {
                in.advance();
                return DataType.of(real());
            }
            case Token.FLOAT_KEYWORD -> {
                in.advance();
                return DataType.of(Name.FLOAT, length());
            }
            default -> {
                Name name = castName();
                in.advance();
                boolean hasLength = name == Name.BINARY || name == Name.TIME || name == Name.DATETIME;
                return DataType.of(name, hasLength ? length() : -1);
            }
        }
    }

    private Name castName() {
        Name name = simpleName(in.kind);
        if (name == null) {
            throw in.error();
        }
        return switch (name) {
            case BIT, VARBINARY, TIMESTAMP, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB, VECTOR, GEOMETRY -> throw in.error();
            default -> name;
        };
    }

    private DataType castCharset(int length) {
        String charset = acceptCharset();
        if (charset == null && in.accept(Token.ASCII)) {
            charset = "latin1";
        } else if (charset == null && in.accept(Token.UNICODE)) {
            charset = "ucs2";
        } else if (charset == null && in.accept(Token.BYTE)) {
            charset = "binary";
        }
        boolean binary = in.accept(Token.BINARY);
        return new DataType(Name.CHAR, length, -1, false, false, binary, charset, null, List.of());
    }
}
