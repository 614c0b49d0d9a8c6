/// System variables: which there are, what values they take, and the values of the server and of a session.
///
/// Entry types: [io.qomo.serve.variable.Variables] (the table, read from `variables.txt`),
/// [io.qomo.serve.variable.GlobalVariables] and [io.qomo.serve.variable.SessionVariables]. What a change *does* belongs
/// to those who listen to it, not here.
@NullMarked
package io.qomo.serve.variable;

import org.jspecify.annotations.NullMarked;
