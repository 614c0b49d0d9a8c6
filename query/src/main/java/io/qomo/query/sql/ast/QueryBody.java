package io.qomo.query.sql.ast;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What produces the rows of a query.
public sealed interface QueryBody {
    /// Where it stands in the text.
    Span span();

    /// A SELECT block.
    ///
    /// @param hints the text between `/*+` and `*/`, null without
    /// @param from the comma list; empty without FROM and with FROM DUAL
    record QuerySpecification(
            Span span,
            @Nullable String hints,
            Set<SelectOption> options,
            List<SelectItem> items,
            List<TableReference> from,
            @Nullable Expression where,
            @Nullable GroupBy groupBy,
            @Nullable Expression having,
            List<WindowReference.WindowDefinition> windows)
            implements QueryBody {
        /// Copies the lists.
        public QuerySpecification {
            options = Set.copyOf(options);
            items = List.copyOf(items);
            from = List.copyOf(from);
            windows = List.copyOf(windows);
        }

        /// True with DISTINCT.
        public boolean isDistinct() {
            return options.contains(SelectOption.DISTINCT);
        }
    }

    /// `left UNION [ALL] right`; chains lean to the left, INTERSECT binds tighter.
    record SetOperation(Span span, SetOperator operator, boolean all, QueryBody left, QueryBody right)
            implements QueryBody {}

    /// `VALUES ROW(1, 2), ROW(3, 4)`.
    record TableValueConstructor(Span span, List<List<Expression>> rows) implements QueryBody {
        /// Copies the rows.
        public TableValueConstructor {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /// `TABLE name`.
    record ExplicitTable(Span span, TableName table) implements QueryBody {}

    /// A parenthesised query with clauses of its own.
    record ParenthesizedQuery(Span span, QueryExpression query) implements QueryBody {}

    /// UNION, INTERSECT, EXCEPT.
    enum SetOperator {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /// Words between SELECT and the list, in MySQL's order of printing.
    enum SelectOption {
        ALL,
        DISTINCT,
        STRAIGHT_JOIN,
        HIGH_PRIORITY,
        SQL_SMALL_RESULT,
        SQL_BIG_RESULT,
        SQL_BUFFER_RESULT,
        SQL_NO_CACHE,
        SQL_CALC_FOUND_ROWS
    }

    /// `GROUP BY items [WITH ROLLUP]`. The items' directions are always ascending in MySQL 8.0.
    record GroupBy(List<Expression> items, boolean rollup) {
        /// Copies the list.
        public GroupBy {
            items = List.copyOf(items);
        }
    }

    /// One element of the select list.
    sealed interface SelectItem {
        /// `*`.
        record AllColumns(Span span) implements SelectItem {}

        /// `[schema.]table.*`.
        record TableColumns(Span span, TableName table) implements SelectItem {}

        /// `expression [[AS] alias]`.
        ///
        /// @param span of the expression with its parentheses, without the alias; MySQL names columns by it
        record ExpressionItem(
                Span span, Expression expression, @Nullable String alias) implements SelectItem {}
    }
}
