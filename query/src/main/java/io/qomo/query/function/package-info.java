/// MySQL's functions and operators: which arguments they take, what type they give, and the kernels that compute them.
///
/// Entry types: [io.qomo.query.function.Functions] finds a definition by name; [io.qomo.query.function.Casts],
/// [io.qomo.query.function.TypeMerge] and [io.qomo.query.function.Comparisons] are the rules of types the analyzer
/// shares with it; `AssignmentConverter` stores values in columns.
///
/// A definition binds: it casts its arguments, finds the result type, and makes a call to a kernel
/// ([io.qomo.query.expr.ScalarFunction]). Kernels never look at types again. Families of functions are tables of one
/// line each (`StringFunctions`, `DateFunctions`, …): a signature as the manual prints it, and a binder.
///
/// Values of physical form BYTES are UTF-8 whatever the column's character set; functions that look at bytes (LENGTH,
/// HEX, MD5) convert first.
@NullMarked
package io.qomo.query.function;

import org.jspecify.annotations.NullMarked;
