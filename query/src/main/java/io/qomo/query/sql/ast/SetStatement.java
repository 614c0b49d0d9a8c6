package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.Expression.VariableScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `SET item, ...`. SET TRANSACTION, SET PASSWORD, SET ROLE are statements of other topics.
public record SetStatement(List<SetItem> items) implements Statement {
    /// Copies the list.
    public SetStatement {
        items = List.copyOf(items);
    }

    /// One element of SET.
    public sealed interface SetItem {
        /// `@name = value`.
        record UserVariableItem(String name, Expression value) implements SetItem {}

        /// `[scope] [component.]name = value`; also a local variable of a routine or `NEW.column` of a
        /// trigger when no
        /// scope is written.
        ///
        /// @param explicit true when a scope or `@@` was written
        /// @param value null for DEFAULT; a bare word arrives as a [Literal.StringLiteral] for the words
        ///     ON, ALL, BINARY, ROW and SYSTEM, else as a [Expression.ColumnReference]
        record VariableItem(
                Span span,
                VariableScope scope,
                boolean explicit,
                @Nullable String component,
                String name,
                @Nullable Expression value)
                implements SetItem {}

        /// `NAMES charset [COLLATE collation]`; a null charset is DEFAULT.
        record NamesItem(@Nullable String charset, @Nullable String collation) implements SetItem {}

        /// `CHARACTER SET charset`; null is DEFAULT.
        record CharsetItem(@Nullable String charset) implements SetItem {}
    }
}
