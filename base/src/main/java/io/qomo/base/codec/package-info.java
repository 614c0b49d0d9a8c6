/// Bytes on disk: memory-comparable keys and versioned rows.
///
/// Entry types: KeyEncoder, RowEncoder and their readers. Every format is drawn in the class that owns it and starts
/// with a version.
@NullMarked
package io.qomo.base.codec;

import org.jspecify.annotations.NullMarked;
