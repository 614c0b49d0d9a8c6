/// Columns of values in memory: what operators and expressions work on.
///
/// Entry types: [io.qomo.base.vector.Vector] and [io.qomo.base.vector.Batch]. SQL NULL is a bit, never Java null. A
/// vector is owned by one thread.
@NullMarked
package io.qomo.base.vector;

import org.jspecify.annotations.NullMarked;
