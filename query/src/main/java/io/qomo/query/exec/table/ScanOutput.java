package io.qomo.query.exec.table;

import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.TableLayout;
import java.util.List;

/// What a scan hands out: columns of a table by ordinal and perhaps the handle.
///
/// @param context of the statement
/// @param layout of the table
/// @param ordinals in output order
/// @param withHandle the handle comes last
public record ScanOutput(ExecContext context, TableLayout layout, List<Integer> ordinals, boolean withHandle) {
    /// The ordinals as an array.
    public int[] ordinalArray() {
        return ordinals.stream().mapToInt(i -> i).toArray();
    }

    /// A batch under construction.
    public TableRows newRows() {
        return new TableRows(context, layout, ordinalArray(), withHandle);
    }
}
