/// Clusters of real processes on loopback, whose nodes are killed, paused and stopped under load.
@NullMarked
package io.qomo.testing.cluster;

import org.jspecify.annotations.NullMarked;
