package io.qomo.query.analyze;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.logical.LogicalPlan;
import java.util.Set;

/// Which relations MySQL merges into the query block that uses them, as a client can tell by the labels of their
/// columns. Source: MySQL 8.0 manual, "Optimizing Derived Tables, View References, and Common Table Expressions with
/// Merging or Materialization"; which tables of information_schema are views: "INFORMATION_SCHEMA Tables".
final class Merging {
    private static final Set<String> NO_VIEWS = Set.of(
            "COLUMN_PRIVILEGES",
            "ENGINES",
            "OPTIMIZER_TRACE",
            "PLUGINS",
            "PROCESSLIST",
            "PROFILING",
            "SCHEMA_PRIVILEGES",
            "TABLESPACES",
            "TABLE_PRIVILEGES",
            "USER_PRIVILEGES");

    private Merging() {}

    /// True of the tables of information_schema that MySQL makes as views of its dictionary.
    static boolean isView(TableDef table) {
        return table.kind() == TableDef.Kind.SYSTEM
                && table.database().equalsIgnoreCase("information_schema")
                && !NO_VIEWS.contains(table.name())
                && !table.name().startsWith("INNODB_");
    }

    /// True of a SELECT from tables without groups, DISTINCT, windows, LIMIT.
    static boolean isMerged(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> true;
            case LogicalPlan.Filter filter -> isMerged(filter.input());
            case LogicalPlan.Project project -> isMerged(project.input());
            case LogicalPlan.Join join -> isMerged(join.left()) && isMerged(join.right());
            default -> false;
        };
    }
}
