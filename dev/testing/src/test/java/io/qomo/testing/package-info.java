/// Tests of the whole server: architecture, SQL files, real clients and applications, crashes.
@NullMarked
package io.qomo.testing;

import org.jspecify.annotations.NullMarked;
