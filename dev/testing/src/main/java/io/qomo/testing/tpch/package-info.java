/// Data of the TPC-H benchmark.
@NullMarked
package io.qomo.testing.tpch;

import org.jspecify.annotations.NullMarked;
