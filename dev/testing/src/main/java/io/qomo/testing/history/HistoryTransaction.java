package io.qomo.testing.history;

import java.util.List;

/// What one transaction did, in order.
///
/// @param id unique
/// @param outcome as the client knows it
/// @param operations reads and appends
public record HistoryTransaction(int id, Outcome outcome, List<Operation> operations) {
    /// Copies the operations.
    public HistoryTransaction {
        operations = List.copyOf(operations);
    }

    /// How a transaction ended.
    public enum Outcome {
        COMMITTED,
        ABORTED,
        /// The connection was lost during COMMIT.
        UNKNOWN
    }

    /// Something done to a list.
    public sealed interface Operation {
        /// The list.
        int key();
    }

    /// A value was appended.
    public record Append(int key, int value) implements Operation {}

    /// The whole list was read.
    public record Read(int key, List<Integer> values) implements Operation {
        public Read {
            values = List.copyOf(values);
        }
    }
}
