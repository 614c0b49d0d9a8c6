package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.FunctionCall;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.TableElement.AttributeOption;
import io.qomo.query.sql.ast.TableElement.ColumnDefault;
import io.qomo.query.sql.ast.TableElement.ColumnDefinition;
import io.qomo.query.sql.ast.TableElement.ColumnKey;
import io.qomo.query.sql.ast.TableElement.GeneratedColumn;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Columns from their definitions, with MySQL's checks of one column by itself.
final class ColumnBuilder {
    private static final int MAX_COMMENT_CHARACTERS = 1024;
    private static final Set<String> NOW = Set.of("now", "current_timestamp", "localtime", "localtimestamp");

    private final SchemaSession session;
    private final TypeResolver types;

    ColumnBuilder(SchemaSession session, Collation tableCollation) {
        this.session = session;
        this.types = new TypeResolver(
                tableCollation, session.utf8mb4Default(), session.sqlMode().isStrict());
    }

    /// The column, without its keys and checks. Generated columns get their text; whether it makes sense is the
    /// table's matter.
    ColumnDef build(int id, ColumnDefinition definition) {
        String name = definition.name();
        Names.checkColumn(name);
        refuseUnsupported(definition);
        SqlType type = types.resolve(name, definition.type());
        String comment = definition.comment() == null ? "" : definition.comment();
        if (comment.codePointCount(0, comment.length()) > MAX_COMMENT_CHARACTERS) {
            throw new SqlException(ErrorCode.TOO_LONG_FIELD_COMMENT, name, MAX_COMMENT_CHARACTERS);
        }
        boolean isPrimary = definition.key() == ColumnKey.PRIMARY;
        if (isPrimary && Boolean.TRUE.equals(definition.nullable())) {
            throw new SqlException(ErrorCode.PRIMARY_CANT_HAVE_NULL);
        }
        boolean nullable = !Boolean.FALSE.equals(definition.nullable()) && !isPrimary;
        if (definition.autoIncrement()) {
            checkAutoIncrement(definition, type);
            nullable = false;
        }
        checkOnUpdate(definition, type);
        Default given = definition.defaultValue() == null
                ? new Default(null, false)
                : defaultOf(name, type, nullable, definition.defaultValue());
        GeneratedColumn generated = definition.generated();
        return new ColumnDef(
                id,
                name,
                type,
                nullable,
                given.sql,
                given.isExpression,
                definition.onUpdate() >= 0,
                definition.autoIncrement(),
                generated == null ? null : session.print(generated.expression()),
                generated != null && generated.stored(),
                Boolean.FALSE.equals(definition.visible()) ? Visibility.INVISIBLE : Visibility.VISIBLE,
                comment,
                null);
    }

    private static void refuseUnsupported(ColumnDefinition definition) {
        if (definition.srid() >= 0) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "SRID");
        }
        for (AttributeOption option : definition.options()) {
            boolean isDefault =
                    option.value().equalsIgnoreCase("DEFAULT") || option.value().isEmpty();
            boolean isHarmless =
                    option.name().equals("COLUMN_FORMAT") || option.name().equals("STORAGE");
            if (!isDefault && !isHarmless) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, option.name());
            }
        }
        if (definition.generated() != null) {
            if (definition.defaultValue() != null) {
                throw new SqlException(ErrorCode.WRONG_USAGE, "DEFAULT", "generated column");
            }
            if (definition.autoIncrement()) {
                throw new SqlException(ErrorCode.WRONG_USAGE, "AUTO_INCREMENT", "generated column");
            }
            if (definition.onUpdate() >= 0) {
                throw new SqlException(ErrorCode.WRONG_USAGE, "ON UPDATE", "generated column");
            }
        }
    }

    private static void checkAutoIncrement(ColumnDefinition definition, SqlType type) {
        if (!type.kind().isInteger() && !type.kind().isApproximate()) {
            throw new SqlException(ErrorCode.WRONG_FIELD_SPEC, definition.name());
        }
        if (definition.defaultValue() != null) {
            throw new SqlException(ErrorCode.INVALID_DEFAULT, definition.name());
        }
    }

    private static void checkOnUpdate(ColumnDefinition definition, SqlType type) {
        if (definition.onUpdate() < 0) {
            return;
        }
        boolean isTimestamp = type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.DATETIME;
        if (!isTimestamp || definition.onUpdate() != type.scale()) {
            throw new SqlException(ErrorCode.INVALID_ON_UPDATE, definition.name());
        }
    }

    /// A DEFAULT as a column keeps it.
    record Default(@Nullable String sql, boolean isExpression) {}

    /// A DEFAULT clause brought to its column's type. Errors 1067 and 1101.
    Default defaultOf(String name, SqlType type, boolean nullable, ColumnDefault written) {
        Expression value = written.value();
        if (!written.parenthesized()) {
            if (value instanceof FunctionCall call && NOW.contains(call.name())) {
                return now(name, type, call);
            }
            if (DefaultLiteral.isLiteral(value)) {
                return literal(name, type, nullable, value);
            }
        }
        return new Default(session.print(value), true);
    }

    private Default literal(String name, SqlType type, boolean nullable, Expression value) {
        if (value instanceof Literal.NullLiteral) {
            if (!nullable) {
                throw new SqlException(ErrorCode.INVALID_DEFAULT, name);
            }
            return new Default("NULL", false);
        }
        if (type.kind().isLob() || type.kind() == TypeKind.JSON) {
            boolean isEmptyText =
                    value instanceof Literal.StringLiteral s && s.value().isEmpty();
            if (isEmptyText && !session.sqlMode().isStrict() && type.kind() != TypeKind.JSON) {
                session.warn(ErrorCode.BLOB_CANT_HAVE_DEFAULT, name);
                return new Default(null, false);
            }
            throw new SqlException(ErrorCode.BLOB_CANT_HAVE_DEFAULT, name);
        }
        return new Default(DefaultLiteral.of(value, name, type, session.sqlMode()), false);
    }

    private static Default now(String name, SqlType type, FunctionCall call) {
        boolean isTimestamp = type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.DATETIME;
        int digits = call.arguments().isEmpty()
                ? 0
                : call.arguments().getFirst() instanceof Literal.IntegerLiteral n ? (int) n.value() : -1;
        if (!isTimestamp || digits != type.scale()) {
            throw new SqlException(ErrorCode.INVALID_DEFAULT, name);
        }
        return new Default(digits > 0 ? "CURRENT_TIMESTAMP(" + digits + ")" : "CURRENT_TIMESTAMP", true);
    }
}
