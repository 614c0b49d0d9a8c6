package io.qomo.query.plan;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table with its expressions bound: what a writer needs to fill and check a row. Every [Expr.Column] is the
/// ordinal of a column of the table. The lists may hold null and are not to be changed.
///
/// @param table the definition
/// @param defaults per ordinal the DEFAULT, or null if there is none
/// @param generated per ordinal the generated column's expression, or null
/// @param checks the enforced CHECK constraints
public record BoundTable(
        TableDef table, List<@Nullable Expr> defaults, List<@Nullable Expr> generated, List<BoundCheck> checks) {
    /// A CHECK constraint.
    public record BoundCheck(String name, Expr condition) {}
}
