package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Casts;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import io.qomo.query.sql.ast.DmlStatement.ColumnAssignment;
import io.qomo.query.sql.ast.DmlStatement.InsertStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Analyzes INSERT and REPLACE.
///
/// Source: MySQL 8.0 manual, "INSERT Statement" and the sections below it.
final class InsertAnalyzer {
    private final Environment environment;
    private final Analysis analysis;
    private final InsertStatement statement;
    private final InsertTarget target;
    private final int[] ordinals;
    private final List<Column> existing = new ArrayList<>();
    private final List<Column> incoming = new ArrayList<>();

    InsertAnalyzer(Environment environment, InsertStatement statement) {
        this.environment = environment;
        this.analysis = environment.analysis();
        this.statement = statement;
        this.target = InsertTarget.open(environment, statement.table(), statement.partitions())
                .chosenBy(statement.columns());
        this.ordinals = target.ordinals(statement.columns(), firstRowIsEmpty());
        for (ColumnDef c : table().columns()) {
            existing.add(analysis.newColumn(c.type(), c.nullable(), c.name()));
            incoming.add(analysis.newColumn(c.type(), c.nullable(), c.name()));
        }
    }

    private boolean firstRowIsEmpty() {
        return !statement.rows().isEmpty() && statement.rows().getFirst().isEmpty();
    }

    private TableDef table() {
        return target.bound().table();
    }

    DmlPlan.Insert analyze() {
        analysis.hint(statement.hints());
        // there is nothing in an INSERT that hints could choose: what is wrong or has no effect is said
        OptimizerHints.parse(
                statement.hints(), 0, environment.analysis().context().bind().evalContext());
        requirePrivileges();
        DuplicateAction action = statement.replace()
                ? DuplicateAction.REPLACE
                : statement.onDuplicate().isEmpty() ? DuplicateAction.ERROR : DuplicateAction.UPDATE;
        List<DmlPlan.Setting> settings = List.of();
        LogicalPlan source;
        if (statement.query() == null) {
            analysis.addAliasedTarget(table());
            source = valuesSource();
            settings = settings(List.of(), List.of());
        } else if (statement.query().body() instanceof QuerySpecification q
                && !statement.onDuplicate().isEmpty()) {
            settings = new ArrayList<>();
            source = sourceWithSettings(q, statement.query(), settings);
        } else {
            AnalyzedQuery query = new QueryAnalyzer(environment, null, 1).analyze(statement.query());
            source = querySource(query, query.fields().size());
            settings = settings(List.of(), List.of());
        }
        return new DmlPlan.Insert(
                target.bound(),
                source,
                action,
                existing,
                incoming,
                settings,
                target.checks(existing),
                statement.ignore());
    }

    private void requirePrivileges() {
        target.write(Privilege.INSERT, Arrays.stream(ordinals).boxed().toList());
        if (statement.replace()) {
            target.write(Privilege.DELETE, List.of());
        }
        if (!statement.onDuplicate().isEmpty()) {
            target.write(
                    Privilege.UPDATE,
                    statement.onDuplicate().stream()
                            .map(a -> target.ordinal(a.column()))
                            .toList());
        }
    }

    // -- VALUES and SET

    private LogicalPlan valuesSource() {
        Block block = new Block(environment, 0);
        block.enter(Clause.VALUES);
        Relation relation = target.relation(existing, statement.table().name());
        ExpressionAnalyzer binder =
                new ExpressionAnalyzer(new Scope(block, List.of(relation), relation.fields(), null));
        List<Expr> template = template();
        List<List<Expr>> rows = new ArrayList<>(statement.rows().size());
        for (List<Expression> row : statement.rows()) {
            if (row.size() != ordinals.length) {
                throw new SqlException(ErrorCode.WRONG_VALUE_COUNT_ON_ROW, rows.size() + 1);
            }
            rows.add(row(row, template, binder));
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnDef c : table().columns()) {
            columns.add(analysis.newColumn(c.type(), true, c.name()));
        }
        return new Values(columns, rows);
    }

    /// Per ordinal what a row has that does not name the column; over [#existing].
    private List<Expr> template() {
        DefaultValues defaults = new DefaultValues(environment);
        Set<Integer> named = new HashSet<>();
        for (int o : ordinals) {
            named.add(o);
        }
        List<Expr> template = new ArrayList<>();
        for (int i = 0; i < table().columns().size(); i++) {
            Expr value =
                    named.contains(i) ? Calls.nullOf(table().columns().get(i).type()) : defaultOf(defaults, i);
            template.add(overIds(value));
        }
        return template;
    }

