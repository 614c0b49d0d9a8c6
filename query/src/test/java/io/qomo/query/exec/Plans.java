package io.qomo.query.exec;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Short ways to write plans and expressions.
final class Plans {
    static final SqlType TEXT = SqlType.varchar(200, Collation.UTF8MB4_0900_AI_CI);
    static final RowLock FOR_UPDATE = new RowLock(true, RowLock.Wait.WAIT);

    private Plans() {}

    static Props props(List<SqlType> types) {
        List<OutputColumn> columns = new ArrayList<>();
        for (SqlType type : types) {
            columns.add(new OutputColumn("c" + columns.size(), type, true));
        }
        return new Props(columns, 1, 1);
    }

    static List<SqlType> types(PhysicalPlan plan) {
        return plan.props().columns().stream().map(OutputColumn::type).toList();
    }

    static Expr constant(@Nullable Object value) {
        return new Expr.Constant(
                switch (value) {
                    case null -> Vector.constantNull(SqlType.NULL);
                    case Integer i -> LongVector.constant(SqlType.BIGINT, i);
                    case Long l -> LongVector.constant(SqlType.BIGINT, l);
                    case Double d -> DoubleVector.constant(SqlType.DOUBLE, d);
                    case String s -> BytesVector.constant(TEXT, s);
                    default -> throw new IllegalArgumentException(value.toString());
                });
    }

    static Expr column(int index, SqlType type) {
        return new Expr.Column(index, type, true, "c" + index);
    }

    static Expr column(PhysicalPlan input, int index) {
        return column(index, types(input).get(index));
    }

    static List<Expr> constants(@Nullable Object... values) {
        return Arrays.stream(values).map(Plans::constant).toList();
    }

    /// Rows of constants of the given types.
    static PhysicalPlan values(List<SqlType> types, @Nullable Object[]... rows) {
        return new PhysicalPlan.Values(
                props(types), Arrays.stream(rows).map(Plans::constants).toList());
    }

    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    /// A source for INSERT: the types of the literals, rows padded with NULLs to the table's width.
    static PhysicalPlan rowsFor(TableDef table, @Nullable Object[]... rows) {
        List<List<Expr>> all = new ArrayList<>();
        List<SqlType> types =
                new ArrayList<>(Collections.nCopies(table.columns().size(), SqlType.NULL));
        for (@Nullable Object[] row : rows) {
            List<Expr> padded = new ArrayList<>(constants(row));
            while (padded.size() < types.size()) {
                padded.add(constant(null));
            }
            for (int i = 0; i < types.size(); i++) {
                if (padded.get(i).type().kind() != TypeKind.NULL) {
                    types.set(i, padded.get(i).type());
                }
            }
            all.add(padded);
        }
        return new PhysicalPlan.Values(props(types), all);
    }

    static PhysicalPlan insert(BoundTable table, @Nullable Object[]... rows) {
        return insert(table, DuplicateAction.ERROR, List.of(), false, rows);
    }

    static PhysicalPlan insert(
            BoundTable table,
            DuplicateAction action,
            List<Assignment> updates,
            boolean ignore,
            @Nullable Object[]... rows) {
        return new PhysicalPlan.Insert(
                props(List.of()), table, rowsFor(table.table(), rows), action, updates, List.of(), ignore);
    }

    static List<Integer> all(TableDef table) {
        return IntStream.range(0, table.columns().size()).boxed().toList();
    }

    static PhysicalPlan scan(BoundTable table) {
        return new ScanBuilder(table.table()).build();
    }

    static PhysicalPlan update(BoundTable table, PhysicalPlan source, Assignment... assignments) {
        int width = table.table().columns().size();
        UpdateTarget target = new UpdateTarget(table, width, all(table.table()), List.of(assignments), List.of());
        return new PhysicalPlan.Update(props(List.of()), List.of(target), source, false);
    }

    static PhysicalPlan delete(BoundTable table, PhysicalPlan source) {
        int width = table.table().columns().size();
        UpdateTarget target = new UpdateTarget(table, width, all(table.table()), List.of(), List.of());
        return new PhysicalPlan.Delete(props(List.of()), List.of(target), source, false);
    }

    static PhysicalPlan sort(PhysicalPlan input, @Nullable Integer limit, SortKey... keys) {
        return new PhysicalPlan.Sort(input.props(), input, List.of(keys), limit == null ? null : constant(limit));
    }

    static PhysicalPlan filter(PhysicalPlan input, Expr condition) {
        return new PhysicalPlan.Filter(input.props(), input, condition);
    }

    static KeyRange equalTo(@Nullable Object... values) {
        return new KeyRange(constants(values), true, constants(values), true, List.of());
    }

    /// A scan of one table.
    static final class ScanBuilder {
        private final TableDef table;
        private int index;
        private List<Integer> ordinals;
        private List<KeyRange> ranges = List.of(KeyRange.ALL);
        private boolean lookup;
        private @Nullable Expr filter;
        private boolean reverse;
        private @Nullable RowLock lock;
        private boolean withHandle;
        private long limitHint = -1;

        ScanBuilder(TableDef table) {
            this.table = table;
            this.ordinals = all(table);
        }

        ScanBuilder index(String name) {
            index = table.index(name).orElseThrow().id();
            lookup = index != 0;
            return this;
        }

        ScanBuilder covering(Integer... wanted) {
            ordinals = List.of(wanted);
            lookup = false;
            return this;
        }

        ScanBuilder ranges(KeyRange... wanted) {
            ranges = List.of(wanted);
            return this;
        }

        ScanBuilder filter(Expr condition) {
            filter = condition;
            return this;
        }

        ScanBuilder reverse() {
            reverse = true;
            return this;
        }

        ScanBuilder lock(RowLock wanted) {
            lock = wanted;
            return this;
        }

        /// As the source of UPDATE and DELETE.
        ScanBuilder forChange() {
            lock = FOR_UPDATE;
            withHandle = true;
            return this;
        }

        ScanBuilder limitHint(long rows) {
            limitHint = rows;
            return this;
        }

        PhysicalPlan build() {
            List<SqlType> types = new ArrayList<>();
            List<ColumnDef> columns = table.columns();
            ordinals.forEach(o -> types.add(columns.get(o).type()));
            if (withHandle) {
                types.add(SqlType.varbinary(65_535));
            }
            return new PhysicalPlan.TableScan(
                    props(types),
                    table,
                    table.name(),
                    index,
                    ordinals,
                    ranges,
                    lookup,
                    filter,
                    reverse,
                    lock,
                    withHandle,
                    limitHint,
                    AccessEstimate.NONE);
        }

        PhysicalPlan point(@Nullable Object[]... keys) {
            PhysicalPlan.TableScan scan = (PhysicalPlan.TableScan) build();
            return new PhysicalPlan.PointGet(
                    scan.props(),
                    table,
                    table.name(),
                    index,
                    ordinals,
                    Arrays.stream(keys).map(Plans::constants).toList(),
                    filter,
                    lock,
                    withHandle,
                    AccessEstimate.NONE);
        }
    }
}
