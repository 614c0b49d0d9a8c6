/// TPC-H's queries as a test of the planner and the operators.
@NullMarked
package io.qomo.testing.tpch;

import org.jspecify.annotations.NullMarked;
