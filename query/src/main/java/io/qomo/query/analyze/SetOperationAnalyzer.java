package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.SetDifference;
import io.qomo.query.logical.LogicalPlan.UnionAll;
import io.qomo.query.plan.PlanParts.SetKind;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryBody.SetOperation;
import io.qomo.query.sql.ast.QueryBody.SetOperator;
import io.qomo.query.sql.ast.QueryExpression.LockingClause;
import java.util.ArrayList;
import java.util.List;

/// Analyzes UNION, INTERSECT and EXCEPT.
final class SetOperationAnalyzer {
    private final Environment environment;
    private final QueryAnalyzer queries;

    SetOperationAnalyzer(Environment environment, QueryAnalyzer queries) {
        this.environment = environment;
        this.queries = queries;
    }

    /// @param locking counts for the last operand
    AnalyzedQuery analyze(SetOperation s, List<LockingClause> locking) {
        if (s.operator() == SetOperator.UNION) {
            List<QueryBody> operands = new ArrayList<>();
            flatten(s, s.all(), operands);
            List<AnalyzedQuery> inputs = new ArrayList<>();
            for (QueryBody operand : operands) {
                boolean last = inputs.size() == operands.size() - 1;
                inputs.add(queries.body(operand, List.of(), null, last ? locking : List.of()));
            }
            return union(inputs, s.all());
        }
        QueryAnalyzer operands = queries.uncompared();
        AnalyzedQuery left = operands.body(s.left(), List.of(), null, List.of());
        AnalyzedQuery right = operands.body(s.right(), List.of(), null, locking);
        SetKind kind = s.operator() == SetOperator.INTERSECT ? SetKind.INTERSECT : SetKind.EXCEPT;
        List<AnalyzedQuery> both = List.of(left, right);
        List<OutputField> fields = mergedFields(both, false);
        LogicalPlan plan = new SetDifference(columns(fields), kind, s.all(), cast(left, fields), cast(right, fields));
        return new AnalyzedQuery(plan, fields);
    }

    /// The operands of a chain whose rows are all concatenated: for a distinct union everything before is drawn in,
    /// since duplicates go away in the end anyway.
    private static void flatten(QueryBody body, boolean all, List<QueryBody> out) {
        if (body instanceof SetOperation s && s.operator() == SetOperator.UNION && (s.all() || !all)) {
            flatten(s.left(), all, out);
            flatten(s.right(), all, out);
        } else {
            out.add(body);
        }
    }

    /// The union of queries.
    AnalyzedQuery union(List<AnalyzedQuery> inputs, boolean all) {
        List<OutputField> fields = mergedFields(inputs, queries.isCompared());
        List<LogicalPlan> plans = inputs.stream().map(q -> cast(q, fields)).toList();
        LogicalPlan plan = new UnionAll(columns(fields), plans);
        return new AnalyzedQuery(all ? plan : new Distinct(plan), fields);
    }

    private static List<Column> columns(List<OutputField> fields) {
        return fields.stream().map(OutputField::column).toList();
    }

    /// @param isFull true if decimals keep all their digits
    private List<OutputField> mergedFields(List<AnalyzedQuery> inputs, boolean isFull) {
        List<OutputField> first = inputs.getFirst().fields();
        for (AnalyzedQuery q : inputs) {
            if (q.fields().size() != first.size()) {
                throw new SqlException(ErrorCode.WRONG_NUMBER_OF_COLUMNS_IN_SELECT);
            }
        }
        Calls calls = new Calls(environment);
        List<OutputField> fields = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            int at = i;
            List<Expr> values =
                    inputs.stream().map(q -> q.fields().get(at).value()).toList();
            SqlType shown = calls.mergeForComparison("UNION", values);
            SqlType type = isFull ? DecimalOps.full(shown, values) : shown;
            boolean nullable =
                    inputs.stream().anyMatch(q -> q.fields().get(at).column().nullable());
            String name = first.get(i).name();
            fields.add(new OutputField(name, environment.analysis().newColumn(type, nullable, name), Origin.NONE));
        }
        return fields;
    }

    /// The plan of a query with its columns cast to the types of fields; itself if they have them.
    LogicalPlan cast(AnalyzedQuery query, List<OutputField> fields) {
        Calls calls = new Calls(environment);
        AnalyzedQuery full = FullDecimals.of(query, environment.analysis());
        List<Item> items = new ArrayList<>();
        boolean changed = full != query;
        for (int i = 0; i < fields.size(); i++) {
            Column from = query.fields().get(i).column();
            SqlType wanted = fields.get(i).column().type();
            Column all = full.fields().get(i).column();
            if (all.type().equals(wanted)) {
                items.add(new Item(all, all));
            } else {
                Column to = environment.analysis().newColumn(wanted, from.nullable(), from.name());
                items.add(new Item(to, calls.cast(all, wanted)));
                changed = true;
            }
        }
        return changed ? new Project(full.plan(), items) : query.plan();
    }
}
