package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableElement.IndexDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Databases, tables, indexes, views.
public sealed interface DdlStatement extends Statement {
    /// `CREATE DATABASE`.
    record CreateDatabase(boolean ifNotExists, String name, List<DatabaseOption> options) implements DdlStatement {
        /// Copies the list.
        public CreateDatabase {
            options = List.copyOf(options);
        }
    }

    /// `ALTER DATABASE [name] options`; without a name the current one.
    record AlterDatabase(@Nullable String name, List<DatabaseOption> options) implements DdlStatement {
        /// Copies the list.
        public AlterDatabase {
            options = List.copyOf(options);
        }
    }

    /// `DROP DATABASE`.
    record DropDatabase(boolean ifExists, String name) implements DdlStatement {}

    /// CHARSET, COLLATE, ENCRYPTION or READ_ONLY with its value as text.
    record DatabaseOption(Name name, String value) {
        /// What is set.
        public enum Name {
            CHARSET,
            COLLATE,
            ENCRYPTION,
            READ_ONLY
        }
    }

    /// `CREATE TABLE name (...) options [partitioning] [[IGNORE|REPLACE] [AS] query]`.
    record CreateTable(
            boolean temporary,
            boolean ifNotExists,
            TableName name,
            List<TableElement> elements,
            List<TableOption> options,
            @Nullable Partitioning partitioning,
            DuplicateHandling duplicates,
            @Nullable QueryExpression query)
            implements DdlStatement {
        /// Copies the lists.
        public CreateTable {
            elements = List.copyOf(elements);
            options = List.copyOf(options);
        }
    }

    /// `CREATE TABLE name LIKE source`.
    record CreateTableLike(boolean temporary, boolean ifNotExists, TableName name, TableName source)
            implements DdlStatement {}

    /// `ALTER TABLE name actions`.
    record AlterTable(TableName name, List<AlterAction> actions) implements DdlStatement {
        /// Copies the list.
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    /// `DROP [TEMPORARY] TABLE [IF EXISTS] names [RESTRICT | CASCADE]`.
    record DropTable(boolean temporary, boolean ifExists, List<TableName> names) implements DdlStatement {
        /// Copies the list.
        public DropTable {
            names = List.copyOf(names);
        }
    }

    /// `TRUNCATE [TABLE] name`.
    record TruncateTable(TableName name) implements DdlStatement {}

    /// `RENAME TABLE a TO b, ...`.
    record RenameTable(List<Renaming> renamings) implements DdlStatement {
        /// Copies the list.
        public RenameTable {
            renamings = List.copyOf(renamings);
        }
    }

    /// One `from TO to`.
    record Renaming(TableName from, TableName to) {}

    /// `CREATE [UNIQUE|FULLTEXT|SPATIAL] INDEX ... ON table (...)`.
    ///
    /// @param algorithm of ALGORITHM [=] word in upper case, null without
    /// @param lock of LOCK [=] word in upper case, null without
    record CreateIndex(
            TableName table,
            IndexDefinition index,
            @Nullable String algorithm,
            @Nullable String lock) implements DdlStatement {}

    /// `DROP INDEX name ON table`.
    record DropIndex(
            String name,
            TableName table,
            @Nullable String algorithm,
            @Nullable String lock) implements DdlStatement {}

    /// `CREATE [OR REPLACE] VIEW` and `ALTER VIEW`.
    ///
    /// @param alter true for ALTER VIEW
    /// @param algorithm UNDEFINED, MERGE or TEMPTABLE; null without
    /// @param definer null without (the current user)
    /// @param securityInvoker SQL SECURITY INVOKER
    /// @param columns empty without a list
    /// @param querySpan of the query's text
    record CreateView(
            boolean alter,
            boolean orReplace,
            @Nullable String algorithm,
            @Nullable AccountName definer,
            boolean securityInvoker,
            TableName name,
            List<String> columns,
            QueryExpression query,
            Span querySpan,
            CheckOption checkOption)
            implements DdlStatement {
        /// Copies the list.
        public CreateView {
            columns = List.copyOf(columns);
        }

        /// WITH ... CHECK OPTION; CASCADED is the default.
        public enum CheckOption {
            NONE,
            LOCAL,
            CASCADED
        }
    }

    /// `DROP VIEW [IF EXISTS] names`.
    record DropView(boolean ifExists, List<TableName> names) implements DdlStatement {
        /// Copies the list.
        public DropView {
            names = List.copyOf(names);
        }
    }
}
