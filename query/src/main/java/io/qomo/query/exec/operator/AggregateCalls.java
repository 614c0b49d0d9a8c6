package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.plan.PlanParts.AggregateCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All aggregates of a node together, for groups 0 to n − 1.
///
/// ```
/// reset ─ (ensureGroups · add)* ─ finish ─ results*
/// ```
final class AggregateCalls {
    private final AggregateInput[] calls;

    AggregateCalls(ExecContext context, List<AggregateCall> aggregates) {
        calls = new AggregateInput[aggregates.size()];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = AggregateInput.of(context, aggregates.get(i));
        }
    }

    static List<SqlType> types(List<AggregateCall> aggregates) {
        return aggregates.stream().map(a -> a.bound().type()).toList();
    }

    /// Makes room for groups.
    void ensureGroups(int groups) {
        for (AggregateInput call : calls) {
            call.ensureGroups(groups);
        }
    }

    /// Adds the rows of a batch to their groups (all to group 0 without ids).
    void add(int @Nullable [] groupIds, Batch input) {
        for (AggregateInput call : calls) {
            call.add(groupIds, input);
        }
    }

    /// Ends adding.
    void finish() {
        for (AggregateInput call : calls) {
            call.finish();
        }
    }

    /// Writes results of groups to vectors from `firstColumn` on.
    void results(int from, int count, Vector[] out, int firstColumn) {
        for (int i = 0; i < calls.length; i++) {
            Vector target = out[firstColumn + i];
            target.reset();
            target.ensure(count);
            calls[i].results(from, count, target);
        }
    }

    /// Bytes held by what cannot be put aside.
    long sizeBytes() {
        long bytes = 0;
        for (AggregateInput call : calls) {
            bytes += call.sizeBytes();
        }
        return bytes;
    }

    /// Forgets all groups.
    void reset() {
        for (AggregateInput call : calls) {
            call.reset();
        }
    }

    /// Gives memory and files back.
    void close() {
        for (AggregateInput call : calls) {
            call.close();
        }
    }
}
