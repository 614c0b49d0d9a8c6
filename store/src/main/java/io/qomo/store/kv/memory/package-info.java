/// The storage engine without a disk: for embedded use in tests, and the model the other engines
/// are compared with.
///
/// Entry type: [io.qomo.store.kv.memory.MemoryStore].
@NullMarked
package io.qomo.store.kv.memory;

import org.jspecify.annotations.NullMarked;
