package io.qomo.serve.schema;

import static io.qomo.serve.schema.SqlText.identifier;
import static io.qomo.serve.schema.SqlText.string;

import io.qomo.base.type.Collation;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import java.util.ArrayList;
import java.util.List;

/// The statement that makes a table again, letter for letter as MySQL 8.0's SHOW CREATE TABLE prints it.
public final class CreateTableText {
    private final TableDef table;
    private final long nextAutoIncrement;
    private final boolean quoted;

    private CreateTableText(TableDef table, long nextAutoIncrement, boolean quoted) {
        this.table = table;
        this.nextAutoIncrement = nextAutoIncrement;
        this.quoted = quoted;
    }

    /// @param nextAutoIncrement the next value of the AUTO_INCREMENT column, 0 or 1 if it need not be told
    /// @param quoted whether all identifiers are quoted (sql_quote_show_create)
    public static String of(TableDef table, long nextAutoIncrement, boolean quoted) {
        return new CreateTableText(table, nextAutoIncrement, quoted).text();
    }

    /// The clause of a foreign key, as in error 1452.
    static String foreignKey(TableDef table, ForeignKeyDef key) {
        return new CreateTableText(table, 0, true).foreignKey(key);
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        for (ColumnDef column : table.columns()) {
            if (column.visibility() != Visibility.HIDDEN) {
                lines.add(column(column));
            }
        }
        for (IndexDef index : table.indexes()) {
            if (index.state() == IndexDef.State.PUBLIC && !(index.isPrimary() && table.hasHiddenRowId())) {
                lines.add(index(index));
            }
        }
        for (ForeignKeyDef key : table.foreignKeysByName()) {
            lines.add(foreignKey(key));
        }
        for (CheckDef check : table.checks()) {
            lines.add("CONSTRAINT " + name(check.name()) + " CHECK (" + check.sql() + ")"
                    + (check.enforced() ? "" : " /*!80016 NOT ENFORCED */"));
        }
        return "CREATE " + (table.temporary() ? "TEMPORARY " : "") + "TABLE " + name(table.name()) + " (\n  "
                + String.join(",\n  ", lines) + "\n) " + options();
    }

