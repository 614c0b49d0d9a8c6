/// Tests of schema changes that need no server.
@NullMarked
package io.qomo.serve.schema;

import org.jspecify.annotations.NullMarked;
