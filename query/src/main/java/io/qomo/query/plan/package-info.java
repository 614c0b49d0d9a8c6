/// Physical plans: immutable records the executor maps to operators in one exhaustive switch.
///
/// Entry type: [io.qomo.query.plan.PhysicalPlan]. No execution state belongs here.
@NullMarked
package io.qomo.query.plan;

import org.jspecify.annotations.NullMarked;
