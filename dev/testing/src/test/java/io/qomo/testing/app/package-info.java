/// Frameworks and applications against a running server.
@NullMarked
package io.qomo.testing.app;

import org.jspecify.annotations.NullMarked;