    private Expr defaultOf(DefaultValues defaults, int ordinal) {
        try {
            return defaults.forInsert(target.bound(), ordinal, statement.ignore());
        } catch (SqlException e) {
            throw e.code() == ErrorCode.NO_DEFAULT_FOR_FIELD && target.view() != null
                    ? new SqlException(
                            ErrorCode.NO_DEFAULT_FOR_VIEW_FIELD,
                            target.named().database(),
                            target.named().name())
                    : e;
        }
    }

    /// An expression over ordinals as one over the ids of [#existing].
    private Expr overIds(Expr e) {
        return ExprRewriter.replaceColumns(e, c -> existing.get(c.index()));
    }

    private List<Expr> row(List<Expression> row, List<Expr> template, ExpressionAnalyzer binder) {
        List<Expr> values = new ArrayList<>(template);
        boolean[] given = new boolean[template.size()];
        for (int i = 0; i < ordinals.length; i++) {
            int o = ordinals[i];
            Expr value = value(row.get(i), o, binder);
            values.set(o, value instanceof Expr.Constant ? value : resolved(value, values, given));
            given[o] = true;
        }
        for (int o = 0; o < values.size(); o++) {
            if (!given[o] && !(values.get(o) instanceof Expr.Constant)) {
                values.set(o, resolved(values.get(o), values, allTrue(values.size())));
            }
        }
        return values;
    }

    private static boolean[] allTrue(int n) {
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        return all;
    }

    private Expr value(Expression e, int ordinal, ExpressionAnalyzer binder) {
        boolean isDefault = e instanceof Expression.DefaultValue;
        ColumnDef column = table().columns().get(ordinal);
        if (column.isGenerated() && !isDefault) {
            binder.bind(e);
            refuseValue(column);
            isDefault = true;
        }
        return isDefault
                ? overIds(new DefaultValues(environment).forInsert(target.bound(), ordinal, statement.ignore()))
                : Casts.assigned(binder.bind(e), column.type());
    }

    /// A value for a generated column: error 3105. Not so where sql_mode is not strict: the column is computed, with a
    /// warning, since dumps that MariaDB's tools make hold such values, under such a sql_mode.
    private void refuseValue(ColumnDef column) {
        EvalContext context = environment.analysis().context().bind().evalContext();
        if (context.sqlMode().isStrict()) {
            throw new SqlException(ErrorCode.NON_DEFAULT_GENERATED_VALUE, column.name(), table().name());
        }
        context.warn(ErrorCode.NON_DEFAULT_GENERATED_VALUE, column.name(), table().name());
    }

    /// A value that names columns of its own row: those already given have their value, others their default.
    private Expr resolved(Expr value, List<Expr> values, boolean[] given) {
        Map<Integer, Expr> byId = new HashMap<>();
        Calls calls = new Calls(environment);
        BitSet used = ColumnSets.used(value);
        for (int o = 0; o < existing.size(); o++) {
            int id = existing.get(o).index();
            if (used.get(id)) {
                ColumnDef column = table().columns().get(o);
                Expr known = given[o] ? values.get(o) : defaultBefore(o);
                byId.put(id, calls.cast(known, column.type()));
            }
        }
        return ExprTree.substitute(value, byId);
    }

    private Expr defaultBefore(int ordinal) {
        ColumnDef column = table().columns().get(ordinal);
        Expr value = target.bound().defaults().get(ordinal);
        if (value != null && !ExprWalker.any(value, Column.class::isInstance)) {
            return value;
        }
        return column.nullable() ? Calls.nullOf(column.type()) : DefaultValues.implicit(column.type());
    }

    // -- SELECT

    private LogicalPlan querySource(AnalyzedQuery selected, int given) {
        AnalyzedQuery query = FullDecimals.of(selected, analysis);
        if (given != ordinals.length) {
            throw new SqlException(ErrorCode.WRONG_VALUE_COUNT_ON_ROW, 1);
        }
        Map<Integer, Expr> byOrdinal = new HashMap<>();
        for (int i = 0; i < ordinals.length; i++) {
            ColumnDef column = table().columns().get(ordinals[i]);
            if (column.isGenerated()) {
                throw new SqlException(ErrorCode.NON_DEFAULT_GENERATED_VALUE, column.name(), table().name());
            }
            byOrdinal.put(ordinals[i], selected(query.fields().get(i), column));
        }
        List<Expr> template = template();
        Calls calls = new Calls(environment);
        Map<Integer, Expr> byId = new HashMap<>();
        for (int o = 0; o < existing.size(); o++) {
            Expr c = byOrdinal.get(o);
            ColumnDef def = table().columns().get(o);
            byId.put(existing.get(o).index(), c == null ? defaultBefore(o) : calls.cast(c, def.type()));
        }
        List<Item> items = new ArrayList<>();
        for (int o = 0; o < existing.size(); o++) {
            Expr c = byOrdinal.get(o);
            Expr value = c == null ? ExprTree.substitute(template.get(o), byId) : c;
            items.add(new Item(
                    c instanceof Column column
                            ? column
                            : analysis.newColumn(
                                    value.type(),
                                    value.nullable(),
                                    existing.get(o).name()),
                    value));
        }
        for (OutputField extra : query.fields().subList(given, query.fields().size())) {
            items.add(new Item(extra.column(), extra.column()));
        }
        return new Project(query.plan(), items);
    }

