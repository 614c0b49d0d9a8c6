/// Running physical plans.
///
/// ```
/// PlannedQuery --Executor.open--> ResultCursor: batches until null
/// PlannedQuery --Executor.executeWrite--> WriteResult
/// ```
/// Entry types: [io.qomo.query.exec.Executor], [io.qomo.query.exec.context.ExecContext]. The packages
/// below, each using only those before it: `rows` (kept rows, files), `layout` (bytes of tables),
/// `context` (what a statement carries), `table` (reading tables), `operator` (queries), `write` (changes).
@NullMarked
package io.qomo.query.exec;

import org.jspecify.annotations.NullMarked;
