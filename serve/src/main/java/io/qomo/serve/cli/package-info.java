/// The command line: what `qomo COMMAND` and `java -jar qomo.jar COMMAND` do.
///
/// Entry type: [io.qomo.serve.cli.Main].
@NullMarked
package io.qomo.serve.cli;

import org.jspecify.annotations.NullMarked;
