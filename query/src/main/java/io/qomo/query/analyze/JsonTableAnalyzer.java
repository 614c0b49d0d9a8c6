package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonPath;
import io.qomo.base.type.CharsetNames;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.JsonColumn;
import io.qomo.query.function.JsonTableShape;
import io.qomo.query.function.JsonValueFunction;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.SpecialFunction.JsonResponse;
import io.qomo.query.sql.ast.TableReference.JsonTable;
import io.qomo.query.sql.ast.TableReference.JsonTableColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Analyzes JSON_TABLE(): its document may use the tables before it, its columns become a relation.
final class JsonTableAnalyzer {
    private final Scope scope;
    private final BindContext context;
    private final List<String> names = new ArrayList<>();
    private final List<SqlType> types = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /// @param scope of what the document may name
    JsonTableAnalyzer(Scope scope) {
        this.scope = scope;
        this.context = scope.block().environment().analysis().context().bind();
    }

    FromItem analyze(JsonTable table) {
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        Expr document = JsonValueFunction.tableDocument(binder.bind(table.document()));
        Expr path = binder.bind(table.path());
        if (!(path instanceof Expr.Constant c && c.value() instanceof BytesVector text && !text.isNull(0))) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "JSON_TABLE");
        }
        JsonTableShape shape = shape(JsonPath.parse(text.getString(0)), table.columns());
        List<Column> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Column column = scope.block().environment().analysis().newColumn(types.get(i), true, names.get(i));
            columns.add(column);
            fields.add(new Field(names.get(i), column, Origin.NONE.under(table.alias()), true));
        }
        return FromItem.of(
                new LogicalPlan.JsonTable(columns, shape, document, table.alias()),
                new Relation("", table.alias(), fields, null, null));
    }

    private JsonTableShape shape(JsonPath path, List<JsonTableColumn> columns) {
        List<Integer> ordinality = new ArrayList<>();
        List<JsonTableShape.Slot> values = new ArrayList<>();
        List<JsonTableShape> nested = new ArrayList<>();
        for (JsonTableColumn column : columns) {
            switch (column) {
                case JsonTableColumn.Ordinality o -> ordinality.add(slot(o.name(), JsonTableShape.ORDINALITY));
                case JsonTableColumn.Path p -> {
                    SqlType type = type(p.type());
                    values.add(new JsonTableShape.Slot(slot(p.name(), type), column(p, type)));
                }
                case JsonTableColumn.Nested n -> nested.add(shape(JsonPath.parse(n.path()), n.columns()));
            }
        }
        return new JsonTableShape(path, ordinality, values, nested);
    }

    private int slot(String name, SqlType type) {
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            throw new SqlException(ErrorCode.DUPLICATE_FIELD_NAME, name);
        }
        names.add(name);
        types.add(type);
        return names.size() - 1;
    }

    private JsonColumn column(JsonTableColumn.Path p, SqlType type) {
        return new JsonColumn(
                p.name(),
                type,
                JsonPath.parse(p.path()),
                p.exists(),
                true,
                response(p.onEmpty(), p.name(), type),
                response(p.onError(), p.name(), type));
    }

    private JsonColumn.Response response(@Nullable JsonResponse response, String column, SqlType type) {
        if (response == null) {
            return JsonColumn.Response.NULL;
        }
        return switch (response.kind()) {
            case NULL -> JsonColumn.Response.NULL;
            case ERROR -> JsonColumn.Response.ERROR;
            case DEFAULT -> {
                Expr value = response.defaultValue() == null
                        ? Calls.nullOf(SqlType.NULL)
                        : new ExpressionAnalyzer(scope).bind(response.defaultValue());
                if (!(value instanceof Expr.Constant c && c.value() instanceof BytesVector text)) {
                    throw new SqlException(ErrorCode.INVALID_DEFAULT, column);
                }
                yield JsonValueFunction.defaultOf(text.getString(0), column, type, context);
            }
        };
    }

    /// The type of a column: strings are in utf8mb4 unless they say otherwise.
    private static SqlType type(DataType t) {
        return switch (t.name()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
                SqlType.integer(TypeKind.valueOf(t.name().name()), t.unsigned() || t.zerofill());
            case FLOAT, DOUBLE -> {
                boolean isDouble = t.name() == DataType.Name.DOUBLE || (t.scale() < 0 && t.length() > 24);
                boolean isSized = t.scale() >= 0;
                yield new SqlType(
                        isDouble ? TypeKind.DOUBLE : TypeKind.FLOAT,
                        isSized ? t.length() : -1,
                        isSized ? t.scale() : -1,
                        t.unsigned(),
                        false,
                        Collation.BINARY,
                        List.of());
            }
            case DECIMAL -> {
                SqlType decimal = SqlType.decimal(t.length() <= 0 ? 10 : t.length(), Math.max(t.scale(), 0));
                yield new SqlType(
                        TypeKind.DECIMAL,
                        decimal.length(),
                        decimal.scale(),
                        t.unsigned(),
                        false,
                        Collation.BINARY,
                        List.of());
            }
            case BIT -> new SqlType(TypeKind.BIT, Math.max(t.length(), 1), 0, true, false, Collation.BINARY, List.of());
            case YEAR -> SqlType.YEAR;
            case DATE -> SqlType.DATE;
            case TIME, DATETIME, TIMESTAMP ->
                SqlType.temporal(TypeKind.valueOf(t.name().name()), Math.max(t.length(), 0));
            case JSON -> SqlType.JSON;
            case CHAR -> SqlType.string(TypeKind.CHAR, Math.max(t.length(), 1), collation(t));
            case VARCHAR -> SqlType.varchar(t.length(), collation(t));
            case BINARY -> SqlType.string(TypeKind.BINARY, Math.max(t.length(), 1), Collation.BINARY);
            case VARBINARY -> SqlType.varbinary(t.length());
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                SqlType.string(TypeKind.valueOf(t.name().name()), -1, collation(t));
            case TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
                SqlType.string(TypeKind.valueOf(t.name().name()), -1, Collation.BINARY);
            case ENUM, SET ->
                new SqlType(TypeKind.valueOf(t.name().name()), -1, 0, false, false, collation(t), t.members());
            case VECTOR,
                    GEOMETRY,
                    POINT,
                    LINESTRING,
                    POLYGON,
                    MULTIPOINT,
                    MULTILINESTRING,
                    MULTIPOLYGON,
                    GEOMETRYCOLLECTION ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, t.name() + " in JSON_TABLE");
        };
    }

    private static Collation collation(DataType t) {
        if (t.collation() != null) {
            String name = t.collation();
            return Collation.byName(name).orElseThrow(() -> CharsetNames.unknownCollation(name));
        }
        return t.charset() == null ? Collation.UTF8MB4_0900_AI_CI : LiteralAnalyzer.collationOf(t.charset());
    }
}
