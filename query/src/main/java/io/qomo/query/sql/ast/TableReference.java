package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An element of FROM.
public sealed interface TableReference {
    /// Where it stands in the text.
    Span span();

    /// A table, view or common table expression by name.
    ///
    /// @param partitions of `PARTITION (...)`, empty means all
    record NamedTable(
            Span span,
            TableName name,
            List<String> partitions,
            @Nullable String alias,
            List<IndexHint> indexHints) implements TableReference {
        /// Copies the lists.
        public NamedTable {
            partitions = List.copyOf(partitions);
            indexHints = List.copyOf(indexHints);
        }

        /// The name by which columns refer to it.
        public String visibleName() {
            return alias == null ? name.name() : alias;
        }
    }

    /// `[LATERAL] (query) AS alias [(columns)]`.
    record DerivedTable(Span span, boolean lateral, QueryExpression query, String alias, List<String> columns)
            implements TableReference {
        /// Copies the list.
        public DerivedTable {
            columns = List.copyOf(columns);
        }
    }

    /// A join of two references; `(a, b)` in parentheses is a CROSS one.
    ///
    /// @param on null without ON
    /// @param using empty without USING
    record JoinedTable(
            Span span,
            JoinKind kind,
            boolean natural,
            TableReference left,
            TableReference right,
            @Nullable Expression on,
            List<String> using)
            implements TableReference {
        /// Copies the list.
        public JoinedTable {
            using = List.copyOf(using);
        }
    }

    /// `JSON_TABLE(document, path COLUMNS (...)) AS alias`.
    record JsonTable(Span span, Expression document, Expression path, List<JsonTableColumn> columns, String alias)
            implements TableReference {
        /// Copies the list.
        public JsonTable {
            columns = List.copyOf(columns);
        }
    }

    /// How two references are joined. INNER without a condition is a cross product.
    enum JoinKind {
        INNER,
        CROSS,
        STRAIGHT,
        LEFT,
        RIGHT
    }

    /// A column of JSON_TABLE.
    sealed interface JsonTableColumn {
        /// `name FOR ORDINALITY`.
        record Ordinality(String name) implements JsonTableColumn {}

        /// `name type [EXISTS] PATH path [on empty] [on error]`.
        record Path(
                String name,
                DataType type,
                boolean exists,
                String path,
                SpecialFunction.@Nullable JsonResponse onEmpty,
                SpecialFunction.@Nullable JsonResponse onError)
                implements JsonTableColumn {}

        /// `NESTED [PATH] path COLUMNS (...)`.
        record Nested(String path, List<JsonTableColumn> columns) implements JsonTableColumn {
            /// Copies the list.
            public Nested {
                columns = List.copyOf(columns);
            }
        }
    }

    /// `USE|FORCE|IGNORE INDEX [FOR ...] (names)`; the primary key is named PRIMARY.
    record IndexHint(Action action, Scope scope, List<String> indexes) {
        /// Copies the list.
        public IndexHint {
            indexes = List.copyOf(indexes);
        }

        /// What is asked for.
        public enum Action {
            USE,
            FORCE,
            IGNORE
        }

        /// Where it applies.
        public enum Scope {
            ALL,
            JOIN,
            ORDER_BY,
            GROUP_BY
        }
    }
}
