package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.analyze.Analyzer.Mention;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnAllocator;
import io.qomo.query.plan.BoundTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The state of analyzing one statement. Owned by the analyzing thread.
final class Analysis {
    private final PlanContext context;
    private final TableBinder tableBinder;
    private final Map<Integer, Relation> owners = new HashMap<>();
    private final Map<Long, TableDef> tables = new LinkedHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    private final Deque<Set<Block>> referenceLogs = new ArrayDeque<>();
    private final List<String> hints = new ArrayList<>();
    private final ColumnAllocator ids = new ColumnAllocator();
    private final Map<Long, String> targets = new LinkedHashMap<>();
    private boolean isTargetByAlias;
    private @Nullable NameLog names;

    /// A base table or view whose columns must be allowed when all are known.
    private record Use(
            AccessChecker access, Privilege privilege, TableDef table, Collection<String> columns, boolean always) {}

    Analysis(PlanContext context, TableBinder tableBinder) {
        this.context = context;
        this.tableBinder = tableBinder;
    }

    /// A table with its expressions.
    BoundTable boundTable(TableDef table) {
        return tableBinder.bind(table, context.bind());
    }

    PlanContext context() {
        return context;
    }

    /// Where names are noted, or null.
    @Nullable NameLog names() {
        return names;
    }

    /// Notes names from now on.
    void note(NameLog log) {
        names = log;
    }

    /// The ids of the statement.
    ColumnAllocator ids() {
        return ids;
    }

    /// A column with an id nobody has.
    Column newColumn(SqlType type, boolean nullable, String name) {
        return ids.newColumn(type, nullable, name);
    }

    /// An id for a common table expression.
    int newCteId() {
        return ids.newCteId();
    }

    /// Notes a table the statement changes: subqueries may not read it.
    void addTarget(TableDef table) {
        targets.put(table.id(), table.name());
    }

    /// Notes the table of INSERT … VALUES: subqueries may read it under another alias. They see the rows
    /// before it, as each row is inserted when its values are known.
    void addAliasedTarget(TableDef table) {
        addTarget(table);
        isTargetByAlias = true;
    }

    /// Refuses a table that the statement changes. Error UPDATE_TABLE_USED.
    void checkNotTarget(TableDef table, String alias) {
        String name = targets.get(table.id());
        if (name != null && !(isTargetByAlias && !alias.equalsIgnoreCase(name))) {
            throw new SqlException(ErrorCode.UPDATE_TABLE_USED, name);
        }
    }

    /// Makes a relation known, so that uses of its columns are noticed.
    void register(Relation relation) {
        relation.fields().forEach(f -> owners.putIfAbsent(f.column().index(), relation));
    }

    /// The base tables and views used, in order of first use.
    Collection<TableDef> tables() {
        return tables.values();
    }

    /// Notes that the statement itself names a table, not a view's definition.
    void mention(TableDef table, String alias) {
        mentions.add(new Mention(table, alias));
    }

    /// The tables and views the statement names.
    List<Mention> mentions() {
        return mentions;
    }

    /// Notes a table. `columns` may grow until [#checkAccess].
    ///
    /// @param always the privilege is needed even if no column is used in the end
    void use(AccessChecker access, Privilege privilege, TableDef table, Collection<String> columns, boolean always) {
        tables.putIfAbsent(table.id(), table);
        uses.add(new Use(access, privilege, table, columns, always));
    }

    /// Asks the access checkers for all columns used.
    void checkAccess() {
        for (Use use : uses) {
            if (use.always || !use.columns.isEmpty()) {
                use.access.checkColumns(use.privilege, use.table.database(), use.table.name(), use.columns);
            }
        }
    }

    /// Notes that a field of a relation was named in a block. A view's column may have the id of the column below it,
    /// so the relation must be told.
    void reference(Block block, @Nullable Relation relation, Field field) {
        if (relation != null) {
            relation.usedColumns().add(field.name());
        }
        reference(block);
    }

    /// The column with its table and database, as errors name it.
    String fullName(Column column) {
        Relation owner = owners.get(column.index());
        if (owner == null) {
            return column.name();
        }
        String database = owner.database().isEmpty() ? "" : owner.database() + ".";
        return database + owner.alias() + "." + column.name();
    }

    /// Keeps the text of an optimizer hint comment.
    void hint(@Nullable String text) {
        if (text != null) {
            hints.add(text);
        }
    }

    /// The texts of optimizer hint comments in order.
    List<String> hints() {
        return hints;
    }

    /// Notes that something of a block was named.
    void reference(Block block) {
        referenceLogs.forEach(log -> log.add(block));
    }

    /// Logs the blocks named from now on until [#endLog].
    void beginLog(Set<Block> log) {
        referenceLogs.push(log);
    }

    void endLog() {
        referenceLogs.pop();
    }
}
