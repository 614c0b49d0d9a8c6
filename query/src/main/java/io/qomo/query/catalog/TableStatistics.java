package io.qomo.query.catalog;

import java.util.Map;

/// What is known of a table's contents.
///
/// @param rows estimated number of rows
/// @param dataBytes estimated size of rows
/// @param distinctByColumn estimated distinct values by column id, absent where unknown
public record TableStatistics(long rows, long dataBytes, Map<Integer, Long> distinctByColumn) {
    /// Nothing known.
    public static final TableStatistics UNKNOWN = new TableStatistics(1000, 100_000, Map.of());

    /// Copies the map.
    public TableStatistics {
        distinctByColumn = Map.copyOf(distinctByColumn);
    }
}
