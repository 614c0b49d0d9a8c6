/// Qomo as a library: a node inside the JVM of its user.
///
/// Entry type: [io.qomo.Qomo].
@NullMarked
package io.qomo;

import org.jspecify.annotations.NullMarked;
