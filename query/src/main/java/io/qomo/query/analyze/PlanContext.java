package io.qomo.query.analyze;

import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a plan is made for. A plan may be cached for contexts that are equal in all this (the catalog by its version).
///
/// @param catalog the schema
/// @param database the current one, or null
/// @param bind what typing depends on
/// @param sql the text the statement was parsed from: result columns are named by pieces of it
/// @param parameterTypes of the `?` by index; shorter than their number where types are not known yet: then a
///     parameter counts as a string, so that result columns can be described
/// @param access asked for every table and column that is used
public record PlanContext(
        Catalog catalog,
        @Nullable String database,
        BindContext bind,
        String sql,
        List<SqlType> parameterTypes,
        AccessChecker access) {
    public PlanContext {
        parameterTypes = List.copyOf(parameterTypes);
    }
}
