/// Tests of the storage engines.
@NullMarked
package io.qomo.store.kv.rocksdb;

import org.jspecify.annotations.NullMarked;
