package io.qomo.serve.schema;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import java.util.Locale;

/// Column types as SHOW CREATE TABLE and information_schema print them.
public final class TypeText {
    private TypeText() {}

    /// The whole type without its character set, such as `varchar(10)` or `int unsigned`: COLUMN_TYPE.
    public static String of(SqlType type) {
        StringBuilder out = new StringBuilder(name(type));
        switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
                if (type.length() >= 0
                        && (type.zerofill() || (type.kind() == TypeKind.TINYINT && type.length() == 1))) {
                    out.append('(').append(type.length()).append(')');
                }
            }
            case BIT, CHAR, VARCHAR, BINARY, VARBINARY ->
                out.append('(').append(type.length()).append(')');
            case DECIMAL ->
                out.append('(')
                        .append(type.length())
                        .append(',')
                        .append(type.scale())
                        .append(')');
            case FLOAT, DOUBLE -> {
                if (type.length() >= 0 && type.scale() >= 0) {
                    out.append('(')
                            .append(type.length())
                            .append(',')
                            .append(type.scale())
                            .append(')');
                }
            }
            case TIME, DATETIME, TIMESTAMP -> {
                if (type.scale() > 0) {
                    out.append('(').append(type.scale()).append(')');
                }
            }
            case ENUM, SET -> {
                out.append('(');
                for (int i = 0; i < type.members().size(); i++) {
                    out.append(i == 0 ? "" : ",")
                            .append(SqlText.string(type.members().get(i)));
                }
                out.append(')');
            }
            case NULL,
                    YEAR,
                    DATE,
                    TINYTEXT,
                    TEXT,
                    MEDIUMTEXT,
                    LONGTEXT,
                    TINYBLOB,
                    BLOB,
                    MEDIUMBLOB,
                    LONGBLOB,
                    JSON -> {}
        }
        if (type.unsigned() && type.kind() != TypeKind.YEAR && type.kind() != TypeKind.BIT) {
            out.append(" unsigned");
        }
        return out.append(type.zerofill() ? " zerofill" : "").toString();
    }

    /// The bare name, such as `varchar`: DATA_TYPE.
    public static String name(SqlType type) {
        return type.kind() == TypeKind.NULL ? "null" : type.kind().name().toLowerCase(Locale.ROOT);
    }
}
