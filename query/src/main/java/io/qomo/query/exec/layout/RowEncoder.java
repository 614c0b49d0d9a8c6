package io.qomo.query.exec.layout;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.codec.RowWriter;
import io.qomo.base.vector.Vector;

/// Makes keys and values of rows and index entries from a table's columns by ordinal, converted to the
/// column types and with virtual columns computed where an index needs them. Owned by one thread.
public final class RowEncoder {
    /// The value of an entry whose key says everything.
    public static final byte[] NO_VALUE = {};

    private final TableLayout layout;
    private final KeyWriter key = new KeyWriter();
    private final RowWriter value = new RowWriter();

    /// An encoder for a table.
    public RowEncoder(TableLayout layout) {
        this.layout = layout;
    }

    /// The table's layout.
    public TableLayout layout() {
        return layout;
    }

    /// The handle of a row.
    public byte[] handle(Vector[] columns, int row) {
        writeParts(layout.primary(), columns, row);
        return key.toBytes();
    }

    /// The stored value of a row.
    public byte[] value(Vector[] columns, int row) {
        value.begin();
        for (int i = 0; i < columns.length; i++) {
            if (layout.keyPart(i) < 0 && !layout.isVirtual(i)) {
                value.set(layout.columnId(i), columns[i], row);
            }
        }
        return value.toBytes();
    }

    /// True if the row's entry in the index is its only one with these parts: the index is unique and no
    /// part is NULL.
    public static boolean isUniqueEntry(IndexLayout index, Vector[] columns, int row) {
        if (!index.index().unique()) {
            return false;
        }
        for (int p = 0; p < index.partCount(); p++) {
            if (columns[index.ordinal(p)].isNull(row)) {
                return false;
            }
        }
        return true;
    }

    /// The key of a row's entry in a secondary index.
    public byte[] entryKey(IndexLayout index, Vector[] columns, int row, byte[] handle) {
        writeParts(index, columns, row);
        if (!isUniqueEntry(index, columns, row)) {
            key.writeRaw(handle, KeyWriter.INDEX_PREFIX_BYTES, handle.length - KeyWriter.INDEX_PREFIX_BYTES);
        }
        return key.toBytes();
    }

    /// The value of a row's entry in a secondary index.
    public static byte[] entryValue(IndexLayout index, Vector[] columns, int row, byte[] handle) {
        return isUniqueEntry(index, columns, row)
                ? java.util.Arrays.copyOfRange(handle, KeyWriter.INDEX_PREFIX_BYTES, handle.length)
                : NO_VALUE;
    }

    private void writeParts(IndexLayout index, Vector[] columns, int row) {
        key.clear();
        byte[] prefix = index.prefix();
        key.writeRaw(prefix, 0, prefix.length);
        for (int p = 0; p < index.partCount(); p++) {
            index.writePart(key, p, columns[index.ordinal(p)], row);
        }
    }
}
