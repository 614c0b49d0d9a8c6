/// What ANALYZE TABLE finds out about a table.
///
/// [io.qomo.query.statistics.StatisticsCollector] reads all rows once: it counts rows and NULLs, estimates the numbers
/// of different values of columns and of the leading parts of indexes ([io.qomo.query.statistics.DistinctCounter]), and
/// keeps a sample of each column's values, of which it makes a histogram. Values are compared as key bytes, the same as
/// in indexes. Memory is bounded: 2 KiB per counter, 4,096 values of at most 48 bytes per column.
@NullMarked
package io.qomo.query.statistics;

import org.jspecify.annotations.NullMarked;
