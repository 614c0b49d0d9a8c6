/// Tests of the replicator.
@NullMarked
package io.qomo.store.cluster;

import org.jspecify.annotations.NullMarked;
