package io.qomo.query.analyze;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What surrounds a query block besides enclosing queries.
///
/// @param analysis the statement
/// @param sql the text the syntax tree's spans point into
/// @param database for unqualified names, or null
/// @param access the privileges that count
/// @param ctes the common table expressions in sight, innermost last
/// @param isMaterialized inside a derived table or common table expression: may read a table the statement changes
/// @param views names of the views being expanded, outermost first: guards against a view in itself
record Environment(
        Analysis analysis,
        String sql,
        @Nullable String database,
        AccessChecker access,
        List<CteEntry> ctes,
        boolean isMaterialized,
        List<String> views) {
    Environment {
        ctes = List.copyOf(ctes);
        views = List.copyOf(views);
    }

    /// For a statement.
    static Environment of(Analysis analysis) {
        PlanContext c = analysis.context();
        return new Environment(analysis, c.sql(), c.database(), c.access(), List.of(), false, List.of());
    }

    /// With more common table expressions.
    Environment withCtes(List<CteEntry> more) {
        return new Environment(analysis, sql, database, access, more, isMaterialized, views);
    }

    /// For the inside of a derived table.
    Environment materialized() {
        return isMaterialized ? this : new Environment(analysis, sql, database, access, ctes, true, views);
    }

    /// A common table expression by name, or null.
    @Nullable CteEntry cte(String name) {
        for (int i = ctes.size() - 1; i >= 0; i--) {
            if (ctes.get(i).name().equalsIgnoreCase(name)) {
                return ctes.get(i);
            }
        }
        return null;
    }
}
