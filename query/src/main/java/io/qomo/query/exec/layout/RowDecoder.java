package io.qomo.query.exec.layout;

import io.qomo.base.codec.KeyReader;
import io.qomo.base.codec.KeyWriter;
import io.qomo.base.codec.RowReader;
import io.qomo.base.vector.Vector;

/// Puts wanted columns of rows into vectors. Byte values become slices of the arrays given. Owned by one
/// thread.
public final class RowDecoder {
    private final TableLayout layout;
    private final int[] ordinals;
    private final RowReader reader = new RowReader();
    private final KeyReader keys = new KeyReader();
    /// Per part of the primary key the place in the output, or -1; cut after the last part wanted.
    private final int[] keyTargets;
    private final boolean wantsRow;

    /// A decoder.
    ///
    /// @param ordinals the columns wanted; column i of the output is that of `ordinals[i]`. Virtual ones
    ///     stay.
    public RowDecoder(TableLayout layout, int[] ordinals) {
        this.layout = layout;
        this.ordinals = ordinals.clone();
        int last = -1;
        int[] targets = new int[layout.primary().partCount()];
        java.util.Arrays.fill(targets, -1);
        boolean needsRow = false;
        for (int i = 0; i < ordinals.length; i++) {
            int part = layout.keyPart(ordinals[i]);
            if (part >= 0) {
                // A column asked for twice is copied in the second pass.
                if (targets[part] < 0) {
                    targets[part] = i;
                }
                last = Math.max(last, part);
            } else if (!layout.isVirtual(ordinals[i])) {
                needsRow = true;
            }
        }
        this.keyTargets = java.util.Arrays.copyOf(targets, last + 1);
        this.wantsRow = needsRow;
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
        if (wantsRow) {
            reader.read(value, valueOffset, valueLength);
        }
        for (int i = 0; i < ordinals.length; i++) {
            int ordinal = ordinals[i];
            int part = layout.keyPart(ordinal);
            if (part < 0) {
                if (!layout.isVirtual(ordinal)) {
                    reader.column(layout.columnId(ordinal), out[i], index, layout.absentValue(ordinal));
                }
            } else if (keyTargets[part] != i) {
                out[i].copyFrom(out[keyTargets[part]], index, index);
            }
        }
    }

    /// As above, for whole arrays.
    public void decode(byte[] key, byte[] value, Vector[] out, int index) {
        decode(key, 0, key.length, value, 0, value.length, out, index);
    }
}
