/// Ordered bytes on one disk: the contract of the storage engine and what it hands out.
@NullMarked
package io.qomo.store.kv;

import org.jspecify.annotations.NullMarked;
