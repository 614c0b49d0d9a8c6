/// The server as a process that is killed.
@NullMarked
package io.qomo.testing.crash;

import org.jspecify.annotations.NullMarked;
