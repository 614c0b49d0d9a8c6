/// EXPLAIN: physical plans as MySQL's table, as a tree, and as JSON.
///
/// Entry type: [io.qomo.query.explain.Explain]. What is shown is the plan that would run; nothing is planned here.
@NullMarked
package io.qomo.query.explain;

import org.jspecify.annotations.NullMarked;
