/// SQL types and the values behind them: what MySQL's column types hold, how values are parsed, formatted, rounded,
/// compared and collated.
///
/// Entry type: [io.qomo.base.type.SqlType]. Values in memory are physical: see [io.qomo.base.type.Physical]. No
/// expression logic belongs here.
@NullMarked
package io.qomo.base.type;

import org.jspecify.annotations.NullMarked;