    /// A selected column, or the number that a selected hexadecimal literal is for a column of numbers.
    private static Expr selected(OutputField field, ColumnDef column) {
        if (!(field.value() instanceof Expr.Constant)) {
            return field.column();
        }
        Expr value = Casts.assigned(field.value(), column.type());
        return value == field.value() ? field.column() : value;
    }

    /// ON DUPLICATE KEY UPDATE after SELECT may name columns of the SELECT's tables: they are selected besides.
    private LogicalPlan sourceWithSettings(
            QuerySpecification body, QueryExpression query, List<DmlPlan.Setting> settings) {
        CteAnalyzer ctes = new CteAnalyzer(environment, null, 1);
        Environment inner = query.with() == null ? environment : ctes.define(query.with());
        SelectBuilder builder = new SelectAnalyzer(inner, null, 1)
                .bind(body, query.orderBy(), query.limit(), new Locking(query.locking()));
        AnalyzedQuery selected = withSettings(builder, settings);
        return querySource(selected.withPlan(ctes.wrap(selected.plan())), builder.width());
    }

    private AnalyzedQuery withSettings(SelectBuilder builder, List<DmlPlan.Setting> settings) {
        int given = builder.width();
        Scope from = builder.scope();
        settings.addAll(settings(
                builder.isPlain() ? from.relations() : List.of(), builder.isPlain() ? from.visible() : List.of()));
        BitSet used = new BitSet();
        settings.forEach(s -> ColumnSets.addUsed(s.value(), used));
        Map<Integer, Expr> renamed = new HashMap<>();
        List<Integer> wanted = new ArrayList<>();
        for (Relation r : builder.isPlain() ? from.relations() : List.<Relation>of()) {
            for (Field f : r.fields()) {
                if (used.get(f.column().index()) && !wanted.contains(f.column().index())) {
                    wanted.add(f.column().index());
                    builder.addHidden(from.block().seen(f.column()));
                }
            }
        }
        AnalyzedQuery query = builder.build();
        for (int i = 0; i < wanted.size(); i++) {
            renamed.put(wanted.get(i), query.fields().get(given + i).column());
        }
        settings.replaceAll(s -> new DmlPlan.Setting(s.ordinal(), ExprTree.substitute(s.value(), renamed)));
        return query;
    }

    // -- ON DUPLICATE KEY UPDATE

    private List<DmlPlan.Setting> settings(List<Relation> more, List<Field> moreVisible) {
        if (statement.onDuplicate().isEmpty()) {
            return new ArrayList<>();
        }
        Block block = new Block(environment, 0);
        block.enter(Clause.VALUES);
        Relation old = target.relation(existing, statement.table().name());
        block.setIncoming(target.relation(incoming, ""));
        analysis.register(old);
        List<Relation> relations = new ArrayList<>(List.of(old));
        List<Field> visible = new ArrayList<>(old.fields());
        Relation alias = rowAlias();
        if (alias != null) {
            relations.add(alias);
            visible.addAll(alias.fields());
        }
        relations.addAll(more);
        visible.addAll(moreVisible);
        target.use(Privilege.SELECT, old.usedColumns());
        ExpressionAnalyzer binder = new ExpressionAnalyzer(new Scope(block, relations, visible, null));
        List<DmlPlan.Setting> out = new ArrayList<>();
        for (ColumnAssignment a : statement.onDuplicate()) {
            int ordinal = target.ordinal(a.column());
            out.add(new DmlPlan.Setting(ordinal, value(a.value(), ordinal, binder)));
        }
        return out;
    }

    /// `VALUES … AS alias (columns)`.
    private @Nullable Relation rowAlias() {
        String name = statement.rowAlias();
        if (name == null) {
            return null;
        }
        List<String> names = statement.columnAliases();
        if (!names.isEmpty() && names.size() != ordinals.length) {
            throw new SqlException(ErrorCode.VIEW_WRONG_LIST);
        }
        if (names.isEmpty()) {
            return target.relation(incoming, name);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < ordinals.length; i++) {
            fields.add(new Field(names.get(i), incoming.get(ordinals[i]), Origin.NONE, true));
        }
        return new Relation("", name, fields, null, null);
    }
}
