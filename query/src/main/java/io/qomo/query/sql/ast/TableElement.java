package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in the parentheses of CREATE TABLE.
public sealed interface TableElement {
    /// A column with all its attributes. SERIAL is spelled out as BIGINT UNSIGNED NOT NULL AUTO_INCREMENT
    /// UNIQUE.
    ///
    /// @param nullable null when neither NULL nor NOT NULL is written
    /// @param defaultValue null without DEFAULT
    /// @param onUpdate the fraction digits of ON UPDATE CURRENT_TIMESTAMP(n), -1 without the clause
    /// @param comment null without COMMENT
    /// @param visible null when neither VISIBLE nor INVISIBLE is written
    /// @param generated null for an ordinary column
    /// @param checks written inside the column
    /// @param references written inside the column; MySQL 8.0 ignores it
    /// @param srid -1 without
    record ColumnDefinition(
            Span span,
            String name,
            DataType type,
            @Nullable Boolean nullable,
            @Nullable ColumnDefault defaultValue,
            int onUpdate,
            boolean autoIncrement,
            ColumnKey key,
            @Nullable String comment,
            @Nullable Boolean visible,
            @Nullable GeneratedColumn generated,
            List<CheckDefinition> checks,
            @Nullable ReferenceDefinition references,
            long srid,
            List<AttributeOption> options)
            implements TableElement {
        /// Copies the lists.
        public ColumnDefinition {
            checks = List.copyOf(checks);
            options = List.copyOf(options);
        }
    }

    /// `DEFAULT literal`, `DEFAULT CURRENT_TIMESTAMP` or, with `parenthesized`, `DEFAULT (expression)`.
    record ColumnDefault(Expression value, boolean parenthesized) {}

    /// `[GENERATED ALWAYS] AS (expression) [VIRTUAL | STORED]`.
    ///
    /// @param span of the expression, for its text
    record GeneratedColumn(Span span, Expression expression, boolean stored) {}

    /// The key a column definition asks for.
    enum ColumnKey {
        NONE,
        KEY,
        UNIQUE,
        PRIMARY
    }

    /// An attribute kept as text: COLUMN_FORMAT, STORAGE, ENGINE_ATTRIBUTE, SECONDARY_ENGINE_ATTRIBUTE, NOT
    /// SECONDARY.
    record AttributeOption(String name, String value) {}

    /// An index or a primary or unique key.
    ///
    /// @param constraint of `CONSTRAINT name`, null without
    /// @param name null when not given
    record IndexDefinition(
            Span span,
            IndexKind kind,
            @Nullable String constraint,
            @Nullable String name,
            List<IndexPart> parts,
            IndexOptions options)
            implements TableElement {
        /// Copies the list.
        public IndexDefinition {
            parts = List.copyOf(parts);
        }
    }

    /// The kinds of index.
    enum IndexKind {
        PLAIN,
        UNIQUE,
        PRIMARY,
        FULLTEXT,
        SPATIAL
    }

    /// `column [(length)] [ASC|DESC]` or `(expression) [ASC|DESC]`.
    ///
    /// @param column null for a functional part
    /// @param expression null for a column
    /// @param prefixLength -1 without
    record IndexPart(@Nullable String column, @Nullable Expression expression, int prefixLength, boolean descending) {}

    /// What follows an index's columns; null and -1 mean not given.
    record IndexOptions(
            @Nullable String type,
            @Nullable String comment,
            @Nullable Boolean visible,
            @Nullable String parser,
            long keyBlockSize,
            List<AttributeOption> others) {
        /// Nothing given.
        public static final IndexOptions NONE = new IndexOptions(null, null, null, null, -1, List.of());

        /// Copies the list.
        public IndexOptions {
            others = List.copyOf(others);
        }
    }

    /// `[CONSTRAINT constraint] FOREIGN KEY [index] (columns) REFERENCES ...`.
    record ForeignKeyDefinition(
            Span span,
            @Nullable String constraint,
            @Nullable String index,
            List<String> columns,
            ReferenceDefinition references)
            implements TableElement {
        /// Copies the list.
        public ForeignKeyDefinition {
            columns = List.copyOf(columns);
        }
    }

    /// `REFERENCES table [(columns)] [MATCH ...] [ON DELETE ...] [ON UPDATE ...]`.
    ///
    /// @param match FULL, PARTIAL or SIMPLE, null without
    record ReferenceDefinition(
            TableName table,
            List<String> columns,
            @Nullable String match,
            @Nullable ReferenceAction onDelete,
            @Nullable ReferenceAction onUpdate) {
        /// Copies the list.
        public ReferenceDefinition {
            columns = List.copyOf(columns);
        }
    }

    /// What happens to children.
    enum ReferenceAction {
        RESTRICT,
        CASCADE,
        SET_NULL,
        NO_ACTION,
        SET_DEFAULT
    }

    /// `[CONSTRAINT name] CHECK (condition) [\[NOT] ENFORCED]`.
    record CheckDefinition(Span span, @Nullable String name, Expression condition, boolean enforced)
            implements TableElement {}
}
