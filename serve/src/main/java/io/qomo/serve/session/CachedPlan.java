package io.qomo.serve.session;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.optimize.Planner.Planned;
import io.qomo.serve.account.Access;
import io.qomo.serve.session.api.ResultColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plan and all it depends on: it may be run again while that is the same ([#fits]).
///
/// It depends on the schema and the temporary tables (the catalog's version), on privileges and active roles (the
/// access
/// object, which is another one when any of them changes), on the session's variables (a version that moves with every
/// change but those known not to matter), on the current database, on the types of the parameters and of the user
/// variables it names. It does not depend on how many rows there are, but may be a bad plan when that has changed:
/// sizes are looked at once in a while.
///
/// Owned by the session's thread, which may keep the operators of the last run here.
final class CachedPlan {
    private static final long LOOK_AT_SIZES_NANOS = 1_000_000_000L;
    private static final long SMALL_ROWS = 1000;
    private static final int FACTOR = 4;

    private final Planned planned;
    private final StatementLocks locks;
    private final long catalogVersion;
    private final Access access;
    private final long variablesVersion;
    private final @Nullable String database;
    private final List<SqlType> parameterTypes;
    private final Map<String, Optional<SqlType>> userVariables;
    private final long[] sizes;
    private long sizesLookedAtNanos;
    private @Nullable List<ResultColumn> columns;
    private @Nullable PlanRun idleRun;

    /// A plan made now, with what was current before it was made: had something changed meanwhile, the plan would
    /// otherwise pass for one that knows of it, and its writes miss a new index.
    CachedPlan(
            ServerSession session,
            Catalog catalog,
            Access access,
            Planned planned,
            StatementLocks locks,
            List<Vector> parameters,
            Map<String, Optional<SqlType>> userVariables) {
        this.planned = planned;
        this.locks = locks;
        this.catalogVersion = catalog.version();
        this.access = access;
        this.variablesVersion = session.variablesVersion();
        this.database = session.database();
        this.userVariables = userVariables;
        this.parameterTypes = parameters.stream().map(Vector::type).toList();
        this.sizes = sizes(session);
        this.sizesLookedAtNanos = session.server().env().nanoTime();
    }

    private long[] sizes(ServerSession session) {
        List<TableDef> tables = planned.tables();
        long[] rows = new long[tables.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = tables.get(i).kind() == TableDef.Kind.BASE
                    ? session.catalog().statistics(tables.get(i)).rows()
                    : 0;
        }
        return rows;
    }

    Planned planned() {
        return planned;
    }

    StatementLocks locks() {
        return locks;
    }

    long catalogVersion() {
        return catalogVersion;
    }

    /// What the client is told about the columns; always the same list.
    List<ResultColumn> columns() {
        List<ResultColumn> known = columns;
        if (known == null) {
            known = QueryRunner.columns(planned.query());
            columns = known;
        }
        return known;
    }

    /// Operators left from an earlier run, which are no longer here then; null if there are none.
    @Nullable PlanRun takeRun() {
        PlanRun run = idleRun;
        idleRun = null;
        return run;
    }

    /// Keeps operators, all closed, for the next run.
    void keepRun(PlanRun run) {
        idleRun = run;
    }

    /// True if the plan may be run as things are.
    boolean fits(ServerSession session, List<Vector> parameters) {
        String current = session.database();
        return catalogVersion == session.catalog().version()
                && access == session.access()
                && variablesVersion == session.variablesVersion()
                && (database == null ? current == null : database.equals(current))
                && sameTypes(parameters)
                && (userVariables.isEmpty() || session.facts().haveTypes(userVariables))
                && similarSizes(session);
    }

    private boolean sameTypes(List<Vector> parameters) {
        int count = parameters.size();
        if (count != parameterTypes.size()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            SqlType planned = parameterTypes.get(i);
            SqlType given = parameters.get(i).type();
            if (planned != given && !planned.equals(given)) {
                return false;
            }
        }
        return true;
    }

    private boolean similarSizes(ServerSession session) {
        long now = session.server().env().nanoTime();
        if (now - sizesLookedAtNanos < LOOK_AT_SIZES_NANOS) {
            return true;
        }
        sizesLookedAtNanos = now;
        long[] rows = sizes(session);
        for (int i = 0; i < rows.length; i++) {
            long more = Math.max(rows[i], sizes[i]);
            long fewer = Math.max(SMALL_ROWS, Math.min(rows[i], sizes[i]));
            if (more / FACTOR > fewer) {
                return false;
            }
        }
        return true;
    }
}
