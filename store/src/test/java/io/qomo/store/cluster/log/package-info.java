/// Tests of the shared log.
@NullMarked
package io.qomo.store.cluster.log;

import org.jspecify.annotations.NullMarked;
