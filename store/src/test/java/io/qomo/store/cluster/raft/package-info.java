/// Tests of groups over the real log, transport and consensus library, in one process.
@NullMarked
package io.qomo.store.cluster.raft;

import org.jspecify.annotations.NullMarked;
