/// Tests of what a server must survive: schema changes under load, statements without measure,
/// clients that misbehave.
@NullMarked
package io.qomo.testing.robust;

import org.jspecify.annotations.NullMarked;
