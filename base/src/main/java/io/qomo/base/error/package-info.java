/// The one register of errors a client can see.
///
/// Entry types: [io.qomo.base.error.ErrorCode] (number, SQLSTATE, text) and [io.qomo.base.error.SqlException], which is
/// thrown where the fact is known and turned into a packet only by the protocol layer. [io.qomo.base.error.Check]
/// guards invariants at disk and wire borders. No recovery logic belongs here.
@NullMarked
package io.qomo.base.error;

import org.jspecify.annotations.NullMarked;
