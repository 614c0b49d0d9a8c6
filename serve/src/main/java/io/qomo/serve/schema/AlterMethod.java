package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.store.txn.Transaction;
import java.util.List;

/// How an ALTER TABLE can be done, found by comparing the definitions.
///
/// @param method the cheapest way
/// @param reason why not a cheaper one, in MySQL's words
/// @param addedColumns columns rows do not have yet
/// @param addedIndexes indexes that have to be filled
record AlterMethod(Method method, String reason, List<ColumnDef> addedColumns, List<IndexDef> addedIndexes) {
    /// The ways, cheapest first.
    enum Method {
        INSTANT,
        INPLACE,
        COPY
    }

    static AlterMethod choose(DdlSession session, TableDef old, TableDef changed, AlterDraft alter) {
        List<ColumnDef> addedColumns = changed.columns().stream()
                .filter(c -> old.ordinalOfId(c.id()) < 0)
                .toList();
        List<IndexDef> addedIndexes = changed.indexes().stream()
                .filter(i -> old.indexes().stream().noneMatch(o -> o.id() == i.id()))
                .toList();
        String reason = reasonToCopy(session, old, changed, addedColumns, addedIndexes, alter);
        Method method = !reason.isEmpty() ? Method.COPY : addedIndexes.isEmpty() ? Method.INSTANT : Method.INPLACE;
        if (alter.algorithm().equals("COPY") || alter.rebuilds()) {
            method = Method.COPY;
        }
        return new AlterMethod(method, reason, addedColumns, addedIndexes);
    }

    private static String reasonToCopy(
            DdlSession session,
            TableDef old,
            TableDef changed,
            List<ColumnDef> addedColumns,
            List<IndexDef> addedIndexes,
            AlterDraft alter) {
        if (!old.primaryKey().parts().equals(changed.primaryKey().parts())) {
            return "Dropping a primary key is not allowed without also adding a new primary key";
        }
        for (ColumnDef column : changed.columns()) {
            int ordinal = old.ordinalOfId(column.id());
            if (ordinal >= 0 && mustConvert(old.columns().get(ordinal), column, old)) {
                return "Cannot change column type INPLACE";
            }
        }
        boolean computes = addedColumns.stream().anyMatch(c -> c.isGenerated() && c.stored());
        boolean counts = addedColumns.stream().anyMatch(ColumnDef::autoIncrement);
        if (computes || counts || !haveConstantDefaults(session, changed, addedColumns)) {
            return "Adding a column whose values differ from row to row";
        }
        boolean indexesAdded = addedIndexes.stream()
                .anyMatch(i -> i.parts().stream().anyMatch(p -> isUserColumn(addedColumns, p.columnId())));
        boolean losesColumns = old.columns().stream().anyMatch(c -> changed.ordinalOfId(c.id()) < 0)
                || !alter.renamedColumns().isEmpty();
        if (old.temporary() && !addedIndexes.isEmpty()) {
            return "Temporary tables are rebuilt";
        }
        return indexesAdded && losesColumns ? "Columns are added to an index while others go" : "";
    }

    private static boolean isUserColumn(List<ColumnDef> added, int id) {
        return added.stream().anyMatch(c -> c.id() == id && c.visibility() != Visibility.HIDDEN);
    }

    private static boolean mustConvert(ColumnDef before, ColumnDef after, TableDef old) {
        if (before.nullable() && !after.nullable()) {
            return true;
        }
        boolean sameExpression = before.generatedSql() == null
                ? after.generatedSql() == null
                : before.generatedSql().equals(after.generatedSql());
        boolean isIndexed =
                old.indexes().stream().anyMatch(i -> i.parts().stream().anyMatch(p -> p.columnId() == before.id()));
        if (before.isVirtual() && after.isVirtual()) {
            return isIndexed && (!sameExpression || !before.type().equals(after.type()));
        }
        if (!sameExpression || before.stored() != after.stored()) {
            return true;
        }
        return switch (TypeChange.of(before.type(), after.type())) {
            case NONE -> false;
            case ORDER -> isIndexed;
            case VALUES -> true;
        };
    }

    private static boolean haveConstantDefaults(DdlSession session, TableDef changed, List<ColumnDef> added) {
        boolean hasExpression = added.stream().anyMatch(ColumnDef::defaultIsExpression);
        if (!hasExpression) {
            return true;
        }
        try (Transaction transaction = session.begin(true)) {
            ExecContext context = session.context(transaction, session.sqlMode());
            ColumnValues values = new ColumnValues(session, context);
            return added.stream().allMatch(c -> c.isGenerated() || values.isConstant(c, changed));
        }
    }

    /// Errors 1845 and 1846 if ALGORITHM or LOCK ask for what cannot be.
    void checkClauses(TableDef old, TableDef changed, AlterDraft alter) {
        String algorithm = alter.algorithm();
        boolean tooSlow = (algorithm.equals("INSTANT") && method != Method.INSTANT)
                || (algorithm.equals("INPLACE") && method == Method.COPY && !(alter.rebuilds() && reason.isEmpty()));
        if (tooSlow) {
            if (reason.isEmpty()) {
                throw new SqlException(
                        ErrorCode.ALTER_OPERATION_NOT_SUPPORTED, "ALGORITHM=" + algorithm, "ALGORITHM=COPY/INPLACE");
            }
            throw new SqlException(
                    ErrorCode.ALTER_OPERATION_NOT_SUPPORTED_REASON, "ALGORITHM=" + algorithm, reason, "ALGORITHM=COPY");
        }
        boolean mustLock = alter.algorithm().equals("COPY") || !TableCopy.isOnline(old, changed);
        if (alter.lock().equals("NONE") && method == Method.COPY && mustLock) {
            throw new SqlException(
                    ErrorCode.ALTER_OPERATION_NOT_SUPPORTED_REASON,
                    "LOCK=NONE",
                    "COPY algorithm requires a lock",
                    "LOCK=SHARED");
        }
    }
}
