package io.qomo.query.testing;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.analyze.AccessChecker;
import io.qomo.query.analyze.PlanContext;
import io.qomo.query.analyze.TableBinder;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.explain.TreeFormat;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.optimize.Planner;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A schema of one database `test`, and statements planned over it.
public final class TestSchema implements Catalog {
    private final Map<String, TableDef> tables = new LinkedHashMap<>();
    private final Map<String, TableStatistics> statistics = new HashMap<>();
    private final List<SqlType> parameters = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Set<String> disabled = Set.of();
    private SqlMode mode = SqlMode.DEFAULT;
    private AccessChecker access = AccessChecker.ALLOW_ALL;

    public TestSchema add(TableDef table) {
        tables.put(table.name().toLowerCase(Locale.ROOT), table);
        return this;
    }

    /// Says how many rows a table has, and how many different values columns have, by column id.
    public TestSchema rows(String table, long rows, Map<Integer, Long> distinct) {
        statistics.put(table, TableStatistics.ofDistinct(rows, rows * 100, distinct));
        return this;
    }

    public TestSchema without(String... rules) {
        disabled = Set.of(rules);
        return this;
    }

    public TestSchema mode(SqlMode other) {
        mode = other;
        return this;
    }

    public TestSchema access(AccessChecker checker) {
        access = checker;
        return this;
    }

    public TestSchema parameters(SqlType... types) {
        parameters.clear();
        parameters.addAll(List.of(types));
        return this;
    }

    public List<String> warnings() {
        return warnings;
    }

    public PlannedQuery plan(String sql) {
        PlanContext context = new PlanContext(this, "test", new Binding(), sql, parameters, access);
        return new Planner(new TableBinder(), disabled).plan(SqlParser.parse(sql, ParserOptions.DEFAULT), context);
    }

    /// The plan as a tree without estimates.
    public String tree(String sql) {
        return TreeFormat.outline(plan(sql).root());
    }

    public BindContext binding() {
        return new Binding();
    }

    @Override
    public long version() {
        return 1;
    }

    @Override
    public List<DatabaseDef> databases() {
        return List.of(new DatabaseDef(1, "test", Collation.UTF8MB4_0900_AI_CI));
    }

    @Override
    public Optional<DatabaseDef> database(String name) {
        return databases().stream().filter(d -> d.name().equalsIgnoreCase(name)).findFirst();
    }

    @Override
    public List<TableDef> tables(String database) {
        return List.copyOf(tables.values());
    }

    @Override
    public Optional<TableDef> table(String database, String name) {
        return database.equalsIgnoreCase("test")
                ? Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    @Override
    public Optional<TableDef> table(long id) {
        return tables.values().stream().filter(t -> t.id() == id).findFirst();
    }

    @Override
    public List<Reference> referencing(String database, String table) {
        return List.of();
    }

    @Override
    public SystemTable systemTable(TableDef table) {
        throw new IllegalStateException(table.name());
    }

    @Override
    public TableStatistics statistics(TableDef table) {
        return statistics.getOrDefault(table.name(), TableStatistics.UNKNOWN);
    }

    private final class Binding implements BindContext {
        @Override
        public SqlMode sqlMode() {
            return mode;
        }

        @Override
        public Collation connectionCollation() {
            return Collation.UTF8MB4_0900_AI_CI;
        }

        @Override
        public int divPrecisionIncrement() {
            return 4;
        }

        @Override
        public EvalContext evalContext() {
            return new Evaluation();
        }
    }

    private final class Evaluation implements EvalContext {
        @Override
        public SqlMode sqlMode() {
            return mode;
        }

        @Override
        public boolean isStrictWrite() {
            return false;
        }

        @Override
        public TimeZoneRule timeZone() {
            return TimeZoneRule.UTC;
        }

        @Override
        public long statementMicros() {
            return 1_700_000_000_000_000L;
        }

        @Override
        public long currentMicros() {
            return 1_700_000_000_000_000L;
        }

        @Override
        public void warn(ErrorCode code, Object... arguments) {
            warnings.add(code.format(arguments));
        }

        @Override
        public void checkInterrupted() {}

        @Override
        public MemoryAccount memory() {
            return new MemoryAccount("test", 1 << 30);
        }

        @Override
        public Vector parameter(int index) {
            throw new IllegalStateException("parameter " + index);
        }

        @Override
        public Vector correlated(int slot) {
            throw new IllegalStateException("slot " + slot);
        }

        @Override
        public SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings) {
            throw new IllegalStateException("subquery");
        }

        @Override
        public SessionFacts session() {
            throw new IllegalStateException("session");
        }
    }
}
