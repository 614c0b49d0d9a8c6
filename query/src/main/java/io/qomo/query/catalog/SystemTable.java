package io.qomo.query.catalog;

import io.qomo.base.vector.Batch;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A table whose rows the server makes, such as those of information_schema.
public interface SystemTable {
    /// Hands batches with all columns of the definition to `out`.
    ///
    /// @param session the asking session, for its privileges; the implementation knows the type
    /// @param equalities per column name in lower case the only values wanted, where the query says so; a hint:
    ///     rows beyond it are filtered later
    /// @param out receives the rows
    void scan(Object session, Map<String, Set<String>> equalities, Consumer<Batch> out);
}
