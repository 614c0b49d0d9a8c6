package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.type.Types;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.DmlStatement.LoadDataStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.query.sql.ast.Span;
import java.util.ArrayList;
import java.util.List;

/// Where each field of a LOAD DATA file goes.
///
/// @param targets per field a column or a user variable
/// @param columns per field the column's definition; that of a user variable takes everything
/// @param types per field the type its parameter has
/// @param defaulted below this number of fields a column is missing that has a default
/// @param isRowWise whether rows go one by one
/// @param ignores whether what is wrong with a row is only a warning
record LoadPlan(
        TableDef table,
        List<Expression> targets,
        List<ColumnDef> columns,
        List<SqlType> types,
        int defaulted,
        boolean isRowWise,
        boolean ignores) {
    static final SqlType TEXT = SqlType.string(TypeKind.LONGTEXT, -1, Collation.UTF8MB4_0900_AI_CI);
    static final SqlType BLOB = SqlType.string(TypeKind.LONGBLOB, -1, Collation.BINARY);
    private static final ColumnDef VARIABLE = new ColumnDef(
            0, "", TEXT, true, null, false, false, false, null, false, ColumnDef.Visibility.VISIBLE, "", null);

    /// Of a statement. Errors NO_DATABASE_SELECTED, NO_SUCH_TABLE, BAD_FIELD.
    static LoadPlan of(ServerSession session, LoadDataStatement statement) {
        TableDef table = table(session, statement);
        List<Expression> targets = new ArrayList<>(statement.targets());
        if (targets.isEmpty()) {
            for (ColumnDef column : table.columns()) {
                if (column.visibility() == ColumnDef.Visibility.VISIBLE && !column.isGenerated()) {
                    targets.add(new ColumnReference(Span.NONE, null, null, column.name()));
                }
            }
        }
        boolean isBinary = "binary".equalsIgnoreCase(statement.charset());
        List<ColumnDef> columns = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        int defaulted = 0;
        for (Expression target : targets) {
            ColumnDef column = target instanceof ColumnReference c ? column(table, c) : VARIABLE;
            columns.add(column);
            types.add(isBinary || column.type().isBinaryString() ? BLOB : TEXT);
            defaulted = hasDefault(table, column) ? columns.size() : defaulted;
        }
        boolean isRowWise =
                !statement.assignments().isEmpty() || targets.stream().anyMatch(UserVariable.class::isInstance);
        // Over the network an error cannot stop the client, so LOCAL goes on as IGNORE does.
        boolean ignores = statement.duplicates() == DuplicateHandling.IGNORE
                || (statement.local() && statement.duplicates() == DuplicateHandling.ERROR);
        return new LoadPlan(table, targets, columns, types, defaulted, isRowWise, ignores);
    }

    private static TableDef table(ServerSession session, LoadDataStatement statement) {
        String schema = statement.table().schema();
        String database = schema != null ? schema : session.database();
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        return session.catalog()
                .table(database, statement.table().name())
                .orElseThrow(() -> new SqlException(
                        ErrorCode.NO_SUCH_TABLE, database, statement.table().name()));
    }

    private static ColumnDef column(TableDef table, ColumnReference reference) {
        int ordinal = table.ordinalOf(reference.column());
        if (ordinal < 0) {
            throw new SqlException(ErrorCode.BAD_FIELD, reference.column(), "field list");
        }
        return table.columns().get(ordinal);
    }

    /// True for a column that gets its DEFAULT where the line has no field for it. A view knows the defaults of its
    /// table only when rows are inserted.
    private static boolean hasDefault(TableDef table, ColumnDef column) {
        return column != VARIABLE && (column.defaultSql() != null || table.kind() == TableDef.Kind.VIEW);
    }

    /// As [#hasDefault(TableDef, ColumnDef)], of a field.
    boolean hasDefault(int field) {
        return hasDefault(table, columns.get(field));
    }

    /// True where NULL is not allowed and means no other value.
    boolean refusesNull(int field) {
        ColumnDef column = columns.get(field);
        return !column.nullable() && !column.autoIncrement() && table.kind() == TableDef.Kind.BASE;
    }

    /// What stands for NULL where it is not allowed, as text.
    String implicitText(int field) {
        SqlType type = columns.get(field).type();
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE -> "0";
            case YEAR -> "0000";
            case DATE -> "0000-00-00";
            case TIME -> "00:00:00";
            case DATETIME, TIMESTAMP -> "0000-00-00 00:00:00";
            case ENUM -> type.members().getFirst();
            case JSON -> "null";
            case NULL, BIT, CHAR, VARCHAR, BINARY, VARBINARY, SET -> "";
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> "";
        };
    }

    /// Per field how many bytes it takes where nothing separates fields. Error BLOBS_AND_NO_TERMINATED if one has no
    /// such number.
    int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            SqlType type = columns.get(i).type();
            if (columns.get(i) == VARIABLE || isLong(type)) {
                throw new SqlException(ErrorCode.BLOBS_AND_NO_TERMINATED);
            }
            widths[i] = width(type);
        }
        return widths;
    }

    /// True for the types without a width.
    static boolean isLong(SqlType type) {
        return switch (type.kind()) {
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB, JSON -> true;
            default -> false;
        };
    }

    /// The bytes of a value in a row of fixed size.
    static int width(SqlType type) {
        boolean isText = type.kind().isString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
        Charset charset = isText ? type.collation().charset() : Charset.LATIN1;
        return (int) Math.min(Types.columnLength(type, charset), Integer.MAX_VALUE);
    }
}
