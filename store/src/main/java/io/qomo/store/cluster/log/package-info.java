/// The shared log of a node: the logs of all its groups in one row of files, with one force per batch
/// over all of them.
@NullMarked
package io.qomo.store.cluster.log;

import org.jspecify.annotations.NullMarked;
