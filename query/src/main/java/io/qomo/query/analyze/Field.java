package io.qomo.query.analyze;

import io.qomo.query.expr.Expr.Column;

/// A named column of a relation in FROM.
///
/// @param name by which it is referred to
/// @param column its id and type
/// @param origin for result metadata
/// @param inStar false for INVISIBLE columns, which `*` leaves out
record Field(String name, Column column, Origin origin, boolean inStar) {}
