/// Tests of the printer.
@NullMarked
package io.qomo.query.sql.printer;

import org.jspecify.annotations.NullMarked;
