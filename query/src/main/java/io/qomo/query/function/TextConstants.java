package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;

/// Constant strings made by binders.
final class TextConstants {
    private TextConstants() {}

    /// A string in the system's character set.
    static Expr system(String text) {
        return of(text, Collation.UTF8MB3_GENERAL_CI);
    }

    static Expr of(String text, Collation collation) {
        int chars = text.codePointCount(0, text.length());
        return new Expr.Constant(BytesVector.constant(SqlType.varchar(chars, collation), text));
    }
}
