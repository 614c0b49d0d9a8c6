/// Tests of the store through its front door.
@NullMarked
package io.qomo.store;

import org.jspecify.annotations.NullMarked;
