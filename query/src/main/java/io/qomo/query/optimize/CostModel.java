package io.qomo.query.optimize;

/// What things cost, in units of one row read in sequence from a table (about 0.4 µs).
///
/// The figures are ratios between operations on rows that are in memory; they choose between plans and promise no time.
final class CostModel {
    /// Starting a range of an index: 3 µs where the last one ended, 10 µs elsewhere.
    static final double SEEK = 12;
    /// Reading one entry of a covering index.
    static final double ENTRY = 0.7;
    /// Reading a row of the table for an entry of a secondary index: 6 µs.
    static final double LOOKUP = 14;
    /// A look-up by whole unique key.
    static final double POINT = 14;
    /// Evaluating a condition on a row.
    static final double CONDITION = 0.05;
    /// Computing the columns of a row.
    static final double PROJECT = 0.02;
    /// Inserting a row in a hash table.
    static final double HASH_BUILD = 0.6;
    /// Probing a hash table.
    static final double HASH_PROBE = 0.25;
    /// Comparing rows while sorting, per row and per doubling of their number.
    static final double SORT = 0.08;
    /// Making one output row of a join.
    static final double OUTPUT = 0.1;
    /// Restarting an inner plan of a nested loop.
    static final double RESTART = 1.5;
    /// Keeping a row.
    static final double MATERIALIZE = 0.2;

    private CostModel() {}

    /// Sorting rows.
    static double sort(double rows) {
        double n = Math.max(rows, 2);
        return n * SORT * (Math.log(n) / Math.log(2)) + n * MATERIALIZE;
    }

    /// Keeping the first rows of many.
    static double topN(double rows, double kept) {
        double k = Math.max(2, Math.min(kept, rows));
        return rows * SORT * Math.max(1, Math.log(k) / Math.log(2) / 2) + k * MATERIALIZE;
    }
}
