package io.qomo.query.eval;

import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.util.Arrays;

/// A row of values as a hash key: equal bytes mean equal values (strings byte by byte, whatever their collation).
final class ValueKey {
    private final byte[] bytes;
    private final int hash;

    private ValueKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    int sizeBytes() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// Writes keys: per value a byte 0 for NULL; else 1 and eight bytes, or 2, a length in four bytes and the bytes.
    static final class Builder {
        private byte[] buffer = new byte[64];
        private int size;

        Builder start() {
            size = 0;
            return this;
        }

        Builder add(Vector[] vectors, int row) {
            for (Vector v : vectors) {
                add(v, row);
            }
            return this;
        }

        ValueKey build() {
            return new ValueKey(Arrays.copyOf(buffer, size));
        }

        private void add(Vector v, int row) {
            if (v.isNull(row)) {
                room(1);
                buffer[size++] = 0;
                return;
            }
            switch (v) {
                case LongVector l -> addLong(l.get(row));
                case DoubleVector d -> addLong(Double.doubleToLongBits(d.get(row) + 0.0));
                case DecimalVector d -> {
                    if (d.isWide(row)) {
                        byte[] big = d.unscaled(row).toByteArray();
                        addBytes(big, 0, big.length);
                    } else {
                        addLong(d.unscaled[d.at(row)]);
                    }
                }
                case BytesVector b -> {
                    int i = b.at(row);
                    addBytes(b.base[i], b.offset[i], b.length[i]);
                }
            }
        }

        private void addLong(long value) {
            room(9);
            buffer[size++] = 1;
            for (int shift = 56; shift >= 0; shift -= 8) {
                buffer[size++] = (byte) (value >> shift);
            }
        }

        private void addBytes(byte[] source, int offset, int length) {
            room(5 + length);
            buffer[size++] = 2;
            for (int shift = 24; shift >= 0; shift -= 8) {
                buffer[size++] = (byte) (length >> shift);
            }
            System.arraycopy(source, offset, buffer, size, length);
            size += length;
        }

        private void room(int bytes) {
            if (size + bytes > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
            }
        }
    }
}
