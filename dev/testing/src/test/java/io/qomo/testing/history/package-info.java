/// Histories of concurrent transactions.
@NullMarked
package io.qomo.testing.history;

import org.jspecify.annotations.NullMarked;
