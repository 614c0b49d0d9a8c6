package io.qomo.query.exec.layout;

import io.qomo.base.codec.KeyReader;
import io.qomo.base.codec.KeyWriter;
import io.qomo.base.codec.RowReader;
import io.qomo.base.vector.Vector;
import java.util.Arrays;

/// Puts wanted columns of rows into vectors. Byte values become slices of the arrays given. Owned by one
/// thread.
public final class RowDecoder {
    private final RowReader reader = new RowReader();
    private final KeyReader keys = new KeyReader();
    /// Per part of the primary key the place in the output, or -1; cut after the last part wanted.
    private final int[] keyTargets;
    /// Per column read from the row its place in the output, its id and what stands for it where it is absent.
    private final int[] rowTargets;
    private final int[] rowColumns;
    private final Vector[] absent;
    /// Pairs of places in the output: where to copy to, where from.
    private final int[] copies;

    /// A decoder.
    ///
    /// @param ordinals the columns wanted; column i of the output is that of `ordinals[i]`. Virtual ones
    ///     stay.
    public RowDecoder(TableLayout layout, int[] ordinals) {
        int last = -1;
        int[] targets = new int[layout.primary().partCount()];
        Arrays.fill(targets, -1);
        int[] fromRow = new int[ordinals.length];
        int[] copied = new int[2 * ordinals.length];
        int rowCount = 0;
        int copyCount = 0;
        for (int i = 0; i < ordinals.length; i++) {
            int part = layout.keyPart(ordinals[i]);
            if (part < 0) {
                if (!layout.isVirtual(ordinals[i])) {
                    fromRow[rowCount++] = i;
                }
            } else if (targets[part] < 0) {
                targets[part] = i;
                last = Math.max(last, part);
            } else {
                copied[copyCount++] = i;
                copied[copyCount++] = targets[part];
            }
        }
        this.keyTargets = Arrays.copyOf(targets, last + 1);
        this.copies = Arrays.copyOf(copied, copyCount);
        this.rowTargets = Arrays.copyOf(fromRow, rowCount);
        this.rowColumns = new int[rowCount];
        this.absent = new Vector[rowCount];
        for (int i = 0; i < rowCount; i++) {
            int ordinal = ordinals[rowTargets[i]];
            rowColumns[i] = layout.columnId(ordinal);
            absent[i] = layout.absentValue(ordinal);
        }
    }

    /// Decodes a row to an index of the output vectors, which have room.
    public void decode(
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength,
            Vector[] out,
            int index) {
        if (keyTargets.length > 0) {
            keys.reset(key, keyOffset + KeyWriter.INDEX_PREFIX_BYTES, keyLength - KeyWriter.INDEX_PREFIX_BYTES);
            for (int target : keyTargets) {
                if (target >= 0) {
                    keys.read(out[target], index);
                } else {
                    keys.skip();
                }
            }
        }
        if (rowTargets.length > 0) {
            reader.read(value, valueOffset, valueLength);
            for (int i = 0; i < rowTargets.length; i++) {
                reader.column(rowColumns[i], out[rowTargets[i]], index, absent[i]);
            }
        }
        for (int i = 0; i < copies.length; i += 2) {
            out[copies[i]].copyFrom(out[copies[i + 1]], index, index);
        }
    }

    /// As above, for whole arrays.
    public void decode(byte[] key, byte[] value, Vector[] out, int index) {
        decode(key, 0, key.length, value, 0, value.length, out, index);
    }
}
