/// The memory account of a query: reservations that fail alone instead of taking the node down.
///
/// Entry type: [io.qomo.base.memory.MemoryAccount].
@NullMarked
package io.qomo.base.memory;

import org.jspecify.annotations.NullMarked;