    private String name(String name) {
        boolean isPlain = !name.isEmpty()
                && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '$'))
                && !name.chars().allMatch(Character::isDigit);
        return quoted || !isPlain ? identifier(name) : name;
    }

    private String column(ColumnDef column) {
        StringBuilder out = new StringBuilder(name(column.name())).append(' ').append(TypeText.of(column.type()));
        appendCharset(out, column);
        if (column.generatedSql() != null) {
            out.append(" GENERATED ALWAYS AS (").append(column.generatedSql()).append(") ");
            out.append(column.stored() ? "STORED" : "VIRTUAL");
        }
        if (!column.nullable()) {
            out.append(" NOT NULL");
        } else if (column.type().kind() == TypeKind.TIMESTAMP) {
            out.append(" NULL");
        }
        if (column.visibility() == Visibility.INVISIBLE) {
            out.append(" /*!80023 INVISIBLE */");
        }
        appendDefault(out, column);
        if (column.onUpdateNow()) {
            out.append(" ON UPDATE ").append(currentTimestamp(column));
        }
        if (column.autoIncrement()) {
            out.append(" AUTO_INCREMENT");
        }
        if (!column.comment().isEmpty()) {
            out.append(" COMMENT ").append(string(column.comment()));
        }
        return out.toString();
    }

    private void appendCharset(StringBuilder out, ColumnDef column) {
        TypeKind kind = column.type().kind();
        boolean hasCharset = column.type().isCharacterString() || kind == TypeKind.ENUM || kind == TypeKind.SET;
        if (!hasCharset) {
            return;
        }
        Collation collation = column.type().collation();
        boolean differs = collation != table.collation();
        if (differs) {
            out.append(" CHARACTER SET ").append(collation.charset().sqlName());
        }
        if (!collation.isDefault() && (differs || collation != Collation.UTF8MB4_0900_AI_CI)) {
            out.append(" COLLATE ").append(collation.sqlName());
        }
    }

    private static void appendDefault(StringBuilder out, ColumnDef column) {
        if (column.isGenerated()) {
            return;
        }
        String written = column.defaultSql();
        if (written == null || written.equals("NULL")) {
            if (column.nullable() && !column.type().kind().isLob()) {
                out.append(" DEFAULT NULL");
            }
        } else if (!column.defaultIsExpression()) {
            out.append(" DEFAULT ").append(written);
        } else if (written.startsWith("CURRENT_TIMESTAMP")) {
            out.append(" DEFAULT ").append(written);
        } else {
            out.append(" DEFAULT (").append(written).append(')');
        }
    }

    /// CURRENT_TIMESTAMP with as many fraction digits as the column.
    static String currentTimestamp(ColumnDef column) {
        int digits = column.type().scale();
        return digits > 0 ? "CURRENT_TIMESTAMP(" + digits + ")" : "CURRENT_TIMESTAMP";
    }

    private String index(IndexDef index) {
        StringBuilder out = new StringBuilder();
        if (index.isPrimary()) {
            out.append("PRIMARY KEY ");
        } else {
            out.append(
                    switch (index.kind()) {
                        case BTREE -> index.unique() ? "UNIQUE KEY " : "KEY ";
                        case FULLTEXT -> "FULLTEXT KEY ";
                        case SPATIAL -> "SPATIAL KEY ";
                    });
            out.append(name(index.name())).append(' ');
        }
        List<String> parts = new ArrayList<>();
        for (IndexDef.Part part : index.parts()) {
            parts.add(part(part));
        }
        out.append('(').append(String.join(",", parts)).append(')');
        if (!index.comment().isEmpty()) {
            out.append(" COMMENT ").append(string(index.comment()));
        }
        return out.append(index.visible() ? "" : " /*!80000 INVISIBLE */").toString();
    }

    private String part(IndexDef.Part part) {
        ColumnDef column = table.columnById(part.columnId());
        String text = column.visibility() == Visibility.HIDDEN && column.generatedSql() != null
                ? "(" + column.generatedSql() + ")"
                : name(column.name());
        return text
                + (part.prefixLength() > 0 ? "(" + part.prefixLength() + ")" : "")
                + (part.descending() ? " DESC" : "");
    }

    private String foreignKey(ForeignKeyDef key) {
        List<String> columns = key.columnIds().stream()
                .map(id -> name(table.columnById(id).name()))
                .toList();
        List<String> parents = key.parentColumns().stream().map(this::name).toList();
        String parent = key.parentDatabase().equalsIgnoreCase(table.database())
                ? name(key.parentTable())
                : name(key.parentDatabase()) + "." + name(key.parentTable());
        return "CONSTRAINT " + name(key.name()) + " FOREIGN KEY (" + String.join(", ", columns) + ") REFERENCES "
                + parent + " (" + String.join(", ", parents) + ")" + action(" ON DELETE ", key.onDelete())
                + action(" ON UPDATE ", key.onUpdate());
    }

    private static String action(String clause, ForeignKeyDef.Action action) {
        return switch (action) {
            case NO_ACTION -> "";
            case RESTRICT -> clause + "RESTRICT";
            case CASCADE -> clause + "CASCADE";
            case SET_NULL -> clause + "SET NULL";
            case SET_DEFAULT -> clause + "SET DEFAULT";
        };
    }

    private String options() {
        StringBuilder out = new StringBuilder("ENGINE=InnoDB");
        if (nextAutoIncrement > 1 || nextAutoIncrement < 0) {
            out.append(" AUTO_INCREMENT=").append(Long.toUnsignedString(nextAutoIncrement));
        }
        Collation collation = table.collation();
        out.append(" DEFAULT CHARSET=").append(collation.charset().sqlName());
        if (!collation.isDefault() || collation == Collation.UTF8MB4_0900_AI_CI) {
            out.append(" COLLATE=").append(collation.sqlName());
        }
        if (!table.options().isEmpty()) {
            out.append(' ').append(table.options());
        }
        if (!table.comment().isEmpty()) {
            out.append(" COMMENT=").append(string(table.comment()));
        }
        return out.toString();
    }
}
