/// A growable byte array: where formatters, key and row codecs write.
///
/// Entry type: [io.qomo.base.bytes.ByteBuilder]. Knows nothing of SQL.
@NullMarked
package io.qomo.base.bytes;

import org.jspecify.annotations.NullMarked;
