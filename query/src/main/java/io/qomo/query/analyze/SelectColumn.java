package io.qomo.query.analyze;

import io.qomo.query.expr.Expr;
import io.qomo.query.sql.ast.Expression;
import org.jspecify.annotations.Nullable;

/// An element of the select list, bound over FROM.
///
/// @param name alias, or what MySQL calls it
/// @param syntax as written, null for what `*` stands for
/// @param value bound
/// @param origin where it comes from
record SelectColumn(String name, @Nullable Expression syntax, Expr value, Origin origin) {}
