/// HTTP: health, metrics in Prometheus' text format, and a status page.
///
/// Entry type: [io.qomo.serve.console.ConsoleServer]. Read-only; no SQL runs from here.
@NullMarked
package io.qomo.serve.console;

import org.jspecify.annotations.NullMarked;
