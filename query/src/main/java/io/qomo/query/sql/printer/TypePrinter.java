package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.DataType;
import java.util.Locale;

/// Types in columns and in CAST.
final class TypePrinter {
    private TypePrinter() {}

    /// As a column's type.
    static void print(SqlWriter out, DataType type) {
        out.text(type.name().name().toLowerCase(Locale.ROOT));
        if (!type.members().isEmpty()) {
            out.text("(").list(type.members(), out::string).text(")");
        }
        length(out, type);
        if (type.unsigned()) {
            out.text(" unsigned");
        }
        if (type.zerofill()) {
            out.text(" zerofill");
        }
        if (type.charset() != null) {
            out.text(" CHARACTER SET ").text(type.charset());
        }
        if (type.binary()) {
            out.text(" BINARY");
        }
        if (type.collation() != null) {
            out.text(" COLLATE ").text(type.collation());
        }
    }

    private static void length(SqlWriter out, DataType type) {
        if (type.length() >= 0) {
            out.text("(").number(type.length());
            if (type.scale() >= 0) {
                out.text(",").number(type.scale());
            }
            out.text(")");
        }
    }

    /// As the type of CAST.
    static void printCast(SqlWriter out, DataType type) {
        if (type.name() == DataType.Name.BIGINT) {
            out.text(type.unsigned() ? "unsigned" : "signed");
            return;
        }
        out.text(type.name().name().toLowerCase(Locale.ROOT));
        length(out, type);
        if (type.charset() != null) {
            out.text(" charset ").text(type.charset());
        }
        if (type.binary()) {
            out.text(" binary");
        }
    }
}
