package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PARTITION BY ...` of CREATE and ALTER TABLE.
///
/// @param count of PARTITIONS n, -1 without
public record Partitioning(
        Method method, int count, @Nullable Method subMethod, int subCount, List<PartitionDefinition> partitions) {
    /// Copies the list.
    public Partitioning {
        partitions = List.copyOf(partitions);
    }

    /// How rows are spread.
    ///
    /// @param linear LINEAR HASH or LINEAR KEY
    /// @param expression of HASH, RANGE and LIST
    /// @param columns of KEY, RANGE COLUMNS and LIST COLUMNS
    /// @param algorithm of KEY ALGORITHM = n, -1 without
    public record Method(
            Kind kind, boolean linear, @Nullable Expression expression, List<String> columns, int algorithm) {
        /// Copies the list.
        public Method {
            columns = List.copyOf(columns);
        }

        /// The four methods; RANGE and LIST by columns when `expression` is null.
        public enum Kind {
            HASH,
            KEY,
            RANGE,
            LIST
        }
    }

    /// One partition.
    ///
    /// @param lessThan of VALUES LESS THAN: [Bound]s, empty without
    /// @param in of VALUES IN: rows, a single column makes rows of one; empty without
    public record PartitionDefinition(
            String name,
            List<Bound> lessThan,
            List<List<Expression>> in,
            List<TableOption> options,
            List<PartitionDefinition> subpartitions) {
        /// Copies the lists.
        public PartitionDefinition {
            lessThan = List.copyOf(lessThan);
            in = in.stream().map(List::copyOf).toList();
            options = List.copyOf(options);
            subpartitions = List.copyOf(subpartitions);
        }
    }

    /// A value, or MAXVALUE when null.
    public record Bound(@Nullable Expression value) {}
}
