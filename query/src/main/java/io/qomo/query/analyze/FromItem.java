package io.qomo.query.analyze;

import io.qomo.query.logical.LogicalPlan;
import java.util.List;

/// A part of FROM: its plan and its names.
///
/// @param visible what unqualified names and `*` mean, in order, common columns of joins once and first
record FromItem(LogicalPlan plan, List<Relation> relations, List<Field> visible) {
    FromItem {
        relations = List.copyOf(relations);
        visible = List.copyOf(visible);
    }

    /// A single relation.
    static FromItem of(LogicalPlan plan, Relation relation) {
        return new FromItem(plan, List.of(relation), relation.fields());
    }
}
