package io.qomo.query.catalog;

import org.jspecify.annotations.Nullable;

/// What is known of a column's values.
///
/// @param distinct estimated number of different values, NULL not counted
/// @param nullPart part of the rows that are NULL, 0 to 1
/// @param histogram of the values, or null
public record ColumnStatistics(
        long distinct, double nullPart, @Nullable Histogram histogram) {}
