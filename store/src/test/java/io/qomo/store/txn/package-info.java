/// Tests of transactions.
@NullMarked
package io.qomo.store.txn;

import org.jspecify.annotations.NullMarked;
