package io.qomo.query.exec.operator;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.rows.KeyTable;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.exec.rows.PartitionedRows;
import io.qomo.query.exec.rows.RowChunks;
import io.qomo.query.exec.rows.RowKeys;
import java.util.Arrays;
import java.util.List;

/// The right side of a hash join in memory: rows, and per key a chain of them in the order they came.
final class JoinTable implements AutoCloseable {
    private static final int NO_MORE = -2;
    private static final int NULL_KEY = -1;

    private final List<SqlType> types;
    private final RowChunks rows;
    private final KeyTable keys = new KeyTable();
    private final MemoryBudget budget;
    /// Per key its first and last row.
    private int[] head = new int[64];
    private int[] tail = new int[64];
    /// Per row the next row of its key, and its key.
    private int[] next = new int[64];
    private int[] keyOf = new int[64];
    /// The chain of rows with a NULL key.
    private int nullHead = NO_MORE;
    private int nullTail = NO_MORE;
    private int knownKeys;
    private final int[] pairRight = new int[Vector.BATCH_ROWS];

    JoinTable(List<SqlType> types, MemoryAccount account) {
        this.types = types;
        this.rows = new RowChunks(types);
        this.budget = new MemoryBudget(account);
    }

    /// Adds a row; false, with nothing added, if memory is refused.
    boolean add(Batch batch, int row, RowKeys key, long hash, boolean mustFit) {
        if ((rows.rows() & 63) == 0 || rows.sizeBytes() > budget.heldBytes()) {
            long bytes =
                    sizeBytes() + keys.growthBytes(key.length()) + (rows.rows() == next.length ? 8L * next.length : 0);
            if (!budget.tryHold(bytes + (bytes >> 4))) {
                if (!mustFit) {
                    return false;
                }
                budget.hold(bytes);
            }
        }
        int id = keys.add(key.array(), key.length(), hash);
        int at = append(batch, row, id);
        if (id >= head.length) {
            head = Arrays.copyOf(head, head.length * 2);
            tail = Arrays.copyOf(tail, head.length);
        }
        if (id == knownKeys) {
            knownKeys++;
            head[id] = at;
        } else {
            next[tail[id]] = at;
        }
        tail[id] = at;
        return true;
    }

    private int append(Batch batch, int row, int id) {
        int at = rows.rows();
        rows.append(batch, row);
        if (at == next.length) {
            next = Arrays.copyOf(next, at * 2);
            keyOf = Arrays.copyOf(keyOf, at * 2);
        }
        next[at] = NO_MORE;
        keyOf[at] = id;
        return at;
    }

    /// Adds a row whose key is NULL: it may match any key.
    void addNull(Batch batch, int row) {
        int at = append(batch, row, NULL_KEY);
        budget.hold(sizeBytes());
        if (nullHead == NO_MORE) {
            nullHead = at;
        } else {
            next[nullTail] = at;
        }
        nullTail = at;
    }

    private long sizeBytes() {
        return rows.sizeBytes() + keys.sizeBytes() + 8L * next.length + 8L * head.length;
    }

    /// Moves all rows to partitions.
    void moveTo(PartitionedRows target) {
        for (int r = 0; r < rows.rows(); r++) {
            target.add(rows.chunkOf(r), RowChunks.inChunk(r), keys.hashOf(keyOf[r]));
        }
        clear();
    }

    /// The first row of a key (after it, perhaps, those with a NULL key), or -2.
    int find(RowKeys key, long hash) {
        int id = keys.find(key.array(), key.length(), hash);
        return id < 0 ? nullHead : head[id];
    }

    /// The row after another of the same key, or -2.
    int next(int row) {
        int following = next[row];
        return following == NO_MORE && keyOf[row] != NULL_KEY ? nullHead : following;
    }

    /// The first of all rows, or -2.
    int first() {
        return rows.rows() == 0 ? NO_MORE : 0;
    }

    /// The row after another among all, or -2.
    int following(int row) {
        return row + 1 < rows.rows() ? row + 1 : NO_MORE;
    }

    /// Remembers the right row of a pair.
    void pair(int index, int row) {
        pairRight[index] = row;
    }

    /// Fills vectors with the right rows of the first pairs.
    void fill(Vector[] out, int pairs) {
        for (int c = 0; c < types.size(); c++) {
            Vector column = out[c];
            column.reset();
            column.ensure(pairs);
            for (int i = 0; i < pairs; i++) {
                int row = pairRight[i];
                column.copyFrom(rows.chunkOf(row).column(c), RowChunks.inChunk(row), i);
            }
        }
    }

    void clear() {
        rows.clear();
        keys.clear();
        knownKeys = 0;
        nullHead = NO_MORE;
        nullTail = NO_MORE;
        budget.hold(0);
    }

    @Override
    public void close() {
        clear();
    }
}
