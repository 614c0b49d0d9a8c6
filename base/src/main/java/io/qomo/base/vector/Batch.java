package io.qomo.base.vector;

/// Rows in columns. The columns may be constant vectors; the rows are 0 to [#rows] − 1 of each.
///
/// A batch handed out by an operator is valid until the operator is asked for the next one.
public final class Batch {
    private final Vector[] columns;
    private int rows;

    /// Wraps columns; the array is kept.
    public Batch(Vector[] columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /// The number of rows.
    public int rows() {
        return rows;
    }

    /// Sets the number of rows.
    public void setRows(int count) {
        rows = count;
    }

    /// The number of columns.
    public int width() {
        return columns.length;
    }

    /// One column.
    public Vector column(int index) {
        return columns[index];
    }

    /// Puts another vector in a column's place.
    public void setColumn(int index, Vector column) {
        columns[index] = column;
    }

    /// The columns themselves.
    public Vector[] columns() {
        return columns;
    }

    /// Bytes held, roughly.
    public long sizeBytes() {
        long bytes = 0;
        for (Vector column : columns) {
            bytes += column.sizeBytes(rows);
        }
        return bytes;
    }
}
