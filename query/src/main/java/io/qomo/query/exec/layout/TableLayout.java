package io.qomo.query.exec.layout;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.codec.RowReader;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import java.util.ArrayList;
import java.util.List;

/// What reading and writing a table's rows needs to know, worked out once per version of its definition.
/// Immutable.
public final class TableLayout {
    private final TableDef table;
    private final List<SqlType> types;
    private final int[] columnIds;
    /// Per ordinal the part of the primary key that gives the column back, or -1.
    private final int[] keyParts;
    private final boolean[] virtual;
    private final Vector[] absent;
    private final IndexLayout primary;
    private final List<IndexLayout> secondary;

    /// The layout of a base table.
    public TableLayout(TableDef table) {
        this.table = table;
        int n = table.columns().size();
        this.types = table.columns().stream().map(ColumnDef::type).toList();
        this.columnIds = new int[n];
        this.keyParts = new int[n];
        this.virtual = new boolean[n];
        this.absent = new Vector[n];
        this.primary = new IndexLayout(table, table.primaryKey());
        List<IndexLayout> others = new ArrayList<>();
        for (IndexDef index : table.indexes()) {
            if (!index.isPrimary() && index.kind() == IndexDef.Kind.BTREE) {
                others.add(new IndexLayout(table, index));
            }
        }
        this.secondary = List.copyOf(others);
        for (int i = 0; i < n; i++) {
            ColumnDef column = table.columns().get(i);
            columnIds[i] = column.id();
            virtual[i] = column.isVirtual();
            keyParts[i] = primary.partThatGives(i);
            absent[i] = originDefault(column);
        }
    }

    private static Vector originDefault(ColumnDef column) {
        byte[] stored = column.originDefault();
        Vector value = Vector.of(column.type(), 1);
        if (stored == null || !new RowReader().read(stored, 0, stored.length).column(column.id(), value, 0)) {
            return Vector.constantNull(column.type());
        }
        value.setConstant(true);
        return value;
    }

    /// The definition.
    public TableDef table() {
        return table;
    }

    /// The number of columns.
    public int width() {
        return columnIds.length;
    }

    /// The type of each column by ordinal.
    public List<SqlType> types() {
        return types;
    }

    /// A column's id.
    public int columnId(int ordinal) {
        return columnIds[ordinal];
    }

    /// The part of the primary key that gives the column back, or -1 if the row holds it (or nobody does).
    public int keyPart(int ordinal) {
        return keyParts[ordinal];
    }

    /// True if the column is computed when read.
    public boolean isVirtual(int ordinal) {
        return virtual[ordinal];
    }

    /// What rows written before the column was added show: a constant vector.
    public Vector absentValue(int ordinal) {
        return absent[ordinal];
    }

    /// The clustered index.
    public IndexLayout primary() {
        return primary;
    }

    /// All other indexes that lie in the store as ordered entries, in any state.
    public List<IndexLayout> secondary() {
        return secondary;
    }

    /// An index by id.
    public IndexLayout index(int id) {
        if (id == IndexDef.PRIMARY_ID) {
            return primary;
        }
        for (IndexLayout index : secondary) {
            if (index.id() == id) {
                return index;
            }
        }
        throw new IllegalArgumentException("no index " + id + " in table " + table.name());
    }

    /// The handle of a row from the primary key parts an index entry carries.
    public byte[] handle(byte[] bytes, int offset, int length) {
        byte[] handle = new byte[KeyWriter.INDEX_PREFIX_BYTES + length];
        System.arraycopy(primary.prefix(), 0, handle, 0, KeyWriter.INDEX_PREFIX_BYTES);
        System.arraycopy(bytes, offset, handle, KeyWriter.INDEX_PREFIX_BYTES, length);
        return handle;
    }
}
