/// Tests of kept rows.
@NullMarked
package io.qomo.query.exec.rows;

import org.jspecify.annotations.NullMarked;
