/// Drivers against a running server.
@NullMarked
package io.qomo.testing.client;

import org.jspecify.annotations.NullMarked;
