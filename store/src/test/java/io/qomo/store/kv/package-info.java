/// Tests of the storage engines.
@NullMarked
package io.qomo.store.kv;

import org.jspecify.annotations.NullMarked;
