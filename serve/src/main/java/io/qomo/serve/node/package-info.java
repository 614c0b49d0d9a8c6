/// A node, wired by plain constructors in layer order: the architecture diagram that compiles.
///
/// Entry type: `Node`. No behaviour of the layers below belongs here, and no static state: several nodes run in one
/// JVM.
@NullMarked
package io.qomo.serve.node;

import org.jspecify.annotations.NullMarked;
