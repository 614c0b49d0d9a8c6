/// From logical plans to physical ones: rules that rewrite, costs that choose, and the planner in front of it all.
///
/// Entry type: [io.qomo.query.optimize.Planner]. A statement goes through [io.qomo.query.analyze.Analyzer], then the
/// rules of [io.qomo.query.optimize.Rules] in their order (each may be switched off by name; with assertions on the
/// plan is verified after each), then [io.qomo.query.optimize.PathFinder], which decides how each node is run, and
/// [io.qomo.query.optimize.PhysicalBuilder], which turns column ids into positions and free columns into slots.
@NullMarked
package io.qomo.query.optimize;

import org.jspecify.annotations.NullMarked;
