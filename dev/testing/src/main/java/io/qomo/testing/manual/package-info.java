/// The generated pages of `docs/manual`: what the program itself knows about its functions, variables and errors, and
/// an
/// index of the golden files. `ManualTest` holds the pages in the tree to what is generated.
@NullMarked
package io.qomo.testing.manual;

import org.jspecify.annotations.NullMarked;
