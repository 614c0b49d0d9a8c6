package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.DmlPlan.ViewCheck;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The table rows are inserted into: a base table, or the one under an updatable view.
///
/// @param named the table or view of the statement
/// @param bound the base table
/// @param names per ordinal of the base table the name in the statement's table, null if it cannot be named
/// @param view the opened view, or null
/// @param scan of the base table in the view
record InsertTarget(
        Environment environment,
        TableDef named,
        BoundTable bound,
        List<@Nullable String> names,
        @Nullable Relation view,
        @Nullable Scan scan) {
    /// Opens what INSERT, REPLACE or LOAD DATA names. Errors as of [TableOpener#find], and NON_INSERTABLE_TABLE.
    static InsertTarget open(Environment environment, TableName name, List<String> partitions) {
        String database = TableOpener.databaseOf(environment, name);
        environment.access().checkTable(Privilege.INSERT, database, name.name());
        TableDef table = TableOpener.find(environment, name);
        environment.analysis().mention(table, table.name());
        if (!partitions.isEmpty()) {
            throw new SqlException(ErrorCode.PARTITION_CLAUSE_ON_NONPARTITIONED);
        }
        if (table.kind() == TableDef.Kind.VIEW) {
            return throughView(environment, table);
        }
        if (table.kind() != TableDef.Kind.BASE) {
            throw new SqlException(ErrorCode.NON_INSERTABLE_TABLE, table.name(), "INSERT");
        }
        List<@Nullable String> names = new ArrayList<>();
        for (ColumnDef c : table.columns()) {
            names.add(c.visibility() == Visibility.HIDDEN ? null : c.name());
        }
        return new InsertTarget(environment, table, environment.analysis().boundTable(table), names, null, null);
    }

    /// A view names columns of several tables perhaps: the ordinals are those of one of them until columns are given.
    private static InsertTarget throughView(Environment environment, TableDef table) {
        Relation relation = UpdatableView.forInsert(environment, table);
        Scan scan = Objects.requireNonNull(relation.view()).scans().getFirst();
        return over(environment, table, relation, scan);
    }

    private static InsertTarget over(Environment environment, TableDef table, Relation relation, Scan scan) {
        UpdatableView opened = Objects.requireNonNull(relation.view());
        TableDef base = scan.table().table();
        List<@Nullable String> names = new ArrayList<>();
        for (int i = 0; i < base.columns().size(); i++) {
            names.add(null);
        }
        for (Field f : relation.fields()) {
            if (opened.scanOf(f.column()) == scan) {
                names.set(opened.ordinal(f.column()), f.name());
            }
        }
        return new InsertTarget(environment, table, environment.analysis().boundTable(base), names, relation, scan);
    }

    /// The target among the tables of a view: the one the columns are of. Errors VIEW_NO_INSERT_FIELD_LIST,
    /// VIEW_MULTIUPDATE.
    InsertTarget chosenBy(@Nullable List<ColumnReference> columns) {
        if (view == null || !Objects.requireNonNull(view.view()).isJoin()) {
            return this;
        }
        if (columns == null) {
            throw new SqlException(ErrorCode.VIEW_NO_INSERT_FIELD_LIST, named.database(), named.name());
        }
        Scan found = null;
        for (ColumnReference r : columns) {
            Field f = view.field(r.column());
            Scan of = f == null ? null : view.view().scanOf(f.column());
            if (of != null && found != null && of != found) {
                throw new SqlException(ErrorCode.VIEW_MULTIUPDATE, named.database(), named.name());
            }
            found = of == null ? found : of;
        }
        return found == null ? this : over(environment, named, view, found);
    }

    /// WITH CHECK OPTION of the view, over columns that stand for the row.
    List<ViewCheck> checks(List<Column> row) {
        if (view == null || view.view() == null) {
            return List.of();
        }
        return scan == null ? List.of() : view.view().checks(scan, row);
    }

    /// Notes that columns are written, by ordinal.
    void write(Privilege privilege, Collection<Integer> ordinals) {
        Set<String> written = new TreeSet<>();
        List<Column> columns = new ArrayList<>();
        for (int o : ordinals) {
            String name = names.get(o);
            if (name != null) {
                written.add(name);
                if (view != null && view.field(name) instanceof Field f) {
                    columns.add(f.column());
                }
            }
        }
        environment.access().checkTable(privilege, named.database(), named.name());
        use(privilege, written);
        if (view != null && view.view() != null) {
            view.view().use(privilege, columns);
        }
    }

    /// Notes the use of the named table.
    void use(Privilege privilege, Collection<String> columns) {
        boolean always = privilege != Privilege.SELECT;
        environment.analysis().use(environment.access(), privilege, named, columns, always);
    }

    /// The ordinals of a column list; of all columns in sight without one. Errors BAD_FIELD, FIELD_SPECIFIED_TWICE.
    int[] ordinals(@Nullable List<ColumnReference> columns, boolean firstRowIsEmpty) {
        if (columns == null) {
            return firstRowIsEmpty ? new int[0] : visibleOrdinals();
        }
        int[] out = new int[columns.size()];
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < out.length; i++) {
            out[i] = ordinal(columns.get(i));
            if (!seen.add(out[i])) {
                throw new SqlException(
                        ErrorCode.FIELD_SPECIFIED_TWICE, columns.get(i).column());
            }
        }
        return out;
    }

    private int[] visibleOrdinals() {
        List<Integer> out = new ArrayList<>();
        if (named != bound.table()) {
            // A view's columns come in its own order.
            named.columns().forEach(c -> out.add(ordinalOfName(c.name())));
        } else {
            for (int i = 0; i < names.size(); i++) {
                if (bound.table().columns().get(i).visibility() == Visibility.VISIBLE) {
                    out.add(i);
                }
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    private int ordinalOfName(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (name.equalsIgnoreCase(names.get(i))) {
                return i;
            }
        }
        throw new SqlException(ErrorCode.NON_INSERTABLE_TABLE, named.name(), "INSERT");
    }

    /// The ordinal of a column by name. Error BAD_FIELD.
    int ordinal(ColumnReference r) {
        boolean rightTable = r.table() == null || r.table().equalsIgnoreCase(named.name());
        for (int i = 0; rightTable && i < names.size(); i++) {
            if (r.column().equalsIgnoreCase(names.get(i))) {
                return i;
            }
        }
        throw new SqlException(ErrorCode.BAD_FIELD, Scope.text(r), Clause.FIELD_LIST.text());
    }

    /// The columns under their names, as a relation.
    ///
    /// @param columns one per ordinal
    Relation relation(List<Column> columns, String alias) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name != null) {
                Origin origin =
                        Origin.of(bound.table(), alias, bound.table().columns().get(i));
                fields.add(new Field(name, columns.get(i), origin, true));
            }
        }
        return new Relation(named.database(), alias, fields, bound.table(), null);
    }
}
