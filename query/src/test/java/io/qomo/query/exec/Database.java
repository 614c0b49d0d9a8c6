package io.qomo.query.exec;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.aggregate.Aggregates;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.CatalogSnapshot;
import io.qomo.query.catalog.CatalogSources;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Interrupt;
import io.qomo.query.exec.context.Services;
import io.qomo.query.exec.context.Statement;
import io.qomo.query.exec.context.WarningSink;
import io.qomo.query.exec.layout.TableLayouts;
import io.qomo.query.exec.rows.TempSpace;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.function.Operators;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.store.Store;
import io.qomo.store.StoreOptions;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A store in memory, a schema, and sessions that run plans.
final class Database implements AutoCloseable {
    final SystemEnv env = new SystemEnv();
    final Store store = Store.inMemory(StoreOptions.DEFAULT, env);
    final TempSpace temp;
    final Executor executor;
    final Map<Long, BoundTable> bound = new HashMap<>();
    final Map<Long, SystemTable> systemTables = new HashMap<>();
    CatalogSnapshot catalog = CatalogSnapshot.empty(new CatalogSources() {
                @Override
                public SystemTable systemTable(TableDef table) {
                    SystemTable found = systemTables.get(table.id());
                    if (found == null) {
                        throw new IllegalArgumentException(table.name());
                    }
                    return found;
                }

                @Override
                public TableStatistics statistics(TableDef table) {
                    return TableStatistics.UNKNOWN;
                }
            })
            .draft()
            .putDatabase(new DatabaseDef(1, "test", Collation.UTF8MB4_0900_AI_CI))
            .build(1);

    Database(Path directory) {
        temp = TempSpace.open(directory, 1L << 30);
        executor = new Executor(new Services(
                table -> {
                    BoundTable found = bound.get(table.id());
                    if (found == null) {
                        throw new IllegalArgumentException(table.name());
                    }
                    return found;
                },
                new TableLayouts(),
                store.counters(),
                temp,
                env));
    }

    /// Adds a table, or its next version.
    BoundTable create(TableBuilder builder) {
        BoundTable table = builder.build();
        bound.put(table.table().id(), table);
        catalog = catalog.draft().putTable(table.table()).build(catalog.version() + 1);
        return table;
    }

    Session session() {
        return new Session(this);
    }

    @Override
    public void close() {
        store.close();
    }

    /// A connection: autocommit unless a transaction was begun.
    static final class Session {
        final FakeSession facts = new FakeSession();
        final List<String> warnings = new ArrayList<>();
        Interrupt interrupt;
        long memoryBytes = 64L << 20;
        SqlMode sqlMode = SqlMode.DEFAULT;
        TransactionOptions options = TransactionOptions.DEFAULT;
        private final Database database;
        private @Nullable Transaction transaction;

        @Nullable MemoryAccount lastMemory;

        Session(Database database) {
            this.database = database;
            this.interrupt = new Interrupt(database.env);
        }

        void begin() {
            transaction = database.store.transactions().begin(options);
        }

        void commit() {
            Transaction open = transaction;
            transaction = null;
            if (open != null) {
                open.commit();
            }
        }

        void rollback() {
            Transaction open = transaction;
            transaction = null;
            if (open != null) {
                open.rollback();
            }
        }

        /// A context for one statement; the caller closes it.
        ExecContext context(Transaction in) {
            warnings.clear();
            MemoryAccount memory = new MemoryAccount("query", memoryBytes);
            lastMemory = memory;
            in.startStatement();
            return database.executor.context(new Statement(
                    in,
                    (Catalog) database.catalog,
                    facts,
                    this,
                    sqlMode,
                    TimeZoneRule.UTC,
                    1_700_000_000_123_456L,
                    List.of(),
                    memory,
                    new WarningSink() {
                        @Override
                        public void add(Level level, ErrorCode code, String message) {
                            warnings.add(code.errno() + " " + message);
                        }

                        @Override
                        public Mark mark() {
                            return new Mark(warnings.size(), warnings.size(), 0);
                        }

                        @Override
                        public void backTo(Mark mark) {
                            warnings.subList(mark.kept(), warnings.size()).clear();
                        }

                        @Override
                        public int count() {
                            return warnings.size();
                        }
                    },
                    interrupt));
        }

        WriteResult write(PhysicalPlan plan) {
            Transaction open = transaction;
            if (open != null) {
                return database.executor.executeWrite(new PlannedQuery(plan, List.of(), 0), context(open));
            }
            try (Transaction own = database.store.transactions().begin(options)) {
                WriteResult result = database.executor.executeWrite(new PlannedQuery(plan, List.of(), 0), context(own));
                own.commit();
                return result;
            }
        }

        /// The rows of a query, values joined by `|`.
        List<String> query(PhysicalPlan plan) {
            Transaction open = transaction;
            if (open != null) {
                return query(plan, open);
            }
            try (Transaction own = database.store.transactions().begin(options)) {
                return query(plan, own);
            }
        }

        private List<String> query(PhysicalPlan plan, Transaction in) {
            List<String> rows = new ArrayList<>();
            try (ResultCursor cursor = database.executor.open(new PlannedQuery(plan, List.of(), 0), context(in))) {
                for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    for (int r = 0; r < batch.rows(); r++) {
                        rows.add(text(batch, r));
                    }
                }
            }
            MemoryAccount memory = lastMemory;
            if (memory != null && memory.usedBytes() != 0) {
                throw new AssertionError("memory not given back: " + memory.usedBytes());
            }
            if (database.temp.usedBytes() != 0) {
                throw new AssertionError("temporary files not closed");
            }
            return rows;
        }

        /// An operator of two expressions.
        Expr operator(String sign, Expr left, Expr right) {
            try (Transaction own = database.store.transactions().begin(options)) {
                return Operators.binary(sign, left, right, binding(context(own)));
            }
        }

        /// An aggregate.
        AggregateCall aggregate(String name, boolean distinct, Expr... arguments) {
            try (Transaction own = database.store.transactions().begin(options)) {
                AggregateFunction.Definition found =
                        Aggregates.find(name).orElseThrow(() -> new IllegalArgumentException(name));
                AggregateFunction.Bound bound = found.bind(
                        binding(context(own)), List.of(arguments), new AggregateFunction.Options(distinct, null));
                return new AggregateCall(bound, distinct, List.of());
            }
        }

        private BindContext binding(ExecContext context) {
            return new BindContext() {
                @Override
                public SqlMode sqlMode() {
                    return sqlMode;
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
                public ExecContext evalContext() {
                    return context;
                }
            };
        }
    }

    static String text(Batch batch, int row) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < batch.width(); c++) {
            text.append(c == 0 ? "" : "|").append(text(batch.column(c), row));
        }
        return text.toString();
    }

    static String text(Vector value, int row) {
        if (value.isNull(row)) {
            return "NULL";
        }
        return switch (value) {
            case LongVector v -> Long.toString(v.get(row));
            case DoubleVector v -> Double.toString(v.get(row));
            case DecimalVector v -> v.get(row).toPlainString();
            case BytesVector v -> v.getString(row);
        };
    }
}
