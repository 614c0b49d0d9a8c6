package io.qomo.query.sql.ast;

import org.jspecify.annotations.Nullable;

/// The name of a table, view, routine, trigger or event: `[schema.]name`.
public record TableName(Span span, @Nullable String schema, String name) {
    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
