package io.qomo.query.explain;

import io.qomo.query.explain.QueryBlock.Leaf;
import io.qomo.query.explain.QueryBlock.Step;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// FORMAT=TRADITIONAL: one row per table, in the order they are read.
///
/// Source: MySQL 8.0 manual, "EXPLAIN Output Format".
public final class TableFormat {
    private final List<Row> rows = new ArrayList<>();

    private TableFormat() {}

    /// A row; null where the table shows NULL.
    ///
    /// @param id of the SELECT, or null for the result of a union
    /// @param selectType kind of SELECT, or the statement for the table it writes
    /// @param table alias
    /// @param type of access
    /// @param possibleKeys names of indexes that could be used
    /// @param key name of the index that is used
    /// @param keyLength bytes of the key parts in use
    /// @param ref what the key is compared with
    /// @param rows estimated rows read
    /// @param filtered estimated percentage of them that is kept
    /// @param extra the rest
    public record Row(
            @Nullable Long id,
            String selectType,
            @Nullable String table,
            @Nullable String type,
            @Nullable String possibleKeys,
            @Nullable String key,
            @Nullable String keyLength,
            @Nullable String ref,
            @Nullable Long rows,
            @Nullable Double filtered,
            @Nullable String extra) {}

    /// The rows that describe a plan.
    public static List<Row> of(PhysicalPlan plan) {
        TableFormat format = new TableFormat();
        QueryBlock top = new BlockBuilder().block(plan, "SIMPLE");
        boolean single = top.union().isEmpty()
                && top.below().isEmpty()
                && top.leaves().stream()
                        .allMatch(l -> l.derived() == null && l.subqueries().isEmpty());
        QueryBlock named = single ? top : top.as("PRIMARY");
        switch (plan) {
            case PhysicalPlan.Insert i -> format.insert(i, named);
            case PhysicalPlan.Update u ->
                format.write(
                        "UPDATE",
                        named,
                        aliases(u.targets().stream()
                                .map(t -> t.table().table().name())
                                .toList()));
            case PhysicalPlan.Delete d ->
                format.write(
                        "DELETE",
                        named,
                        aliases(d.targets().stream()
                                .map(t -> t.table().table().name())
                                .toList()));
            default -> format.block(named);
        }
        return List.copyOf(format.rows);
    }

    private static Set<String> aliases(List<String> names) {
        return new HashSet<>(names);
    }

    private void insert(PhysicalPlan.Insert i, QueryBlock source) {
        String type = i.onDuplicate() == DuplicateAction.REPLACE ? "REPLACE" : "INSERT";
        rows.add(new Row(1L, type, i.table().table().name(), "ALL", null, null, null, null, null, null, null));
        if (!(i.source() instanceof PhysicalPlan.Values)) {
            block(source);
        }
    }

    /// The tables that are written bear the statement as their type; a single row is a range there.
    private void write(String statement, QueryBlock source, Set<String> targets) {
        int before = rows.size();
        block(source);
        for (int r = before; r < rows.size(); r++) {
            Row row = rows.get(r);
            boolean isTarget = row.id() != null
                    && row.id() == source.id()
                    && row.table() != null
                    && (targets.contains(row.table()) || source.leaves().size() == 1);
            if (isTarget) {
                boolean point = "const".equals(row.type());
                rows.set(
                        r,
                        new Row(
                                row.id(),
                                statement,
                                row.table(),
                                point ? "range" : row.type(),
                                row.possibleKeys(),
                                row.key(),
                                row.keyLength(),
                                row.ref(),
                                row.rows(),
                                row.filtered(),
                                point ? "Using where" : row.extra()));
            }
        }
    }

    private void block(QueryBlock b) {
        if (!b.union().isEmpty()) {
            union(b);
        } else if (b.leaves().isEmpty()) {
            rows.add(new Row((long) b.id(), b.type(), null, null, null, null, null, null, null, null, b.message()));
        } else {
            for (int i = 0; i < b.leaves().size(); i++) {
                leaf(b, b.leaves().get(i), i == 0 ? b.steps() : List.of());
            }
        }
        for (Leaf leaf : b.leaves()) {
            if (leaf.derived() != null) {
                block(leaf.derived());
            }
            leaf.subqueries().forEach(this::block);
        }
        b.below().forEach(this::block);
    }

    private void union(QueryBlock b) {
        List<QueryBlock> parts = b.union();
        boolean isTop = b.type().equals("PRIMARY");
        block(isTop ? parts.getFirst() : parts.getFirst().as(b.type()));
        parts.subList(1, parts.size()).forEach(p -> block(b.isDependent() ? p.as("DEPENDENT UNION") : p));
        if (b.unionResult()) {
            String name = "<union" + parts.stream().map(p -> "" + p.id()).collect(Collectors.joining(",")) + ">";
            String extra = "Using temporary" + (b.steps().contains(Step.SORT) ? "; Using filesort" : "");
            rows.add(new Row(null, "UNION RESULT", name, "ALL", null, null, null, null, null, null, extra));
        }
    }

    private void leaf(QueryBlock b, Leaf l, List<Step> steps) {
        AccessFacts a = l.access();
        List<String> extra = new ArrayList<>(l.extra());
        int at = extra.size();
        for (int i = 0; i < extra.size(); i++) {
            String word = extra.get(i);
            if (word.startsWith("FirstMatch") || word.startsWith("Using join buffer") || word.equals("Not exists")) {
                at = Math.min(at, i);
            }
        }
        if (steps.stream().anyMatch(Step::isFilesort)) {
            extra.add(at, "Using filesort");
        }
        if (steps.stream().anyMatch(Step::isTemporary)) {
            extra.add(at, "Using temporary");
        }
        rows.add(new Row(
                (long) b.id(),
                b.type(),
                l.name(),
                a.type(),
                text(a.possibleKeys()),
                a.key(),
                a.key() == null ? null : Integer.toString(a.keyLength()),
                text(a.ref()),
                Math.max(1, Math.round(a.examinedRows())),
                Math.round(a.filteredPercent() * 100) / 100.0,
                extra.isEmpty() ? null : String.join("; ", extra)));
    }

    private static @Nullable String text(List<String> names) {
        return names.isEmpty() ? null : String.join(",", names);
    }
}
