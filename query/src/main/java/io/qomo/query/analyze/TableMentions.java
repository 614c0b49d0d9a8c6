package io.qomo.query.analyze;

import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.CteScan;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.TableReference;
import java.util.List;

/// Looks for tables in FROM clauses before they are analyzed. Subqueries of expressions are not looked into.
final class TableMentions {
    private TableMentions() {}

    /// True if the name, unqualified, stands in a FROM clause of the query.
    static boolean inFrom(QueryExpression query, String name) {
        if (query.with() != null && query.with().elements().stream().anyMatch(c -> inFrom(c.query(), name))) {
            return true;
        }
        return inFrom(query.body(), name);
    }

    /// True if the name, unqualified, stands in a FROM clause of the query.
    static boolean inFrom(QueryBody body, String name) {
        return switch (body) {
            case QueryBody.QuerySpecification q -> inFrom(q.from(), name);
            case QueryBody.SetOperation s -> inFrom(s.left(), name) || inFrom(s.right(), name);
            case QueryBody.TableValueConstructor v -> false;
            case QueryBody.ExplicitTable t ->
                t.table().schema() == null && t.table().name().equalsIgnoreCase(name);
            case QueryBody.ParenthesizedQuery p -> inFrom(p.query(), name);
        };
    }

    private static boolean inFrom(List<TableReference> from, String name) {
        return from.stream().anyMatch(r -> inFrom(r, name));
    }

    private static boolean inFrom(TableReference reference, String name) {
        return switch (reference) {
            case TableReference.NamedTable t ->
                t.name().schema() == null && t.name().name().equalsIgnoreCase(name);
            case TableReference.DerivedTable d -> inFrom(d.query(), name);
            case TableReference.JoinedTable j -> inFrom(j.left(), name) || inFrom(j.right(), name);
            case TableReference.JsonTable j -> false;
        };
    }

    /// True if rows of the round before are aggregated or windowed: a grouping or window above a scan of the id.
    static boolean hasAggregates(LogicalPlan plan, int cteId) {
        boolean[] found = new boolean[1];
        PlanTree.visit(plan, node -> {
            if (node instanceof Aggregate || node instanceof Window) {
                found[0] |= reads(node, cteId);
            }
        });
        return found[0];
    }

    private static boolean reads(LogicalPlan plan, int cteId) {
        boolean[] found = new boolean[1];
        PlanTree.visit(plan, node -> found[0] |= node instanceof CteScan s && s.id() == cteId);
        return found[0];
    }
}
