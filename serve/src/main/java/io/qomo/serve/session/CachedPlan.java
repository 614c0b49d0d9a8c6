package io.qomo.serve.session;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.query.optimize.Planner.Planned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan and all it depends on: it may be run again while that is the same.
///
/// @param planned the plan
/// @param locks of the tables it uses
/// @param catalogVersion of the schema
/// @param accountVersion of the accounts, whose privileges were checked
/// @param sqlMode bits
/// @param collation collation_connection
/// @param divPrecisionIncrement div_precision_increment
/// @param database current database
/// @param parameterTypes types of the parameters
record CachedPlan(
        Planned planned,
        StatementLocks locks,
        long catalogVersion,
        long accountVersion,
        long sqlMode,
        Collation collation,
        int divPrecisionIncrement,
        @Nullable String database,
        List<SqlType> parameterTypes) {
    /// True if the plan may be run as things are.
    boolean fits(ServerSession session, List<Vector> parameters) {
        SessionSettings settings = session.settings();
        String current = session.database();
        return catalogVersion == session.catalog().version()
                && accountVersion == session.server().parts().accounts().version()
                && sqlMode == settings.sqlMode().bits()
                && collation == settings.connectionCollation()
                && divPrecisionIncrement == settings.divPrecisionIncrement()
                && (database == null ? current == null : database.equals(current))
                && sameTypes(parameters);
    }

    private boolean sameTypes(List<Vector> parameters) {
        if (parameters.size() != parameterTypes.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameterTypes.get(i).equals(parameters.get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
