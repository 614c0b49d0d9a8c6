/// The operators plans are made of at run time: one file each, pulled batch by batch.
///
/// Entry type: [io.qomo.query.exec.operator.Operators], the one switch from plan nodes to operators. An
/// operator is owned by its statement's thread, checks for interruption at least once per batch, holds
/// memory through a [io.qomo.query.exec.rows.MemoryBudget] and files through the context's
/// [io.qomo.query.exec.rows.TempSpace], and gives both back when closed. Nothing here writes to tables.
@NullMarked
package io.qomo.query.exec.operator;

import org.jspecify.annotations.NullMarked;
