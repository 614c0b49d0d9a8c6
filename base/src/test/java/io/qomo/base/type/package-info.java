/// Tests of types and values.
@NullMarked
package io.qomo.base.type;

import org.jspecify.annotations.NullMarked;
