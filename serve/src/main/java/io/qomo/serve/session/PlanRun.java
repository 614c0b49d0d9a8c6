package io.qomo.serve.session;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.query.exec.ResultCursor;
import io.qomo.query.exec.context.ExecContext;

/// The operators of a query with what they are bound to for life: compiled once, opened for each run.
///
/// @param memory the account they were compiled with; empty between runs
/// @param context given the surroundings of each run
/// @param cursor over the operators
record PlanRun(MemoryAccount memory, ExecContext context, ResultCursor cursor) {}
