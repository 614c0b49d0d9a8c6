/// Time, chance, threads and files behind one seam, so that simulation and production share all other code.
///
/// Entry type: [io.qomo.base.env.Env]. Nothing outside this package calls the system clock or entropy.
@NullMarked
package io.qomo.base.env;

import org.jspecify.annotations.NullMarked;
