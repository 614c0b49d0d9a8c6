/// Tests of transactions through several nodes in one process.
@NullMarked
package io.qomo.store.txn.remote;

import org.jspecify.annotations.NullMarked;
