@NullMarked
package io.qomo.query.aggregate;

import org.jspecify.annotations.NullMarked;
