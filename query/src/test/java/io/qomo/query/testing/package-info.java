/// A schema in memory and a planner over it, for tests of analyzer and optimizer.
@NullMarked
package io.qomo.query.testing;

import org.jspecify.annotations.NullMarked;
