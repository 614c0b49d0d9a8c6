package io.qomo.query.exec.context;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.plan.BoundTable;

/// Gives tables their expressions: what a write needs of tables its plan does not name (children of a
/// foreign key).
@FunctionalInterface
public interface TableBinder {
    /// The table with its defaults, generated columns and checks as expressions; cached by id and version.
    BoundTable bind(TableDef table);
}
