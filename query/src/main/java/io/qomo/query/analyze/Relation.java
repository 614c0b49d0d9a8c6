package io.qomo.query.analyze;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.logical.LogicalPlan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A table, view, derived table or CTE in FROM. Owned by the analysis; remembers which columns were used.
final class Relation {
    private final String database;
    private final String alias;
    private final List<Field> fields;
    private final @Nullable TableDef table;
    private final @Nullable Scan scan;
    private final Set<String> usedColumns = new TreeSet<>();
    private @Nullable UpdatableView view;
    private boolean isMerged;

    /// @param database for names qualified by it, or empty
    /// @param table the base table or view, null for derived tables and CTEs
    /// @param scan the node of a base table
    Relation(String database, String alias, List<Field> fields, @Nullable TableDef table, @Nullable Scan scan) {
        this.database = database;
        this.alias = alias;
        this.fields = new ArrayList<>(fields);
        this.table = table;
        this.scan = scan;
    }

    String database() {
        return database;
    }

    String alias() {
        return alias;
    }

    List<Field> fields() {
        return fields;
    }

    @Nullable TableDef table() {
        return table;
    }

    @Nullable Scan scan() {
        return scan;
    }

    /// The columns named so far, in order of name.
    Set<String> usedColumns() {
        return usedColumns;
    }

    /// What an updatable view makes of its base table, or null.
    @Nullable UpdatableView view() {
        return view;
    }

    void setView(UpdatableView updatable) {
        view = updatable;
    }

    /// This relation, which MySQL merges into the block around it: its columns are then labelled by their own
    /// names, not as the statement spells them.
    Relation merged() {
        isMerged = true;
        return this;
    }

    boolean isMerged() {
        return isMerged;
    }

    /// True if a name qualified so may mean this relation.
    boolean isNamed(@Nullable String schema, String name) {
        return alias.equalsIgnoreCase(name) && (schema == null || database.equalsIgnoreCase(schema));
    }

    /// A field by name, or null.
    @Nullable Field field(String name) {
        for (Field f : fields) {
            if (f.name().equalsIgnoreCase(name)) {
                return f;
            }
        }
        return null;
    }
}
