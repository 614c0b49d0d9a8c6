package io.qomo.query.exec.layout;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Physical;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import java.util.Arrays;

/// How the keys of one index are made. Immutable.
public final class IndexLayout {
    private final IndexDef index;
    private final byte[] prefix;
    private final byte[] end;
    private final int[] ordinals;
    private final int[] prefixLengths;
    private final boolean[] descending;
    private final SqlType[] types;

    IndexLayout(TableDef table, IndexDef index) {
        this.index = index;
        this.prefix = new KeyWriter().writeIndexPrefix(table.id(), index.id()).toBytes();
        this.end = KeyWriter.prefixEnd(prefix);
        int n = index.parts().size();
        ordinals = new int[n];
        prefixLengths = new int[n];
        descending = new boolean[n];
        types = new SqlType[n];
        for (int p = 0; p < n; p++) {
            IndexDef.Part part = index.parts().get(p);
            ordinals[p] = table.ordinalOfId(part.columnId());
            ColumnDef column = table.columns().get(ordinals[p]);
            prefixLengths[p] = part.prefixLength();
            descending[p] = part.descending();
            types[p] = column.type();
        }
    }

    /// The definition.
    public IndexDef index() {
        return index;
    }

    /// The index's id within its table.
    public int id() {
        return index.id();
    }

    /// What all keys of the index start with.
    public byte[] prefix() {
        return prefix;
    }

    /// The least key above all keys of the index.
    public byte[] end() {
        return end;
    }

    /// The number of parts.
    public int partCount() {
        return ordinals.length;
    }

    /// The column of a part.
    public int ordinal(int part) {
        return ordinals[part];
    }

    /// The type of a part's column.
    public SqlType type(int part) {
        return types[part];
    }

    /// True of a DESC part.
    public boolean isDescending(int part) {
        return descending[part];
    }

    /// Characters (bytes of binary strings) a part keeps, 0 for all.
    public int prefixLength(int part) {
        return prefixLengths[part];
    }

    /// True if an insert or update adds entries.
    public boolean takesEntries() {
        return index.state() != IndexDef.State.DELETE_ONLY;
    }

    /// The part whose bytes give the column back, or -1.
    public int partThatGives(int ordinal) {
        for (int p = 0; p < ordinals.length; p++) {
            if (ordinals[p] == ordinal && prefixLengths[p] == 0 && KeyWriter.isDecodable(types[p])) {
                return p;
            }
        }
        return -1;
    }

    /// True if any part's column is one of those flagged by ordinal.
    public boolean touches(boolean[] changedOrdinals) {
        for (int ordinal : ordinals) {
            if (changedOrdinals[ordinal]) {
                return true;
            }
        }
        return false;
    }

    /// Appends a value to a key as a part, in the column's collation and cut to the part's length. For an integer
    /// column it may be a decimal without fraction, which need not be in the column's range.
    public void writePart(KeyWriter key, int part, Vector value, int row) {
        if (value instanceof DecimalVector d && types[part].physical() == Physical.LONG && !d.isNull(row)) {
            key.writeInteger(d.unscaled(row), descending[part]);
            return;
        }
        if (!(value instanceof BytesVector v) || v.isNull(row)) {
            key.writeValue(value, row, descending[part]);
            return;
        }
        int i = v.at(row);
        int length = prefixLengths[part] == 0
                ? v.length[i]
                : cut(v.base[i], v.offset[i], v.length[i], types[part], prefixLengths[part]);
        Collation collation = types[part].collation();
        if (collation == Collation.BINARY) {
            key.writeBytes(v.base[i], v.offset[i], length, descending[part]);
        } else {
            key.writeCollated(v.base[i], v.offset[i], length, collation, descending[part]);
        }
    }

    /// Appends a value to a key as the last part of a bound; true if entries of other values may look the
    /// same, so that all entries that begin with the key are to be read.
    ///
    /// A part with a prefix length N holds the first N characters of a value. Where a character may equal
    /// several, the N characters of an equal value may weigh more than those of this one, but each weighs
    /// something: entries of equal values agree in the first N weights. Not so if they hold characters that
    /// weigh nothing (accents apart from their letters, invisible ones); those are missed, as in MySQL.
    public boolean writeBound(KeyWriter key, int part, Vector value, int row) {
        int units = prefixLengths[part];
        if (units == 0 || value.isNull(row) || !(value instanceof BytesVector v)) {
            writePart(key, part, value, row);
            return false;
        }
        int i = v.at(row);
        Collation collation = types[part].collation();
        if (!collation.expands()) {
            writePart(key, part, value, row);
            // Spaces are not counted under PAD SPACE: what follows them may have been cut.
            return collation.padSpace() || v.length[i] >= units;
        }
        boolean descends = descending[part];
        if (key.writeCollatedStart(v.base[i], v.offset[i], v.length[i], collation, units, descends)) {
            return true;
        }
        key.writeCollated(v.base[i], v.offset[i], v.length[i], collation, descends);
        return collation.padSpace();
    }

    /// Bytes of the first `units` characters (bytes of binary strings).
    private static int cut(byte[] bytes, int offset, int length, SqlType type, int units) {
        if (length <= units) {
            return length;
        }
        if (type.isBinaryString()) {
            return units;
        }
        int at = offset;
        int end = offset + length;
        int left = units;
        while (at < end) {
            if ((bytes[at] & 0xC0) != 0x80) {
                if (left == 0) {
                    return at - offset;
                }
                left--;
            }
            at++;
        }
        return length;
    }

    @Override
    public String toString() {
        return index.name() + Arrays.toString(ordinals);
    }
}
