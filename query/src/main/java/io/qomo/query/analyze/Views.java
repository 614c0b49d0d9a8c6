package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.ViewDef;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.List;

/// Expands views.
final class Views {
    private Views() {}

    /// What surrounds the definition of a view. Error VIEW_INVALID for a view in itself.
    static Environment inside(Environment around, TableDef view, ViewDef def) {
        String name = view.database() + "." + view.name();
        if (around.views().contains(name)) {
            throw invalid(view);
        }
        List<String> views = new ArrayList<>(around.views());
        views.add(name);
        AccessChecker hidden = around.views().isEmpty()
                ? new ViewAccess(around.access(), view.database(), view.name())
                : around.access();
        AccessChecker access = def.securityDefiner() ? hidden.forDefiner(def.definer()) : hidden;
        return new Environment(
                around.analysis(), def.sql(), view.database(), access, List.of(), around.isMaterialized(), views);
    }

    /// The query of a view. Error VIEW_INVALID.
    static AnalyzedQuery expand(Environment around, TableDef view, Locking locking) {
        ViewDef def = definition(view);
        QueryExpression query = StoredSql.query(def.sql());
        Environment inside = inside(around, view, def);
        Locking all = locking.lockFor(view.database(), view.name()) == null ? Locking.NONE : locking.everything();
        AnalyzedQuery result;
        try {
            result = new QueryAnalyzer(inside, null, 1).analyze(query, all.clauses());
        } catch (SqlException e) {
            throw isAboutDefinition(e) ? invalid(view) : e;
        }
        if (result.fields().size() != view.columns().size()) {
            throw invalid(view);
        }
        return result;
    }

    /// The definition; the table is a view.
    static ViewDef definition(TableDef view) {
        ViewDef def = view.view();
        if (def == null) {
            throw invalid(view);
        }
        return def;
    }

    static SqlException invalid(TableDef view) {
        return new SqlException(ErrorCode.VIEW_INVALID, view.database(), view.name());
    }

    /// True of errors that mean that what the view names has gone or may not be used.
    static boolean isAboutDefinition(SqlException e) {
        return switch (e.code()) {
            case BAD_FIELD,
                    NO_SUCH_TABLE,
                    UNKNOWN_DATABASE,
                    FUNCTION_DOES_NOT_EXIST,
                    NON_UNIQUE_COLUMN,
                    BAD_TABLE,
                    TABLE_ACCESS_DENIED,
                    COLUMN_ACCESS_DENIED,
                    DB_ACCESS_DENIED,
                    VIEW_INVALID -> true;
            default -> false;
        };
    }
}
