/// A small client of the MySQL protocol, for the shell and for tools of ours; applications use the ordinary drivers.
///
/// Entry type: [io.qomo.serve.client.Connection]. Blocking, one thread.
@NullMarked
package io.qomo.serve.client;

import org.jspecify.annotations.NullMarked;
