package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import io.qomo.query.sql.ast.QueryExpression.WithClause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Queries and changes of rows.
public sealed interface DmlStatement extends Statement {
    /// SELECT, TABLE, VALUES, WITH.
    record SelectStatement(QueryExpression query) implements DmlStatement {}

    /// INSERT or REPLACE.
    ///
    /// @param hints the text between `/*+` and `*/`, null without
    /// @param columns null without a list; an empty list for `()`. `SET a = 1` is a list and one row
    /// @param rows of VALUES and SET, each possibly empty; elements may be [Expression.DefaultValue]
    /// @param query the source instead of rows, null with rows
    /// @param rowAlias of `VALUES ... AS alias (columns)`
    /// @param onDuplicate empty without ON DUPLICATE KEY UPDATE
    record InsertStatement(
            boolean replace,
            Priority priority,
            boolean ignore,
            @Nullable String hints,
            TableName table,
            List<String> partitions,
            @Nullable List<ColumnReference> columns,
            List<List<Expression>> rows,
            @Nullable QueryExpression query,
            @Nullable String rowAlias,
            List<String> columnAliases,
            List<ColumnAssignment> onDuplicate)
            implements DmlStatement {
        /// Copies the outer lists.
        public InsertStatement {
            partitions = List.copyOf(partitions);
            columns = columns == null ? null : List.copyOf(columns);
            rows = List.copyOf(rows);
            columnAliases = List.copyOf(columnAliases);
            onDuplicate = List.copyOf(onDuplicate);
        }
    }

    /// LOW_PRIORITY and its kin.
    enum Priority {
        DEFAULT,
        LOW,
        HIGH,
        DELAYED
    }

    /// `column = value`; the value may be [Expression.DefaultValue].
    record ColumnAssignment(ColumnReference column, Expression value) {}

    /// UPDATE of one table or of several.
    ///
    /// @param tables one [TableReference.NamedTable] is the single-table form, which may have ORDER BY
    /// @param limit a literal or parameter marker
    record UpdateStatement(
            @Nullable WithClause with,
            @Nullable String hints,
            boolean lowPriority,
            boolean ignore,
            List<TableReference> tables,
            List<ColumnAssignment> assignments,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Expression limit)
            implements DmlStatement {
        /// Copies the lists.
        public UpdateStatement {
            tables = List.copyOf(tables);
            assignments = List.copyOf(assignments);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// DELETE from one table: `DELETE FROM t [AS alias] ...`.
    record DeleteStatement(
            @Nullable WithClause with,
            @Nullable String hints,
            boolean lowPriority,
            boolean quick,
            boolean ignore,
            TableReference.NamedTable table,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Expression limit)
            implements DmlStatement {
        /// Copies the list.
        public DeleteStatement {
            orderBy = List.copyOf(orderBy);
        }
    }

    /// `DELETE a, b FROM refs` and `DELETE FROM a, b USING refs`.
    record MultiDeleteStatement(
            @Nullable WithClause with,
            @Nullable String hints,
            boolean lowPriority,
            boolean quick,
            boolean ignore,
            List<TableName> targets,
            List<TableReference> from,
            @Nullable Expression where)
            implements DmlStatement {
        /// Copies the lists.
        public MultiDeleteStatement {
            targets = List.copyOf(targets);
            from = List.copyOf(from);
        }
    }

    /// LOAD DATA and LOAD XML.
    ///
    /// @param xmlRowTag of LOAD XML's ROWS IDENTIFIED BY; `xml` tells whether it is LOAD XML at all
    /// @param targets columns ([ColumnReference]) and user variables, empty without a list
    record LoadDataStatement(
            boolean xml,
            Priority priority,
            boolean concurrent,
            boolean local,
            String path,
            DuplicateHandling duplicates,
            TableName table,
            List<String> partitions,
            @Nullable String charset,
            @Nullable String xmlRowTag,
            FileFormat format,
            long ignoreLines,
            List<Expression> targets,
            List<ColumnAssignment> assignments)
            implements DmlStatement {
        /// Copies the lists.
        public LoadDataStatement {
            partitions = List.copyOf(partitions);
            targets = List.copyOf(targets);
            assignments = List.copyOf(assignments);
        }
    }

    /// What LOAD DATA and CREATE TABLE ... SELECT do with rows whose key is there.
    enum DuplicateHandling {
        ERROR,
        IGNORE,
        REPLACE
    }

    /// `DO expressions`.
    record DoStatement(List<Expression> expressions) implements DmlStatement {
        /// Copies the list.
        public DoStatement {
            expressions = List.copyOf(expressions);
        }
    }

    /// `CALL procedure [(arguments)]`.
    record CallStatement(TableName procedure, List<Expression> arguments) implements DmlStatement {
        /// Copies the list.
        public CallStatement {
            arguments = List.copyOf(arguments);
        }
    }

    /// `HANDLER table OPEN [AS alias]`, `READ ...`, `CLOSE`.
    ///
    /// @param index of READ index, null for the natural order
    /// @param comparison of READ index op (key), null otherwise
    record HandlerStatement(
            TableName table,
            Action action,
            @Nullable String alias,
            @Nullable String index,
            Predicate.@Nullable ComparisonOperator comparison,
            List<Expression> key,
            @Nullable Expression where,
            QueryExpression.@Nullable Limit limit)
            implements DmlStatement {
        /// Copies the list.
        public HandlerStatement {
            key = List.copyOf(key);
        }

        /// What is done; READ_KEY is READ with a comparison.
        public enum Action {
            OPEN,
            CLOSE,
            READ_FIRST,
            READ_NEXT,
            READ_PREV,
            READ_LAST,
            READ_KEY
        }
    }

    /// `IMPORT TABLE FROM 'file' ...`.
    record ImportTableStatement(List<String> files) implements DmlStatement {
        /// Copies the list.
        public ImportTableStatement {
            files = List.copyOf(files);
        }
    }
}
