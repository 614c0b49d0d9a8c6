/// What a running statement carries, and the shape of what it runs.
///
/// Entry types: [io.qomo.query.exec.context.ExecContext] (one per statement, owned by its thread),
/// [io.qomo.query.exec.context.Operator] (a node of a running plan) and the services a statement is given
/// ([io.qomo.query.exec.context.Services]). Nothing here knows how a plan becomes operators: the executor
/// hands the context a [io.qomo.query.exec.context.PlanCompiler] for subqueries.
@NullMarked
package io.qomo.query.exec.context;

import org.jspecify.annotations.NullMarked;
