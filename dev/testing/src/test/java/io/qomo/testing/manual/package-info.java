/// Tests of the papers.
@NullMarked
package io.qomo.testing.manual;

import org.jspecify.annotations.NullMarked;
