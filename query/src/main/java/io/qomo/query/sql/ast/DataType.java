package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type as written in a column definition, CAST, a routine's parameter or JSON_TABLE.
///
/// @param length in parentheses: characters, bytes, bits, precision, display width or fraction digits;
///     -1 if not given
/// @param scale the second number; -1 if not given
/// @param binary the BINARY attribute of a character type: the `_bin` collation of its character set
/// @param charset of CHARACTER SET (also ASCII, UNICODE, BYTE), null if not given
/// @param collation of COLLATE, null if not given
/// @param members of ENUM and SET
public record DataType(
        Name name,
        int length,
        int scale,
        boolean unsigned,
        boolean zerofill,
        boolean binary,
        @Nullable String charset,
        @Nullable String collation,
        List<String> members) {
    /// Copies the list.
    public DataType {
        members = List.copyOf(members);
    }

    /// A type without attributes.
    public static DataType of(Name name) {
        return of(name, -1);
    }

    /// A type with a length.
    public static DataType of(Name name, int length) {
        return new DataType(name, length, -1, false, false, false, null, null, List.of());
    }

    /// The type's name; synonyms (INTEGER, DEC, BOOL, REAL, CHARACTER VARYING, LONG VARCHAR ...) are
    /// folded. BOOL is
    /// TINYINT(1). SIGNED and UNSIGNED of CAST are BIGINT.
    public enum Name {
        TINYINT,
        SMALLINT,
        MEDIUMINT,
        INT,
        BIGINT,
        FLOAT,
        DOUBLE,
        DECIMAL,
        BIT,
        YEAR,
        DATE,
        TIME,
        DATETIME,
        TIMESTAMP,
        CHAR,
        VARCHAR,
        BINARY,
        VARBINARY,
        TINYTEXT,
        TEXT,
        MEDIUMTEXT,
        LONGTEXT,
        TINYBLOB,
        BLOB,
        MEDIUMBLOB,
        LONGBLOB,
        ENUM,
        SET,
        JSON,
        VECTOR,
        GEOMETRY,
        POINT,
        LINESTRING,
        POLYGON,
        MULTIPOINT,
        MULTILINESTRING,
        MULTIPOLYGON,
        GEOMETRYCOLLECTION
    }
}
