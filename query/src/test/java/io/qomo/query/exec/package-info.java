/// Plans built by hand, run against a store in memory.
@NullMarked
package io.qomo.query.exec;

import org.jspecify.annotations.NullMarked;
