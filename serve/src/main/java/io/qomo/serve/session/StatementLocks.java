package io.qomo.serve.session;

import io.qomo.query.analyze.Analyzer.Mention;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.optimize.Planner.Planned;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The metadata locks a plan needs: its tables, and those that foreign keys lead to. Immutable; kept with plans.
///
/// @param needs locks in the order they are taken
/// @param mentions the tables and views the statement itself names, with the names they go by
/// @param writes whether the statement writes shared tables
/// @param tableIds the base tables, temporary ones left out
record StatementLocks(List<Need> needs, List<Mentioned> mentions, boolean writes, List<Long> tableIds) {
    /// One lock.
    ///
    /// @param direct false for tables that only views and foreign keys lead to
    record Need(LockName name, LockMode mode, boolean direct) {}

    /// A table under a name.
    record Mentioned(LockName name, String alias) {}

    /// The locks of a plan.
    static StatementLocks of(Planned planned, boolean locksRows, Catalog catalog) {
        List<TableDef> written = written(planned.query().root());
        Map<LockName, LockMode> modes = new LinkedHashMap<>();
        List<Long> ids = new ArrayList<>();
        for (TableDef table : planned.tables()) {
            if (table.kind() == TableDef.Kind.SYSTEM || table.temporary()) {
                continue;
            }
            add(modes, table, locksRows ? LockMode.WRITE : LockMode.READ);
            if (table.kind() == TableDef.Kind.BASE) {
                ids.add(table.id());
            }
        }
        boolean writes = false;
        Set<Long> seen = new HashSet<>();
        for (TableDef table : written) {
            if (!table.temporary()) {
                writes = true;
                addWritten(modes, table, catalog, seen);
            }
        }
        Set<LockName> direct = new HashSet<>();
        List<Mentioned> mentions = new ArrayList<>();
        for (Mention mention : planned.mentions()) {
            TableDef table = mention.table();
            if (table.kind() != TableDef.Kind.SYSTEM && !table.temporary()) {
                LockName name = LockName.table(table.database(), table.name());
                direct.add(name);
                // A view goes by any name.
                boolean isView = table.kind() == TableDef.Kind.VIEW;
                mentions.add(new Mentioned(name, isView ? table.name() : mention.alias()));
            }
        }
        List<Need> needs = new ArrayList<>();
        if (writes) {
            needs.add(new Need(LockName.GLOBAL, LockMode.WRITE, false));
        }
        modes.forEach((name, mode) -> needs.add(new Need(name, mode, direct.contains(name))));
        return new StatementLocks(List.copyOf(needs), List.copyOf(mentions), writes, List.copyOf(ids));
    }

    private static List<TableDef> written(PhysicalPlan root) {
        return switch (root) {
            case PhysicalPlan.Insert insert -> List.of(insert.table().table());
            case PhysicalPlan.Update update -> tables(update.targets());
            case PhysicalPlan.Delete delete -> tables(delete.targets());
            default -> List.of();
        };
    }

    private static List<TableDef> tables(List<UpdateTarget> targets) {
        return targets.stream().map(t -> t.table().table()).toList();
    }

    /// A written table, the parents it looks up, and the children that follow it.
    private static void addWritten(Map<LockName, LockMode> modes, TableDef table, Catalog catalog, Set<Long> seen) {
        if (!seen.add(table.id())) {
            return;
        }
        add(modes, table, LockMode.WRITE);
        for (ForeignKeyDef key : table.foreignKeys()) {
            modes.merge(LockName.table(key.parentDatabase(), key.parentTable()), LockMode.READ, LockMode::join);
        }
        for (Catalog.Reference reference : catalog.referencing(table.database(), table.name())) {
            addWritten(modes, reference.child(), catalog, seen);
        }
    }

    private static void add(Map<LockName, LockMode> modes, TableDef table, LockMode mode) {
        modes.merge(LockName.table(table.database(), table.name()), mode, LockMode::join);
    }
}
