package io.qomo.query.exec.operator;

import io.qomo.base.vector.Vector;

/// One window call being computed.
sealed interface WindowValue extends AutoCloseable permits WindowFunction, WindowAggregate {
    /// Begins with a partition.
    void start(WindowPartition partition);

    /// Computes the values of rows `from` to `from + count` − 1 into `out` from `at` on; rows come in
    /// ascending order.
    void compute(WindowPartition partition, int from, int count, Vector out, int at);

    @Override
    void close();
}
