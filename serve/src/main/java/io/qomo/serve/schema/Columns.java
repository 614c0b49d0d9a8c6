package io.qomo.serve.schema;

import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.ColumnDef;
import org.jspecify.annotations.Nullable;

/// Columns with one thing changed.
final class Columns {
    private Columns() {}

    /// With another nullability and default.
    static ColumnDef with(ColumnDef c, boolean nullable, @Nullable String defaultSql, boolean defaultIsExpression) {
        return new ColumnDef(
                c.id(),
                c.name(),
                c.type(),
                nullable,
                defaultSql,
                defaultIsExpression,
                c.onUpdateNow(),
                c.autoIncrement(),
                c.generatedSql(),
                c.stored(),
                c.visibility(),
                c.comment(),
                c.originDefault());
    }

    /// With another type.
    static ColumnDef withType(ColumnDef c, SqlType type) {
        return new ColumnDef(
                c.id(),
                c.name(),
                type,
                c.nullable(),
                c.defaultSql(),
                c.defaultIsExpression(),
                c.onUpdateNow(),
                c.autoIncrement(),
                c.generatedSql(),
                c.stored(),
                c.visibility(),
                c.comment(),
                c.originDefault());
    }

    /// With another name.
    static ColumnDef withName(ColumnDef c, String name) {
        return new ColumnDef(
                c.id(),
                name,
                c.type(),
                c.nullable(),
                c.defaultSql(),
                c.defaultIsExpression(),
                c.onUpdateNow(),
                c.autoIncrement(),
                c.generatedSql(),
                c.stored(),
                c.visibility(),
                c.comment(),
                c.originDefault());
    }

    /// With another visibility.
    static ColumnDef withVisibility(ColumnDef c, ColumnDef.Visibility visibility) {
        return new ColumnDef(
                c.id(),
                c.name(),
                c.type(),
                c.nullable(),
                c.defaultSql(),
                c.defaultIsExpression(),
                c.onUpdateNow(),
                c.autoIncrement(),
                c.generatedSql(),
                c.stored(),
                visibility,
                c.comment(),
                c.originDefault());
    }

    /// With another text of its generated value.
    static ColumnDef withGenerated(ColumnDef c, @Nullable String generatedSql) {
        return new ColumnDef(
                c.id(),
                c.name(),
                c.type(),
                c.nullable(),
                c.defaultSql(),
                c.defaultIsExpression(),
                c.onUpdateNow(),
                c.autoIncrement(),
                generatedSql,
                c.stored(),
                c.visibility(),
                c.comment(),
                c.originDefault());
    }

    /// With what rows written before it show.
    static ColumnDef withOrigin(ColumnDef c, byte @Nullable [] originDefault) {
        return new ColumnDef(
                c.id(),
                c.name(),
                c.type(),
                c.nullable(),
                c.defaultSql(),
                c.defaultIsExpression(),
                c.onUpdateNow(),
                c.autoIncrement(),
                c.generatedSql(),
                c.stored(),
                c.visibility(),
                c.comment(),
                originDefault);
    }

    /// With another id.
    static ColumnDef withId(ColumnDef c, int id) {
        return new ColumnDef(
                id,
                c.name(),
                c.type(),
                c.nullable(),
                c.defaultSql(),
                c.defaultIsExpression(),
                c.onUpdateNow(),
                c.autoIncrement(),
                c.generatedSql(),
                c.stored(),
                c.visibility(),
                c.comment(),
                c.originDefault());
    }
}
