package io.qomo.query.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a table's contents.
///
/// @param rows estimated number of rows
/// @param dataBytes estimated size of rows
/// @param columns by column id, absent where unknown
/// @param prefixes by index id the estimated numbers of different values of its first part, its first two, …
public record TableStatistics(
        long rows, long dataBytes, Map<Integer, ColumnStatistics> columns, Map<Integer, List<Long>> prefixes) {
    /// Nothing known.
    public static final TableStatistics UNKNOWN = new TableStatistics(1000, 100_000, Map.of(), Map.of());

    /// Copies the maps.
    public TableStatistics {
        columns = Map.copyOf(columns);
        prefixes = Map.copyOf(prefixes);
    }

    /// Statistics of which only numbers of different values are known.
    public static TableStatistics ofDistinct(long rows, long dataBytes, Map<Integer, Long> distinctByColumn) {
        Map<Integer, ColumnStatistics> columns = new HashMap<>();
        distinctByColumn.forEach((id, distinct) -> columns.put(id, new ColumnStatistics(distinct, 0, null)));
        return new TableStatistics(rows, dataBytes, columns, Map.of());
    }

    /// The different values of the leading parts of an index, or null if they were not counted.
    public @Nullable Long distinctPrefix(int indexId, int parts) {
        List<Long> counts = prefixes.get(indexId);
        return counts == null || parts < 1 || parts > counts.size() ? null : counts.get(parts - 1);
    }

    /// The same with another number of rows: what was counted grows and shrinks with them.
    public TableStatistics scaled(long newRows, long newBytes) {
        return new TableStatistics(newRows, newBytes, columns, prefixes);
    }
}
