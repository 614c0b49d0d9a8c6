package io.qomo.serve.schema;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import java.util.ArrayList;
import java.util.List;

/// Which columns of a table become which columns of its copy. Immutable.
final class CopyColumns {
    private final TableDef from;
    private final TableDef to;
    private final boolean keepsRowIds;
    private final List<Integer> ordinals = new ArrayList<>();
    private final int[] sources;

    CopyColumns(TableDef from, TableDef to) {
        this.from = from;
        this.to = to;
        this.keepsRowIds = from.hasHiddenRowId()
                && from.primaryKey().parts().equals(to.primaryKey().parts());
        this.sources = new int[to.columns().size()];
        for (int i = 0; i < sources.length; i++) {
            int ordinal = from.ordinalOfId(to.columns().get(i).id());
            boolean isCopied = ordinal >= 0 && isCopied(to.columns().get(i));
            sources[i] = isCopied ? ordinals.size() : -1;
            if (isCopied) {
                ordinals.add(ordinal);
            }
        }
    }

    private boolean isCopied(ColumnDef column) {
        return !column.isGenerated() && (column.visibility() != Visibility.HIDDEN || keepsRowIds);
    }

    /// The columns of the old table to read, by ordinal.
    List<Integer> ordinals() {
        return ordinals;
    }

    /// True if rows keep the row id that nobody sees.
    boolean keepsRowIds() {
        return keepsRowIds;
    }

    /// True if the key of a row's copy follows from the row alone, so that the copy can be found again.
    boolean copiesKeys() {
        for (IndexDef.Part part : to.primaryKey().parts()) {
            int ordinal = to.ordinalOfId(part.columnId());
            if (sources[ordinal] < 0) {
                return false;
            }
            // NULL would become a number that was never used before
            boolean isCounted = to.columns().get(ordinal).autoIncrement();
            if (isCounted
                    && from.columns().get(from.ordinalOfId(part.columnId())).nullable()) {
                return false;
            }
        }
        return true;
    }

    /// The columns of the copy for rows read with [#ordinals]; values that are not copied are made.
    Batch arranged(Batch batch, ColumnValues values) {
        Vector[] columns = new Vector[sources.length];
        for (int i = 0; i < sources.length; i++) {
            columns[i] = sources[i] >= 0
                    ? batch.column(sources[i])
                    : Vector.constantNull(to.columns().get(i).type());
        }
        Batch arranged = new Batch(columns, batch.rows());
        for (int i = 0; i < sources.length; i++) {
            ColumnDef column = to.columns().get(i);
            boolean isAdded = sources[i] < 0
                    && !column.isGenerated()
                    && !column.autoIncrement()
                    && column.visibility() != Visibility.HIDDEN;
            if (isAdded) {
                columns[i] = values.value(column, to, arranged);
            }
        }
        return arranged;
    }
}
