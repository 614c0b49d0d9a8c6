package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.sql.ast.AlterAction.ConvertCharset;
import java.util.List;

/// CONVERT TO CHARACTER SET: every character column and the table's default.
final class CharsetConversion {
    private static final int MAX_VARYING_BYTES = 65_535;

    private final SchemaSession session;
    private final TableDraft draft;

    CharsetConversion(SchemaSession session, TableDraft draft) {
        this.session = session;
        this.draft = draft;
    }

    void convert(ConvertCharset action) {
        boolean isDefault = action.charset().equalsIgnoreCase("default");
        Collation inherited = session.catalog()
                .database(draft.database())
                .map(d -> d.collation())
                .orElse(session.serverCollation());
        Collation to = TypeResolver.collation(
                isDefault ? null : action.charset(), action.collation(), inherited, session.utf8mb4Default());
        for (ColumnDef column : List.copyOf(draft.columns())) {
            SqlType type = column.type();
            boolean hasCharset =
                    type.isCharacterString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
            if (hasCharset && column.generatedSql() == null) {
                draft.replaceColumn(Columns.withType(column, converted(column.name(), type, to)));
            }
        }
        draft.setCollation(to);
    }

    /// TEXT types grow where the new character set may need more bytes for the same characters.
    private static SqlType converted(String name, SqlType type, Collation to) {
        int before = type.collation().charset().maxBytesPerChar();
        int after = to.charset().maxBytesPerChar();
        if (type.kind() == TypeKind.VARCHAR && (long) type.length() * after > MAX_VARYING_BYTES) {
            throw new SqlException(ErrorCode.TOO_BIG_FIELD_LENGTH, name, MAX_VARYING_BYTES / after);
        }
        if (after > before) {
            TypeKind wider = switch (type.kind()) {
                case TINYTEXT -> TypeKind.TEXT;
                case TEXT -> TypeKind.MEDIUMTEXT;
                case MEDIUMTEXT -> TypeKind.LONGTEXT;
                default -> type.kind();
            };
            return new SqlType(wider, type.length(), type.scale(), false, false, to, type.members());
        }
        return type.withCollation(to);
    }
}
