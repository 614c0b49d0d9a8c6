package io.qomo.query.explain;

import io.qomo.query.explain.QueryBlock.Leaf;
import io.qomo.query.explain.QueryBlock.Step;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// FORMAT=JSON in the shape of MySQL 8.0: query blocks with what is done with their rows around the tables they join.
public final class JsonFormat {
    private final JsonWriter out = new JsonWriter();

    private JsonFormat() {}

    /// The text that describes a plan.
    public static String of(PhysicalPlan plan) {
        JsonFormat format = new JsonFormat();
        QueryBlock top = new BlockBuilder().block(plan, "PRIMARY");
        format.out.beginObject().beginObject("query_block");
        switch (plan) {
            case PhysicalPlan.Insert i -> format.insert(i, top);
            case PhysicalPlan.Update u -> format.body(top, "update");
            case PhysicalPlan.Delete d -> format.body(top, "delete");
            default -> format.body(top, "");
        }
        format.out.end('}').end('}');
        return format.out.toString();
    }

    private void insert(PhysicalPlan.Insert i, QueryBlock source) {
        out.number("select_id", 1);
        out.beginObject("table");
        out.flag(i.onDuplicate() == DuplicateAction.REPLACE ? "replace" : "insert", true);
        out.text("table_name", i.table().table().name());
        out.text("access_type", "ALL");
        out.end('}');
        if (!(i.source() instanceof PhysicalPlan.Values)) {
            out.beginObject("insert_from");
            rows(source, 0, "");
            out.end('}');
        }
    }

    /// What stands inside a query_block.
    private void body(QueryBlock b, String write) {
        if (!b.union().isEmpty()) {
            union(b);
        } else {
            out.number("select_id", b.id());
            if (b.message() != null) {
                out.text("message", b.message());
            } else {
                out.beginObject("cost_info")
                        .text("query_cost", number(b.cost()))
                        .end('}');
            }
            rows(b, 0, write);
        }
        if (!b.below().isEmpty()) {
            out.beginArray("select_list_subqueries");
            b.below().forEach(this::subquery);
            out.end(']');
        }
    }

    private void union(QueryBlock b) {
        List<QueryBlock> parts = b.union();
        out.beginObject("union_result").flag("using_temporary_table", b.unionResult());
        if (b.unionResult()) {
            String ids = parts.stream().map(p -> "" + p.id()).collect(Collectors.joining(","));
            out.text("table_name", "<union" + ids + ">").text("access_type", "ALL");
        }
        out.beginArray("query_specifications");
        parts.forEach(this::subquery);
        out.end(']').end('}');
    }

    private void subquery(QueryBlock b) {
        out.beginObject();
        out.flag("dependent", b.isDependent()).flag("cacheable", !b.isDependent());
        out.beginObject("query_block");
        body(b, "");
        out.end('}').end('}');
    }

    /// The steps from `at` on, one inside the other, then the tables.
    private void rows(QueryBlock b, int at, String write) {
        if (at == b.steps().size()) {
            tables(b, write);
            return;
        }
        Step step = b.steps().get(at);
        String key = switch (step) {
            case SORT -> "ordering_operation";
            case GROUP_HASH, GROUP_SORTED, ROLLUP -> "grouping_operation";
            case DISTINCT -> "duplicates_removal";
            case WINDOW -> "windowing";
            case AGGREGATE -> "";
        };
        if (key.isEmpty()) {
            rows(b, at + 1, write);
            return;
        }
        out.beginObject(key);
        if (step != Step.SORT && step != Step.WINDOW) {
            out.flag("using_temporary_table", step.isTemporary());
        }
        if (step != Step.WINDOW && step != Step.DISTINCT) {
            out.flag("using_filesort", step.isFilesort());
        }
        rows(b, at + 1, write);
        out.end('}');
    }

    private void tables(QueryBlock b, String write) {
        if (b.leaves().size() == 1) {
            table(b.leaves().getFirst(), write);
        } else if (!b.leaves().isEmpty()) {
            out.beginArray("nested_loop");
            for (Leaf leaf : b.leaves()) {
                out.beginObject();
                table(leaf, write);
                out.end('}');
            }
            out.end(']');
        }
    }

    private void table(Leaf l, String write) {
        AccessFacts a = l.access();
        out.beginObject("table");
        if (!write.isEmpty()) {
            out.flag(write, true);
        }
        out.text("table_name", l.name());
        if (a.type() != null) {
            out.text("access_type", a.type());
        }
        if (!a.possibleKeys().isEmpty()) {
            out.texts("possible_keys", a.possibleKeys());
        }
        if (a.key() != null) {
            out.text("key", a.key());
            out.texts("used_key_parts", a.keyParts());
            out.text("key_length", Integer.toString(a.keyLength()));
        }
        if (!a.ref().isEmpty()) {
            out.texts("ref", a.ref());
        }
        out.number("rows_examined_per_scan", Math.max(1, Math.round(a.examinedRows())));
        out.number("rows_produced_per_join", Math.max(0, Math.round(l.producedRows())));
        out.text("filtered", number(a.filteredPercent()));
        if (a.reverse()) {
            out.flag("backward_index_scan", true);
        }
        if (a.covering()) {
            out.flag("using_index", true);
        }
        if (l.joinBuffer() != null) {
            out.text("using_join_buffer", l.joinBuffer());
        }
        for (String word : l.extra()) {
            if (word.startsWith("FirstMatch(")) {
                out.text("first_match", word.substring("FirstMatch(".length(), word.length() - 1));
            } else if (word.equals("Not exists")) {
                out.flag("not_exists", true);
            }
        }
        out.beginObject("cost_info").text("prefix_cost", number(l.cost())).end('}');
        if (!l.columns().isEmpty()) {
            out.texts("used_columns", l.columns());
        }
        if (l.condition() != null) {
            out.text("attached_condition", l.condition());
        }
        if (!l.subqueries().isEmpty()) {
            out.beginArray("attached_subqueries");
            l.subqueries().forEach(this::subquery);
            out.end(']');
        }
        if (l.derived() != null) {
            out.beginObject("materialized_from_subquery");
            out.flag("using_temporary_table", true);
            out.flag("dependent", l.derived().isDependent()).flag("cacheable", true);
            out.beginObject("query_block");
            body(l.derived(), "");
            out.end('}').end('}');
        }
        out.end('}');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
