package io.qomo.serve.session;

import org.jspecify.annotations.Nullable;

/// Where a statement that is run again and again keeps its plan. Owned by the session's thread.
final class PlanSlot {
    private @Nullable CachedPlan plan;

    /// The plan of the last run, or null; it may not fit any more.
    @Nullable CachedPlan plan() {
        return plan;
    }

    /// Puts a plan in place of the one before.
    void keep(CachedPlan made) {
        plan = made;
    }
}
