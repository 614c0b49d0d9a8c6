package io.qomo.query.exec.layout;

import io.qomo.base.codec.KeyReader;
import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Vector;
import java.util.Arrays;

/// Reads entries of a secondary index: the handle they stand for, and the columns they give back. Owned
/// by one thread.
public final class EntryDecoder {
    private final TableLayout table;
    private final IndexLayout index;
    /// Per index part, then per primary key part, the place in the output or -1.
    private final int[] targets;
    private final boolean isCovering;
    private final KeyReader keys = new KeyReader();

    /// A decoder of the columns wanted, as far as the entries give them.
    public EntryDecoder(TableLayout table, IndexLayout index, int[] ordinals) {
        this.table = table;
        this.index = index;
        int parts = index.partCount();
        this.targets = new int[parts + table.primary().partCount()];
        Arrays.fill(targets, -1);
        boolean all = true;
        for (int i = 0; i < ordinals.length; i++) {
            int part = index.partThatGives(ordinals[i]);
            if (part < 0) {
                int keyPart = table.primary().partThatGives(ordinals[i]);
                part = keyPart < 0 ? -1 : parts + keyPart;
            }
            if (part < 0 || targets[part] >= 0) {
                all = false;
            } else {
                targets[part] = i;
            }
        }
        this.isCovering = all;
    }

    /// True if every column wanted can be read from the entries.
    public boolean isCovering() {
        return isCovering;
    }

    /// The handle of the row an entry stands for.
    public byte[] handle(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength) {
        if (valueLength > 0) {
            return table.handle(value, valueOffset, valueLength);
        }
        keys.reset(key, keyOffset + KeyWriter.INDEX_PREFIX_BYTES, keyLength - KeyWriter.INDEX_PREFIX_BYTES);
        for (int p = 0; p < index.partCount(); p++) {
            keys.skip();
        }
        int start = keys.position();
        return table.handle(key, start, keyOffset + keyLength - start);
    }

    /// Decodes the columns of an entry to an index of the output vectors.
    public void decode(
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength,
            Vector[] out,
            int at) {
        keys.reset(key, keyOffset + KeyWriter.INDEX_PREFIX_BYTES, keyLength - KeyWriter.INDEX_PREFIX_BYTES);
        int parts = index.partCount();
        for (int p = 0; p < parts; p++) {
            readOrSkip(targets[p], out, at);
        }
        if (valueLength > 0) {
            keys.reset(value, valueOffset, valueLength);
        }
        for (int p = parts; p < targets.length; p++) {
            readOrSkip(targets[p], out, at);
        }
    }

    private void readOrSkip(int target, Vector[] out, int at) {
        if (target >= 0) {
            keys.read(out[target], at);
        } else {
            keys.skip();
        }
    }
}
