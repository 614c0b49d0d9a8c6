/// EXPLAIN: physical plans as MySQL's table, as a tree, and as JSON.
///
/// Entry types: [io.qomo.query.explain.TableFormat], [io.qomo.query.explain.TreeFormat] and
/// [io.qomo.query.explain.JsonFormat]. What is shown is the plan that would run; nothing is planned here.
@NullMarked
package io.qomo.query.explain;

import org.jspecify.annotations.NullMarked;
