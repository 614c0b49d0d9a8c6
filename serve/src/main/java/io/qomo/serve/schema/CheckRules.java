package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.sql.ast.TableElement.CheckDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CHECK constraints from their definitions.
final class CheckRules {
    private final TableDraft draft;

    CheckRules(TableDraft draft) {
        this.draft = draft;
    }

    /// Adds a constraint; one written inside a column may name that column alone.
    void add(CheckDefinition definition, @Nullable String ownColumn) {
        String name = definition.name() == null ? freeName() : definition.name();
        Names.checkLength(name);
        if (isTaken(name)) {
            throw new SqlException(ErrorCode.CHECK_CONSTRAINT_DUPLICATE, name);
        }
        CheckDef check = new CheckDef(name, draft.session().print(definition.condition()), definition.enforced());
        if (!Truth.isCondition(definition.condition())) {
            refuse(check);
        }
        draft.checks().add(check);
        if (ownColumn != null) {
            checkOwnColumn(check, ownColumn);
        }
    }

    /// Error 3812, after what may not stand in a constraint at all, but before unknown columns.
    private void refuse(CheckDef check) {
        try {
            new ExpressionRules(draft.session(), draft.sketch(0)).checkConstraint(check);
        } catch (SqlException e) {
            if (e.code() != ErrorCode.CHECK_REFERS_UNKNOWN_COLUMN
                    && e.code() != ErrorCode.CHECK_REFERS_AUTO_INCREMENT) {
                throw e;
            }
        }
        throw new SqlException(ErrorCode.CHECK_NOT_BOOLEAN, check.name());
    }

    private void checkOwnColumn(CheckDef check, String ownColumn) {
        TableDef sketch = draft.sketch(0);
        Expr bound;
        try {
            bound = draft.session().bind(check.sql(), sketch);
        } catch (SqlException e) {
            if (e.code() == ErrorCode.BAD_FIELD) {
                // The column may come later in the statement: told apart when the table is complete.
                throw new SqlException(ErrorCode.CHECK_REFERS_OTHER_COLUMN, check.name());
            }
            throw e;
        }
        for (int ordinal : ExpressionRules.ordinals(bound)) {
            if (!sketch.columns().get(ordinal).name().equalsIgnoreCase(ownColumn)) {
                throw new SqlException(ErrorCode.CHECK_REFERS_OTHER_COLUMN, check.name());
            }
        }
    }

    private String freeName() {
        int number = 1;
        while (isTaken(draft.name() + "_chk_" + number)) {
            number++;
        }
        return draft.name() + "_chk_" + number;
    }

    private boolean isTaken(String name) {
        if (draft.checks().stream().anyMatch(c -> c.name().equalsIgnoreCase(name))) {
            return true;
        }
        if (draft.isTemporary()) {
            return false;
        }
        return draft.session().catalog().tables(draft.database()).stream()
                .filter(t -> !t.name().equalsIgnoreCase(draft.name()))
                .anyMatch(t -> t.checks().stream().anyMatch(c -> c.name().equalsIgnoreCase(name)));
    }

    /// The ordinals a constraint uses in a table.
    static Set<Integer> ordinals(SchemaSession session, CheckDef check, TableDef table) {
        return ExpressionRules.ordinals(session.bind(check.sql(), table));
    }

    /// True if a constraint uses a column.
    static boolean uses(SchemaSession session, CheckDef check, TableDef table, ColumnDef column) {
        return ordinals(session, check, table).contains(table.ordinalOfId(column.id()));
    }
}
