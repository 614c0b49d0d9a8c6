/// Random queries against Qomo and MariaDB.
@NullMarked
package io.qomo.testing.differential;

import org.jspecify.annotations.NullMarked;
