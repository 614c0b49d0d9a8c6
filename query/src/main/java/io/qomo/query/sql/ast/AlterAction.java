package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.Partitioning.PartitionDefinition;
import io.qomo.query.sql.ast.TableElement.CheckDefinition;
import io.qomo.query.sql.ast.TableElement.ColumnDefault;
import io.qomo.query.sql.ast.TableElement.ColumnDefinition;
import io.qomo.query.sql.ast.TableElement.ForeignKeyDefinition;
import io.qomo.query.sql.ast.TableElement.IndexDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One element of ALTER TABLE.
public sealed interface AlterAction {
    /// `ADD [COLUMN] definition [position]`; `ADD (a INT, b INT)` is several actions.
    record AddColumn(ColumnDefinition column, ColumnPosition position) implements AlterAction {}

    /// `MODIFY [COLUMN]`, and `CHANGE old definition` with the old name.
    ///
    /// @param oldName equal to the definition's name for MODIFY
    record ChangeColumn(String oldName, ColumnDefinition column, ColumnPosition position) implements AlterAction {}

    /// Where a column goes.
    ///
    /// @param after the column in front, null with `first` or when no position is given
    record ColumnPosition(boolean first, @Nullable String after) {
        /// No position given.
        public static final ColumnPosition UNCHANGED = new ColumnPosition(false, null);
    }

    /// `DROP [COLUMN] name`.
    record DropColumn(String name) implements AlterAction {}

    /// `RENAME COLUMN from TO to`.
    record RenameColumn(String from, String to) implements AlterAction {}

    /// `ALTER [COLUMN] name SET DEFAULT ...`, or DROP DEFAULT when null.
    record AlterColumnDefault(String name, @Nullable ColumnDefault defaultValue) implements AlterAction {}

    /// `ALTER [COLUMN] name SET VISIBLE | INVISIBLE`.
    record AlterColumnVisibility(String name, boolean visible) implements AlterAction {}

    /// `ADD INDEX`, `ADD PRIMARY KEY`, ...
    record AddIndex(IndexDefinition index) implements AlterAction {}

    /// `DROP INDEX name`; `DROP PRIMARY KEY` has the name PRIMARY.
    record DropIndex(String name) implements AlterAction {}

    /// `RENAME INDEX from TO to`.
    record RenameIndex(String from, String to) implements AlterAction {}

    /// `ALTER INDEX name VISIBLE | INVISIBLE`.
    record AlterIndexVisibility(String name, boolean visible) implements AlterAction {}

    /// `ADD [CONSTRAINT] FOREIGN KEY`.
    record AddForeignKey(ForeignKeyDefinition foreignKey) implements AlterAction {}

    /// `DROP FOREIGN KEY name`.
    record DropForeignKey(String name) implements AlterAction {}

    /// `ADD [CONSTRAINT] CHECK`.
    record AddCheck(CheckDefinition check) implements AlterAction {}

    /// `DROP CHECK name`.
    record DropCheck(String name) implements AlterAction {}

    /// `DROP CONSTRAINT name`: whatever kind it is.
    record DropConstraint(String name) implements AlterAction {}

    /// `ALTER CHECK|CONSTRAINT name \[NOT] ENFORCED`.
    record AlterCheck(String name, boolean enforced) implements AlterAction {}

    /// `RENAME [TO|AS] name`.
    record RenameTo(TableName name) implements AlterAction {}

    /// A table option.
    record SetOption(TableOption option) implements AlterAction {}

    /// `CONVERT TO CHARACTER SET charset [COLLATE collation]`; "default" is a possible charset.
    record ConvertCharset(String charset, @Nullable String collation) implements AlterAction {}

    /// `ORDER BY columns`.
    record OrderRows(List<Expression.OrderItem> items) implements AlterAction {
        /// Copies the list.
        public OrderRows {
            items = List.copyOf(items);
        }
    }

    /// `ENABLE KEYS`, `DISABLE KEYS`.
    record SetKeysEnabled(boolean enabled) implements AlterAction {}

    /// `FORCE`.
    record Force() implements AlterAction {}

    /// `ALGORITHM = word`, in upper case.
    record SetAlgorithm(String algorithm) implements AlterAction {}

    /// `LOCK = word`, in upper case.
    record SetLock(String lock) implements AlterAction {}

    /// `WITH VALIDATION`, `WITHOUT VALIDATION`.
    record SetValidation(boolean enabled) implements AlterAction {}

    /// `IMPORT TABLESPACE`, `DISCARD TABLESPACE`.
    record SetTablespace(boolean discard) implements AlterAction {}

    /// `SECONDARY_LOAD`, `SECONDARY_UNLOAD`.
    record SetSecondaryLoad(boolean load) implements AlterAction {}

    /// `PARTITION BY ...`.
    record SetPartitioning(Partitioning partitioning) implements AlterAction {}

    /// `REMOVE PARTITIONING`.
    record RemovePartitioning() implements AlterAction {}

    /// `ADD PARTITION (definitions)` or `ADD PARTITION PARTITIONS n`.
    ///
    /// @param count -1 with definitions
    record AddPartitions(int count, List<PartitionDefinition> partitions) implements AlterAction {
        /// Copies the list.
        public AddPartitions {
            partitions = List.copyOf(partitions);
        }
    }

    /// `COALESCE PARTITION n`.
    record CoalescePartitions(int count) implements AlterAction {}

    /// `REORGANIZE PARTITION [names INTO (definitions)]`.
    record ReorganizePartitions(List<String> names, List<PartitionDefinition> partitions) implements AlterAction {
        /// Copies the lists.
        public ReorganizePartitions {
            names = List.copyOf(names);
            partitions = List.copyOf(partitions);
        }
    }

    /// `EXCHANGE PARTITION name WITH TABLE table [WITH|WITHOUT VALIDATION]`.
    record ExchangePartition(String name, TableName table, boolean validate) implements AlterAction {}

    /// An operation on named partitions, or on all when the list is empty.
    record PartitionMaintenance(Operation operation, List<String> names, List<String> options) implements AlterAction {
        /// Copies the lists.
        public PartitionMaintenance {
            names = List.copyOf(names);
            options = List.copyOf(options);
        }

        /// What is done.
        public enum Operation {
            DROP,
            TRUNCATE,
            REBUILD,
            OPTIMIZE,
            ANALYZE,
            CHECK,
            REPAIR,
            DISCARD_TABLESPACE,
            IMPORT_TABLESPACE,
            SECONDARY_LOAD,
            SECONDARY_UNLOAD
        }
    }
}
