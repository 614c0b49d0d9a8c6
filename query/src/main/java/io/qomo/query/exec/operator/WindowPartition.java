package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.rows.SpillableRows;
import java.util.BitSet;

/// The rows of one partition, numbered from 0, with where groups of peers (equal in the window's order)
/// begin.
final class WindowPartition {
    private final SpillableRows rows;
    private final BitSet peerStarts = new BitSet();
    private int size;
    private int chunkIndex = -1;
    private long chunkFrom;
    private long chunkTo;
    private Batch chunk = new Batch(new Vector[0], 0);

    WindowPartition(SpillableRows rows) {
        this.rows = rows;
    }

    void clear() {
        rows.clear();
        peerStarts.clear();
        size = 0;
        forgetChunk();
    }

    private void forgetChunk() {
        chunkIndex = -1;
        chunkFrom = 0;
        chunkTo = 0;
    }

    void add(Batch batch, int row, boolean startsPeers) {
        rows.append(batch, row);
        if (startsPeers) {
            peerStarts.set(size);
        }
        size++;
        forgetChunk();
    }

    int size() {
        return size;
    }

    /// The first row of a row's peers.
    int peerStart(int row) {
        return peerStarts.previousSetBit(row);
    }

    /// The first row behind a row's peers.
    int peerEnd(int row) {
        int next = peerStarts.nextSetBit(row + 1);
        return next < 0 ? size : next;
    }

    boolean startsPeers(int row) {
        return peerStarts.get(row);
    }

    /// A column of the chunk a row lies in, at [#inChunk]; valid until another chunk is asked for.
    Vector column(int row, int column) {
        position(row);
        return chunk.column(column);
    }

    /// A row's place in its chunk; after [#column] of the same row.
    int inChunk(int row) {
        return (int) (row - chunkFrom);
    }

    /// The chunk of a row.
    Batch chunk(int row) {
        position(row);
        return chunk;
    }

    private void position(int row) {
        if (row >= chunkFrom && row < chunkTo && chunkIndex >= 0) {
            return;
        }
        chunkIndex = rows.chunkIndexOf(row);
        chunk = rows.chunk(chunkIndex);
        chunkFrom = rows.firstRow(chunkIndex);
        chunkTo = chunkFrom + chunk.rows();
    }
}
