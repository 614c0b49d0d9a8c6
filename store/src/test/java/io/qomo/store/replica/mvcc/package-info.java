/// Tests of the state machine.
@NullMarked
package io.qomo.store.replica.mvcc;

import org.jspecify.annotations.NullMarked;
