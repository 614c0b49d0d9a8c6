/// What the server remembers about itself: small records under keys of their own in the store, written in atomic,
/// durable changes.
///
/// Entry type: [io.qomo.serve.meta.MetaStore]. The records' formats belong to those who write them; each starts with a
/// version byte and is written with [io.qomo.serve.meta.RecordWriter].
@NullMarked
package io.qomo.serve.meta;

import org.jspecify.annotations.NullMarked;
