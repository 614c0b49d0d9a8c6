/// Reading base tables through a transaction: key ranges from expressions, scans, look-ups, row locks.
///
/// - [io.qomo.query.exec.table.RangeEncoder] makes byte ranges of a plan's key ranges.
/// - `TableReader` fills batches with rows by handle or from a cursor.
/// - [io.qomo.query.exec.table.RowLocker] locks rows and looks at them again.
///
/// Nothing here changes a table.
@NullMarked
package io.qomo.query.exec.table;

import org.jspecify.annotations.NullMarked;
