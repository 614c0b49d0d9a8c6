package io.qomo.query.exec.table;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.EntryDecoder;
import io.qomo.query.exec.layout.RowDecoder;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.rows.ByteArena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch of a table's rows under construction: decodes wanted columns, then virtual ones, and the
/// handle last if it is
/// wanted. Owned by one thread; the batch is reused.
public final class TableRows {
    /// A handle in a batch.
    public static final SqlType HANDLE_TYPE = SqlType.varbinary(65_535);

    private final RowDecoder decoder;
    private final @Nullable VirtualColumns virtual;
    private final Vector[] decoded;
    private final Batch out;
    private final int handleAt;
    private final long fixedRowBytes;
    private ByteArena arena = new ByteArena();
    private int rows;
    private long bytes;

    /// For rows of the columns `ordinals`.
    public TableRows(ExecContext context, TableLayout layout, int[] ordinals, boolean withHandle) {
        this(layout, ordinals, withHandle, VirtualColumns.of(context, layout, ordinals));
    }

    /// For entries of an index that give all the columns back.
    public static TableRows ofEntries(TableLayout layout, int[] ordinals, boolean withHandle) {
        return new TableRows(layout, ordinals, withHandle, null);
    }

    private TableRows(TableLayout layout, int[] ordinals, boolean withHandle, @Nullable VirtualColumns virtual) {
        this.virtual = virtual;
        int[] wanted = virtual == null ? ordinals : virtual.decodedOrdinals();
        this.decoder = new RowDecoder(layout, wanted);
        List<SqlType> types = layout.types();
        this.decoded = new Vector[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            decoded[i] = Vector.of(types.get(wanted[i]), 1);
        }
        Vector[] columns = new Vector[ordinals.length + (withHandle ? 1 : 0)];
        System.arraycopy(decoded, 0, columns, 0, ordinals.length);
        this.handleAt = withHandle ? ordinals.length : -1;
        if (withHandle) {
            columns[handleAt] = new BytesVector(HANDLE_TYPE, 1);
        }
        this.out = new Batch(columns, 0);
        this.fixedRowBytes = 9L * columns.length;
    }

    /// Forgets all rows and makes room for `capacity`.
    public void clear(int capacity) {
        for (Vector column : decoded) {
            column.reset();
            column.ensure(capacity);
        }
        if (handleAt >= 0) {
            Vector handles = out.column(handleAt);
            handles.reset();
            handles.ensure(capacity);
        }
        rows = 0;
        bytes = 0;
    }

    /// Rows added.
    public int rows() {
        return rows;
    }

    /// Bytes of the rows added, roughly.
    public long sizeBytes() {
        return bytes;
    }

    /// Adds a row; the arrays are not changed later.
    public void add(byte[] handle, byte[] value) {
        decoder.decode(handle, value, decoded, rows);
        if (handleAt >= 0) {
            ((BytesVector) out.column(handleAt)).set(rows, handle);
        }
        bytes += fixedRowBytes + handle.length + value.length;
        rows++;
    }

    /// Adds a row from buffers that will change.
    public void addCopy(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength) {
        decoder.decode(key, keyOffset, keyLength, value, valueOffset, valueLength, decoded, rows);
        settle(key, value);
        setHandle(key, keyOffset, keyLength);
        bytes += fixedRowBytes + keyLength + valueLength;
        rows++;
    }

    /// Adds the columns of an index entry from buffers that will change.
    public void addEntry(
            EntryDecoder entries,
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength) {
        entries.decode(key, keyOffset, keyLength, value, valueOffset, valueLength, decoded, rows);
        settle(key, value);
        if (handleAt >= 0) {
            byte[] handle = entries.handle(key, keyOffset, keyLength, value, valueOffset, valueLength);
            ((BytesVector) out.column(handleAt)).set(rows, handle);
        }
        bytes += fixedRowBytes + keyLength + valueLength;
        rows++;
    }

    private void setHandle(byte[] key, int keyOffset, int keyLength) {
        if (handleAt >= 0) {
            arena.copyInto((BytesVector) out.column(handleAt), rows, key, keyOffset, keyLength);
        }
    }

    /// Moves bytes out of buffers that will change.
    private void settle(byte[] key, byte[] value) {
        for (Vector column : decoded) {
            if (column instanceof BytesVector v && !v.isNull(rows)) {
                byte[] base = v.base[rows];
                if (base == key || base == value) {
                    arena.copyInto(v, rows, base, v.offset[rows], v.length[rows]);
                }
            }
        }
    }

    /// Computes virtual columns; the batch of all rows, valid until [#clear].
    public Batch finish() {
        out.setRows(rows);
        if (virtual != null) {
            virtual.compute(decoded, rows, out);
        }
        return out;
    }

    /// Keeps only the selected rows of a finished batch, which are ascending.
    public Batch keep(int[] selection, int count) {
        if (count < rows) {
            for (int c = 0; c < out.width(); c++) {
                keep(out.column(c), selection, count);
            }
            rows = count;
            out.setRows(count);
        }
        return out;
    }

    /// Moves the picked rows, which are ascending, to the front and hands them out; rows behind the last
    /// one picked stay where they are, to be picked later.
    Batch pick(int[] picked, int count) {
        for (int c = 0; c < out.width(); c++) {
            keep(out.column(c), picked, count);
        }
        out.setRows(count);
        return out;
    }

    /// Replaces a row by the only one of a batch of the same columns.
    void replace(int row, Batch by) {
        for (int c = 0; c < out.width(); c++) {
            out.column(c).copyFrom(by.column(c), 0, row);
        }
    }

    private static void keep(Vector column, int[] selection, int count) {
        if (column.isConstant()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (selection[i] != i) {
                column.copyFrom(column, selection[i], i);
            }
        }
    }

    /// Lets go of memory; the rows are gone.
    public void release() {
        clear(1);
        arena = new ByteArena();
    }
}
