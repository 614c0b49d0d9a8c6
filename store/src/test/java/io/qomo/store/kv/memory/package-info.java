/// Tests of the storage engines.
@NullMarked
package io.qomo.store.kv.memory;

import org.jspecify.annotations.NullMarked;
