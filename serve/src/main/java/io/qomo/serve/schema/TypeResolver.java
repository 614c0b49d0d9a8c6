package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.sql.ast.DataType;
import io.qomo.serve.variable.Charsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Column types from their syntax, with MySQL's limits and errors.
///
/// Source: MySQL 8.0 manual, "Data Types".
public final class TypeResolver {
    private static final int MAX_ROW_BYTES = 65_535;
    private static final int MAX_DISPLAY_WIDTH = 255;
    private static final int MAX_FRACTION_DIGITS = 6;

    private final Collation tableCollation;
    private final Collation utf8mb4Default;
    private final boolean strict;

    /// @param tableCollation for strings that say nothing themselves
    /// @param utf8mb4Default default_collation_for_utf8mb4
    /// @param strict whether a VARCHAR that is too long is an error; else it becomes a TEXT
    public TypeResolver(Collation tableCollation, Collation utf8mb4Default, boolean strict) {
        this.tableCollation = tableCollation;
        this.utf8mb4Default = utf8mb4Default;
        this.strict = strict;
    }

    /// The type of a column.
    public SqlType resolve(String column, DataType type) {
        return switch (type.name()) {
            case TINYINT -> integer(TypeKind.TINYINT, column, type, 3);
            case SMALLINT -> integer(TypeKind.SMALLINT, column, type, 5);
            case MEDIUMINT -> integer(TypeKind.MEDIUMINT, column, type, 8);
            case INT -> integer(TypeKind.INT, column, type, 10);
            case BIGINT -> integer(TypeKind.BIGINT, column, type, 20);
            case BIT -> bit(column, type);
            case FLOAT, DOUBLE -> approximate(column, type);
            case DECIMAL -> decimal(column, type);
            case YEAR -> SqlType.YEAR;
            case DATE -> SqlType.DATE;
            case TIME -> temporal(TypeKind.TIME, column, type);
            case DATETIME -> temporal(TypeKind.DATETIME, column, type);
            case TIMESTAMP -> temporal(TypeKind.TIMESTAMP, column, type);
            case CHAR -> fixed(TypeKind.CHAR, TypeKind.BINARY, column, type);
            case BINARY -> fixed(TypeKind.BINARY, TypeKind.BINARY, column, type);
            case VARCHAR -> varying(column, type, collation(type));
            case VARBINARY -> varying(column, type, Collation.BINARY);
            case TINYTEXT -> lob(TypeKind.TINYTEXT, collation(type));
            case TEXT -> sizedLob(TypeKind.TEXT, type, collation(type));
            case MEDIUMTEXT -> lob(TypeKind.MEDIUMTEXT, collation(type));
            case LONGTEXT -> lob(TypeKind.LONGTEXT, collation(type));
            case TINYBLOB -> lob(TypeKind.TINYBLOB, Collation.BINARY);
            case BLOB -> sizedLob(TypeKind.BLOB, type, Collation.BINARY);
            case MEDIUMBLOB -> lob(TypeKind.MEDIUMBLOB, Collation.BINARY);
            case LONGBLOB -> lob(TypeKind.LONGBLOB, Collation.BINARY);
            case ENUM -> members(TypeKind.ENUM, column, type);
            case SET -> members(TypeKind.SET, column, type);
            case JSON -> SqlType.JSON;
            case VECTOR,
                    GEOMETRY,
                    POINT,
                    LINESTRING,
                    POLYGON,
                    MULTIPOINT,
                    MULTILINESTRING,
                    MULTIPOLYGON,
                    GEOMETRYCOLLECTION -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, type.name() + " columns");
        };
    }

    /// The collation a type names, or the table's.
    public Collation collation(DataType type) {
        Collation found = collation(type.charset(), type.collation(), tableCollation, utf8mb4Default);
        return type.binary() && type.collation() == null ? Collation.binOf(found.charset()) : found;
    }

    /// The collation that CHARACTER SET and COLLATE mean together. Errors 1115, 1273, 1253.
    public static Collation collation(
            @Nullable String charset, @Nullable String collation, Collation inherited, Collation utf8mb4Default) {
        if (charset == null) {
            return collation == null ? inherited : Charsets.collationNamed(collation);
        }
        Charset set = Charsets.named(charset);
        if (collation == null) {
            return set == Charset.UTF8MB4 ? utf8mb4Default : Collation.defaultOf(set);
        }
        Collation wanted = Charsets.collationNamed(collation);
        if (wanted.charset() != set) {
            throw new SqlException(ErrorCode.COLLATION_CHARSET_MISMATCH, wanted.sqlName(), set.sqlName());
        }
        return wanted;
    }

    private static SqlType integer(TypeKind kind, String column, DataType type, int zerofillWidth) {
        if (type.length() > MAX_DISPLAY_WIDTH) {
            throw new SqlException(ErrorCode.TOO_BIG_DISPLAY_WIDTH, column, MAX_DISPLAY_WIDTH);
        }
        boolean unsigned = type.unsigned() || type.zerofill();
        int width = -1;
        if (type.zerofill()) {
            width = type.length() > 0 ? type.length() : zerofillWidth;
        } else if (kind == TypeKind.TINYINT && type.length() == 1 && !unsigned) {
            width = 1;
        }
        return new SqlType(kind, width, 0, unsigned, type.zerofill(), Collation.BINARY, List.of());
    }

    private static SqlType bit(String column, DataType type) {
        int bits = type.length() <= 0 ? 1 : type.length();
        if (bits > 64) {
            throw new SqlException(ErrorCode.TOO_BIG_DISPLAY_WIDTH, column, 64);
        }
        return new SqlType(TypeKind.BIT, bits, 0, true, false, Collation.BINARY, List.of());
    }

    private static SqlType approximate(String column, DataType type) {
        TypeKind kind = type.name() == DataType.Name.FLOAT ? TypeKind.FLOAT : TypeKind.DOUBLE;
        boolean unsigned = type.unsigned() || type.zerofill();
        if (type.length() >= 0 && type.scale() < 0) {
            if (kind == TypeKind.DOUBLE || type.length() > 53) {
                throw new SqlException(ErrorCode.WRONG_FIELD_SPEC, column);
            }
            TypeKind wide = type.length() > 24 ? TypeKind.DOUBLE : TypeKind.FLOAT;
            return new SqlType(wide, -1, -1, unsigned, type.zerofill(), Collation.BINARY, List.of());
        }
        if (type.scale() >= 0) {
            if (type.length() > MAX_DISPLAY_WIDTH) {
                throw new SqlException(ErrorCode.TOO_BIG_DISPLAY_WIDTH, column, MAX_DISPLAY_WIDTH);
            }
            checkScale(column, type.length(), type.scale());
        }
        return new SqlType(kind, type.length(), type.scale(), unsigned, type.zerofill(), Collation.BINARY, List.of());
    }

    private static SqlType decimal(String column, DataType type) {
        int scale = Math.max(0, type.scale());
        int precision = type.length() > 0 || (type.length() == 0 && scale > 0) ? type.length() : 10;
        if (precision > SqlType.MAX_DECIMAL_PRECISION) {
            throw new SqlException(ErrorCode.TOO_BIG_PRECISION, precision, column, SqlType.MAX_DECIMAL_PRECISION);
        }
        checkScale(column, precision, scale);
        boolean unsigned = type.unsigned() || type.zerofill();
        return new SqlType(TypeKind.DECIMAL, precision, scale, unsigned, type.zerofill(), Collation.BINARY, List.of());
    }

    private static void checkScale(String column, int precision, int scale) {
        if (scale > SqlType.MAX_DECIMAL_SCALE) {
            throw new SqlException(ErrorCode.TOO_BIG_SCALE, scale, column, SqlType.MAX_DECIMAL_SCALE);
        }
        if (scale > precision) {
            throw new SqlException(ErrorCode.M_BIGGER_THAN_D, column);
        }
    }

    private static SqlType temporal(TypeKind kind, String column, DataType type) {
        if (type.length() > MAX_FRACTION_DIGITS) {
            throw new SqlException(ErrorCode.TOO_BIG_PRECISION, type.length(), column, MAX_FRACTION_DIGITS);
        }
        return SqlType.temporal(kind, Math.max(0, type.length()));
    }

    private SqlType fixed(TypeKind kind, TypeKind binaryKind, String column, DataType type) {
        int length = type.length() < 0 ? 1 : type.length();
        if (length > 255) {
            throw new SqlException(ErrorCode.TOO_BIG_FIELD_LENGTH, column, 255);
        }
        Collation collation = kind == binaryKind ? Collation.BINARY : collation(type);
        return SqlType.string(collation == Collation.BINARY ? binaryKind : kind, length, collation);
    }

    private SqlType varying(String column, DataType type, Collation collation) {
        int max = MAX_ROW_BYTES / collation.charset().maxBytesPerChar();
        if (type.length() > max) {
            if (strict) {
                throw new SqlException(ErrorCode.TOO_BIG_FIELD_LENGTH, column, max);
            }
            return sizedLob(TypeKind.TEXT, type, collation);
        }
        TypeKind kind = collation == Collation.BINARY ? TypeKind.VARBINARY : TypeKind.VARCHAR;
        return SqlType.string(kind, Math.max(0, type.length()), collation);
    }

    private static SqlType sizedLob(TypeKind plain, DataType type, Collation collation) {
        if (type.length() <= 0) {
            return lob(plain, collation);
        }
        long bytes = (long) type.length() * collation.charset().maxBytesPerChar();
        if (bytes <= 0xFF) {
            return lob(TypeKind.TINYTEXT, collation);
        }
        if (bytes <= 0xFFFF) {
            return lob(TypeKind.TEXT, collation);
        }
        return lob(bytes <= 0xFFFFFF ? TypeKind.MEDIUMTEXT : TypeKind.LONGTEXT, collation);
    }

    private static SqlType lob(TypeKind kind, Collation collation) {
        TypeKind fitting = kind;
        if (collation == Collation.BINARY) {
            fitting = switch (kind) {
                case TINYTEXT -> TypeKind.TINYBLOB;
                case TEXT -> TypeKind.BLOB;
                case MEDIUMTEXT -> TypeKind.MEDIUMBLOB;
                case LONGTEXT -> TypeKind.LONGBLOB;
                default -> kind;
            };
        }
        return SqlType.string(fitting, -1, collation);
    }

    private SqlType members(TypeKind kind, String column, DataType type) {
        Collation collation = collation(type);
        List<String> members = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String written : type.members()) {
            String member = collation == Collation.BINARY ? written : written.stripTrailing();
            if (kind == TypeKind.SET && member.indexOf(',') >= 0) {
                throw new SqlException(ErrorCode.ILLEGAL_VALUE_FOR_TYPE, "set", member);
            }
            String folded = isCaseSensitive(collation) ? member : member.toLowerCase(Locale.ROOT);
            if (!seen.add(folded)) {
                throw new SqlException(ErrorCode.DUPLICATED_VALUE_IN_TYPE, column, member, kind.name());
            }
            members.add(member);
        }
        if (kind == TypeKind.SET && members.size() > 64) {
            throw new SqlException(ErrorCode.TOO_BIG_SET, column, kind.name());
        }
        return new SqlType(kind, -1, 0, false, false, collation, members);
    }

    private static boolean isCaseSensitive(Collation collation) {
        return collation.algorithm() == Collation.Algorithm.BYTES
                || collation.algorithm() == Collation.Algorithm.GBK_BYTES
                || collation.algorithm() == Collation.Algorithm.UCA_AS_CS;
    }
}
