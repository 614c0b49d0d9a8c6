package io.qomo.query.exec.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Byte keys of rows 0, 1, 2, … and their order, found by a stable merge sort that looks at eight bytes
/// first.
final class SortedKeys {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int FIRST_BLOCK_BYTES = 1 << 10;
    private static final int INSERTION_ROWS = 12;
    private static final int CHECK_ROWS = 1 << 14;

    private byte[][] block = new byte[16][];
    private int[] offset = new int[16];
    private int[] length = new int[16];
    /// First eight bytes, to be compared as signed numbers.
    private long[] head = new long[16];
    private int[] order = new int[16];
    private byte[] current = new byte[FIRST_BLOCK_BYTES];
    private int used;
    private int count;
    private int sorted;
    private long bytes;

    int size() {
        return count;
    }

    long sizeBytes() {
        // Sorting needs a second order array.
        return bytes + 32L * offset.length;
    }

    /// The row at a place of the order.
    int row(int place) {
        return order[place];
    }

    void add(SortedKeys other, int row) {
        add(other.block[row], other.offset[row], other.length[row]);
    }

    void add(byte[] key, int keyLength) {
        add(key, 0, keyLength);
    }

    private void add(byte[] key, int from, int keyLength) {
        if (count == offset.length) {
            grow();
        }
        if (keyLength > current.length - used) {
            current = new byte[Math.max(keyLength, Math.min(BLOCK_BYTES, current.length * 4))];
            used = 0;
        }
        System.arraycopy(key, from, current, used, keyLength);
        block[count] = current;
        offset[count] = used;
        length[count] = keyLength;
        head[count] = headOf(current, used, keyLength);
        order[count] = count;
        used += keyLength;
        bytes += keyLength;
        count++;
    }

    private void grow() {
        int n = count * 2;
        block = Arrays.copyOf(block, n);
        offset = Arrays.copyOf(offset, n);
        length = Arrays.copyOf(length, n);
        head = Arrays.copyOf(head, n);
        order = Arrays.copyOf(order, n);
    }

    private static long headOf(byte[] key, int from, int keyLength) {
        long bits;
        if (keyLength >= 8) {
            bits = (long) LONG.get(key, from);
        } else {
            bits = 0;
            for (int i = 0; i < keyLength; i++) {
                bits |= (key[from + i] & 0xFFL) << (56 - 8 * i);
            }
        }
        return bits ^ Long.MIN_VALUE;
    }

    /// Orders the rows added so far.
    void sort(Runnable interruptCheck) {
        if (sorted == count) {
            return;
        }
        int[] target = Arrays.copyOf(order, order.length);
        sort(target, order, 0, count, interruptCheck);
        sorted = count;
    }

    /// Sorts `to` from..end using `from` (equal content) as scratch.
    private void sort(int[] from, int[] to, int start, int end, Runnable interruptCheck) {
        if (end - start <= INSERTION_ROWS) {
            insertionSort(to, start, end);
            return;
        }
        if (end - start > CHECK_ROWS) {
            interruptCheck.run();
        }
        int middle = (start + end) >>> 1;
        sort(to, from, start, middle, interruptCheck);
        sort(to, from, middle, end, interruptCheck);
        if (compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (right >= end || (left < middle && compare(from[left], from[right]) <= 0)) {
                to[i] = from[left];
                left++;
            } else {
                to[i] = from[right];
                right++;
            }
        }
    }

    private void insertionSort(int[] a, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int row = a[i];
            int j = i - 1;
            while (j >= start && compare(a[j], row) > 0) {
                a[j + 1] = a[j];
                j--;
            }
            a[j + 1] = row;
        }
    }

    private int compare(int a, int b) {
        if (head[a] != head[b]) {
            return head[a] < head[b] ? -1 : 1;
        }
        return Arrays.compareUnsigned(
                block[a], offset[a], offset[a] + length[a], block[b], offset[b], offset[b] + length[b]);
    }

    /// A copy of a row's key.
    byte[] copy(int row) {
        return Arrays.copyOfRange(block[row], offset[row], offset[row] + length[row]);
    }

    byte[] block(int row) {
        return block[row];
    }

    int offset(int row) {
        return offset[row];
    }

    int length(int row) {
        return length[row];
    }

    void replaceBy(SortedKeys other) {
        block = other.block;
        offset = other.offset;
        length = other.length;
        head = other.head;
        order = other.order;
        current = other.current;
        used = other.used;
        count = other.count;
        sorted = other.sorted;
        bytes = other.bytes;
    }

    void clear() {
        replaceBy(new SortedKeys());
    }
}
