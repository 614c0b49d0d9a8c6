package io.qomo.query.exec.write;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.plan.BoundTable;
import io.qomo.store.txn.Transaction;
import java.util.HashMap;
import java.util.Map;

/// The tables one statement changes, its own and those foreign keys lead to. Owned by the statement's
/// thread.
final class WriteScope {
    private final ExecContext context;
    private final boolean checksForeignKeys;
    private final Map<Long, TableWriter> writers = new HashMap<>();

    WriteScope(ExecContext context) {
        this(context, context.session().numericVariable("foreign_key_checks") != 0);
    }

    private WriteScope(ExecContext context, boolean checksForeignKeys) {
        this.context = context;
        this.checksForeignKeys = checksForeignKeys;
    }

    /// A scope for rows that are in the database already, whatever foreign_key_checks says.
    static WriteScope withoutForeignKeys(ExecContext context) {
        return new WriteScope(context, false);
    }

    ExecContext context() {
        return context;
    }

    Transaction transaction() {
        return context.transaction();
    }

    /// False under foreign_key_checks = 0.
    boolean checksForeignKeys() {
        return checksForeignKeys;
    }

    /// The writer of a table the plan names.
    TableWriter writer(BoundTable table) {
        TableWriter known = writers.get(table.table().id());
        if (known == null) {
            known = new TableWriter(this, table);
            writers.put(table.table().id(), known);
        }
        return known;
    }

    /// The writer of a table a foreign key leads to.
    TableWriter writer(TableDef table) {
        TableWriter known = writers.get(table.id());
        return known == null ? writer(context.bind(table)) : known;
    }
}
