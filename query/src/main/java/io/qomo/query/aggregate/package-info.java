/// Aggregate functions: COUNT, SUM, AVG, MIN, MAX, GROUP_CONCAT and the others, with their state for many groups at
/// once in primitive arrays.
///
/// Entry type: [io.qomo.query.aggregate.Aggregates]. DISTINCT and ORDER BY inside an aggregate are the operator's work:
/// an accumulator adds the rows it is given, in that order.
@NullMarked
package io.qomo.query.aggregate;

import org.jspecify.annotations.NullMarked;
