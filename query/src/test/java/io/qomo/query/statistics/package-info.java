/// Tests of statistics.
@NullMarked
package io.qomo.query.statistics;

import org.jspecify.annotations.NullMarked;
