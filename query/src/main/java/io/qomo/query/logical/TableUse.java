package io.qomo.query.logical;

import io.qomo.query.catalog.TableDef;
import java.util.List;

/// A table in a FROM clause.
///
/// @param table the definition
/// @param alias as in FROM
/// @param hints USE, FORCE and IGNORE INDEX
/// @param after aliases of tables that are wished to be joined before this one
public record TableUse(TableDef table, String alias, List<IndexHint> hints, List<String> after) {
    public TableUse {
        hints = List.copyOf(hints);
        after = List.copyOf(after);
    }

    /// An index hint.
    ///
    /// @param kind what is wished
    /// @param purpose for what
    /// @param indexes ids; USE without any means the table scan alone
    public record IndexHint(Kind kind, Purpose purpose, List<Integer> indexes) {
        public IndexHint {
            indexes = List.copyOf(indexes);
        }

        /// What is wished.
        public enum Kind {
            USE,
            FORCE,
            IGNORE
        }

        /// What for.
        public enum Purpose {
            ALL,
            JOIN,
            ORDER_BY,
            GROUP_BY
        }
    }
}
