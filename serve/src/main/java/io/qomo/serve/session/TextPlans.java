package io.qomo.serve.session;

import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Vector;
import io.qomo.query.optimize.Planner.Planned;
import io.qomo.query.plan.PlanShape;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.parser.ParameterizedSql;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import io.qomo.query.sql.parser.SqlParser.ParsedStatement;
import io.qomo.serve.session.api.ResultSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans of plain texts, found by the text with its values taken out, so that a client which writes values into its
/// statements is served as one that prepares them.
///
/// ```
/// unknown --first time--> SEEN --second time: both plans alike--> USABLE
///                              --second time: otherwise---------> UNFIT
/// ```
/// - \[I1\] A plan for values that are not known yet is used only if it has the shape ([PlanShape]) of the plan that
///   knew them: values decide between indexes, and some become part of a plan (the prefix of LIKE).
/// - \[I2\] A text whose planning warns or fails is never taken from here, as it must warn or fail each time.
/// - \[I3\] All is forgotten when a variable that matters or the user's privileges change. A change of the schema makes
///   [CachedPlan#fits] false, and what was unfit is tried again.
///
/// Owned by the session's thread.
final class TextPlans {
    private static final int MAX_ENTRIES = 128;
    private static final int MAX_TEXT_CHARS = 16 << 10;

    private final ServerSession session;
    private final Map<String, TextPlan> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TextPlan> eldest) {
            return size() > MAX_ENTRIES;
        }
    };
    private long variablesVersion;
    private @Nullable Object access;

    private enum State {
        SEEN,
        USABLE,
        UNFIT
    }

    private static final class TextPlan {
        State state = State.SEEN;
        long catalogVersion;

        @Nullable Statement statement;

        final PlanSlot slot = new PlanSlot();
    }

    TextPlans(ServerSession session) {
        this.session = session;
    }

    /// A run of a text that is the only statement in it, its values as parameters; null if it is to be parsed and
    /// planned as it stands.
    @Nullable StatementRun find(String sql, ResultSink sink) {
        if (sql.length() > MAX_TEXT_CHARS) {
            return null;
        }
        ParserOptions options = session.settings().parserOptions();
        ParameterizedSql found = ParameterizedSql.of(sql, options);
        if (found == null || (found.count() == 0 && !isWorthIt(sql))) {
            return null;
        }
        if (variablesVersion != session.variablesVersion() || access != session.access()) {
            entries.clear();
            variablesVersion = session.variablesVersion();
            access = session.access();
        }
        List<Vector> values = LiteralValues.of(found, session.settings().connectionCollation());
        if (values == null) {
            return null;
        }
        String key = LiteralValues.key(found, values);
        TextPlan entry = entries.get(key);
        if (entry == null) {
            entries.put(key, new TextPlan());
            return null;
        }
        long version = session.catalog().version();
        if (entry.state == State.UNFIT && entry.catalogVersion == version) {
            return null;
        }
        if (entry.state != State.USABLE) {
            entry.catalogVersion = version;
            entry.statement = tryOut(sql, found.text(), values, options);
            entry.state = entry.statement == null ? State.UNFIT : State.USABLE;
        }
        Statement statement = entry.statement;
        return statement == null
                ? null
                : new StatementRun(statement, found.text(), 0, found.text().length(), values, entry.slot, sink, false);
    }

    /// Texts without values profit when they read tables; SELECT 1 does not need a plan kept.
    private static boolean isWorthIt(String sql) {
        return sql.length() > "SELECT * FROM t".length();
    }

    /// The tree of the text with `?`, if its plan is as good as the one of the text itself.
    private @Nullable Statement tryOut(String sql, String text, List<Vector> values, ParserOptions options) {
        int warnings = session.diagnostics().count();
        try {
            ParsedStatement plain = SqlParser.parseOne(sql, options);
            ParsedStatement open = SqlParser.parseOne(text, options.withParameterMarkers(true));
            if (!(open.statement() instanceof DmlStatement dml)
                    || !Dispatcher.isPlanned(dml)
                    || open.parameterCount() != values.size()) {
                return null;
            }
            QueryRunner queries = new QueryRunner(session);
            String shape = shape(queries.plan(plain.statement(), sql, List.of(), session.catalog()));
            if (shape == null) {
                return null;
            }
            boolean isAlike = shape.equals(shape(queries.plan(dml, text, values, session.catalog())));
            return isAlike && session.diagnostics().count() == warnings ? dml : null;
        } catch (SqlException e) {
            // It will be said again, about the text itself.
            return null;
        } finally {
            if (session.diagnostics().count() != warnings) {
                session.startDiagnostics();
            }
        }
    }

    private static @Nullable String shape(Planned planned) {
        return planned.foundRows() == null ? PlanShape.of(planned.query()) : null;
    }

    /// Forgets all plans.
    void clear() {
        entries.clear();
    }

    /// The texts known, for tests.
    List<String> texts() {
        return new ArrayList<>(entries.keySet());
    }
}
