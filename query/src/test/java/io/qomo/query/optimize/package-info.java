/// Tests of the optimizer's rules.
@NullMarked
package io.qomo.query.optimize;

import org.jspecify.annotations.NullMarked;
