package io.qomo.query.analyze;

import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;

/// A named column of a relation in FROM.
///
/// @param name by which it is referred to
/// @param column its id and type
/// @param origin for result metadata
/// @param inStar false for INVISIBLE columns, which `*` leaves out
/// @param shown the type it is declared with; decimals of merged queries may have more digits
record Field(String name, Column column, Origin origin, boolean inStar, SqlType shown) {
    Field(String name, Column column, Origin origin, boolean inStar) {
        this(name, column, origin, inStar, column.type());
    }

    /// The value in a block where it is named.
    Expr in(Block block) {
        return DecimalOps.rounded(block.seen(column), shown);
    }
}
