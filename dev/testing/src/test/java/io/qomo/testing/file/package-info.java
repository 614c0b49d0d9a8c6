/// Rows in files: SELECT … INTO OUTFILE and LOAD DATA on a server with a data directory.
@NullMarked
package io.qomo.testing.file;

import org.jspecify.annotations.NullMarked;
