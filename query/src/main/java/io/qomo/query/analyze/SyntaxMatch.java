package io.qomo.query.analyze;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.printer.AstPrinter;
import io.qomo.query.sql.printer.Names;
import org.jspecify.annotations.Nullable;

/// Whether syntax means the same as an expression of its scope, however the columns in both are qualified and whatever
/// the case of their names: `YEAR(t.d)` and `year(D)`. What has subqueries or parameters in it must be equal as it is
/// written: names inside a subquery have scopes of their own, and two parameters are two values.
final class SyntaxMatch {
    private final Expression syntax;
    private final Scope scope;
    private @Nullable String resolved;

    SyntaxMatch(Expression syntax, Scope scope) {
        this.syntax = syntax;
        this.scope = scope;
    }

    /// True if the other expression, of the same scope, means the same.
    boolean matches(Expression other) {
        if (syntax.equals(other)) {
            return true;
        }
        if (syntax.getClass() != other.getClass()) {
            return false;
        }
        String text = resolved == null ? resolve(syntax) : resolved;
        resolved = text;
        return isPlain(text) && text.equals(resolve(other));
    }

    private static boolean isPlain(String text) {
        return text.indexOf('?') < 0 && !text.contains("select ");
    }

    private String resolve(Expression e) {
        return AstPrinter.print(e, new Names() {
            @Override
            public ColumnReference column(ColumnReference column) {
                Integer id = idOf(column);
                // Nothing written has an empty name before it.
                return id == null ? column : new ColumnReference(Span.NONE, "", "", id.toString());
            }
        });
    }

    /// The id of the column of FROM that a name means, or null.
    private @Nullable Integer idOf(ColumnReference column) {
        for (Scope s = scope; s != null; s = s.outer()) {
            try {
                Field found = s.find(column);
                if (found != null) {
                    return found.column().index();
                }
            } catch (SqlException e) {
                // Ambiguous: whoever binds it says so.
                return null;
            }
        }
        return null;
    }
}
