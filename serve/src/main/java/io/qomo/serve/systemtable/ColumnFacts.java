package io.qomo.serve.systemtable;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnStatistics;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.schema.TypeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What SHOW COLUMNS and information_schema tell about a column beyond its definition.
public final class ColumnFacts {
    private ColumnFacts() {}

    /// PRI, UNI, MUL or empty. Source: MySQL 8.0 manual, "SHOW COLUMNS Statement".
    public static String key(TableDef table, ColumnDef column) {
        boolean isUnique = false;
        boolean isFirst = false;
        for (IndexDef index : table.indexes()) {
            if (index.state() != IndexDef.State.PUBLIC) {
                continue;
            }
            for (int i = 0; i < index.parts().size(); i++) {
                if (index.parts().get(i).columnId() != column.id()) {
                    continue;
                }
                if (index.isPrimary()) {
                    return "PRI";
                }
                isFirst |= i == 0;
                isUnique |= i == 0 && index.unique() && index.parts().size() == 1;
            }
        }
        return isUnique ? "UNI" : isFirst ? "MUL" : "";
    }

    /// The Extra column.
    public static String extra(ColumnDef column) {
        StringBuilder out = new StringBuilder();
        if (column.autoIncrement()) {
            append(out, "auto_increment");
        }
        if (column.defaultIsExpression()) {
            append(out, "DEFAULT_GENERATED");
        }
        if (column.onUpdateNow()) {
            int digits = column.type().scale();
            append(out, "on update CURRENT_TIMESTAMP" + (digits > 0 ? "(" + digits + ")" : ""));
        }
        if (column.isGenerated()) {
            append(out, column.stored() ? "STORED GENERATED" : "VIRTUAL GENERATED");
        }
        if (column.visibility() == ColumnDef.Visibility.INVISIBLE) {
            append(out, "INVISIBLE");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String word) {
        out.append(out.isEmpty() ? "" : " ").append(word);
    }

    /// The default as text without quotes, or null.
    public static @Nullable String defaultText(ColumnDef column) {
        String written = column.defaultSql();
        if (written == null || written.equals("NULL")) {
            return null;
        }
        return column.defaultIsExpression() ? written : unquoted(written);
    }

    /// A string literal's content; other literals as they are.
    public static String unquoted(String literal) {
        if (!literal.startsWith("'")) {
            return literal;
        }
        StringBuilder out = new StringBuilder(literal.length());
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == '\'') {
                i++;
            } else if (c == '\\') {
                i++;
                char next = literal.charAt(i);
                c = switch (next) {
                    case '0' -> '\0';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> next;
                };
            }
            out.append(c);
        }
        return out.toString();
    }

    /// COLUMN_TYPE.
    public static String columnType(ColumnDef column) {
        return TypeText.of(column.type());
    }

    /// True of types that have a character set to show.
    public static boolean hasCharset(SqlType type) {
        return type.isCharacterString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
    }

    /// The indexes users know of.
    public static List<IndexDef> visibleIndexes(TableDef table) {
        return table.indexes().stream()
                .filter(i -> i.state() == IndexDef.State.PUBLIC && !(i.isPrimary() && table.hasHiddenRowId()))
                .toList();
    }

    /// What a session may do with a column, as `select,insert`; empty if nothing.
    public static String privileges(Access access, TableDef table, ColumnDef column) {
        if (table.database().equals("information_schema")) {
            return "select";
        }
        long mask = access.column(table.database(), table.name(), column.name());
        List<String> names = new ArrayList<>();
        for (Privilege privilege :
                List.of(Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE, Privilege.REFERENCES)) {
            if ((mask & privilege.bit()) != 0) {
                names.add(privilege.sqlName().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(",", names);
    }

    /// CHARACTER_MAXIMUM_LENGTH, or -1.
    public static long maxCharacters(SqlType type) {
        return switch (type.kind()) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> type.length();
            case TINYTEXT, TINYBLOB -> 255;
            case TEXT, BLOB -> 65_535;
            case MEDIUMTEXT, MEDIUMBLOB -> 16_777_215;
            case LONGTEXT, LONGBLOB -> 4_294_967_295L;
            case ENUM ->
                type.members().stream()
                        .mapToInt(m -> m.codePointCount(0, m.length()))
                        .max()
                        .orElse(0);
            case SET ->
                type.members().stream()
                                .mapToInt(m -> m.codePointCount(0, m.length()))
                                .sum()
                        + Math.max(0, type.members().size() - 1);
            default -> -1;
        };
    }

    /// CHARACTER_OCTET_LENGTH, or -1.
    public static long maxBytes(SqlType type) {
        long characters = maxCharacters(type);
        if (characters < 0 || type.kind().isLob()) {
            return characters;
        }
        return characters * type.collation().charset().maxBytesPerChar();
    }

    /// NUMERIC_PRECISION, or -1.
    public static long precision(SqlType type) {
        return switch (type.kind()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case MEDIUMINT -> 7;
            case INT -> 10;
            case BIGINT -> type.unsigned() ? 20 : 19;
            case BIT, DECIMAL -> type.length();
            case FLOAT -> type.length() > 0 ? type.length() : 12;
            case DOUBLE -> type.length() > 0 ? type.length() : 22;
            default -> -1;
        };
    }

    /// NUMERIC_SCALE, or -1.
    public static long scale(SqlType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> 0;
            case DECIMAL, FLOAT, DOUBLE -> type.scale();
            default -> -1;
        };
    }

    /// DATETIME_PRECISION, or -1.
    public static long fractionDigits(SqlType type) {
        return switch (type.kind()) {
            case TIME, DATETIME, TIMESTAMP -> type.scale();
            default -> -1;
        };
    }

    /// The estimated number of different values of the leading parts of an index; that of rows where it is unknown.
    public static long cardinality(TableStatistics statistics, IndexDef index, int part) {
        if (index.unique() && part == index.parts().size() - 1) {
            return statistics.rows();
        }
        Long counted = statistics.distinctPrefix(index.id(), part + 1);
        ColumnStatistics column =
                part == 0 ? statistics.columns().get(index.parts().getFirst().columnId()) : null;
        if (counted == null && column != null) {
            counted = column.distinct() + (column.nullPart() > 0 ? 1 : 0);
        }
        return counted == null ? statistics.rows() : Math.min(counted, statistics.rows());
    }
}
