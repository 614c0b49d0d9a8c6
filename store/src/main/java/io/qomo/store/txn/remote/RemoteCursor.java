package io.qomo.store.txn.remote;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.util.Arrays;

/// Walks a range on another node piece by piece; the pieces grow, as short scans are the most frequent.
final class RemoteCursor implements KvCursor {
    private static final int FIRST_ROWS = 64;
    private static final int MAX_ROWS = 4096;
    private static final int MAX_BYTES = 1 << 20;
    private static final byte[] NONE = {};

    private final RemoteParticipant participant;
    private final ScanDirection direction;
    private final long at;
    private byte[] from;
    private byte[] toExclusive;
    private int rows = FIRST_ROWS;
    private WireReader piece = new WireReader(NONE);
    private long left;
    private boolean hasMore = true;
    private byte[] key = NONE;
    private byte[] value = NONE;

    RemoteCursor(RemoteParticipant participant, byte[] from, byte[] toExclusive, ScanDirection direction, long at) {
        this.participant = participant;
        this.from = from;
        this.toExclusive = toExclusive;
        this.direction = direction;
        this.at = at;
    }

    @Override
    public boolean next() {
        while (left == 0) {
            if (!hasMore) {
                return false;
            }
            fetch();
        }
        left--;
        key = piece.bytes();
        value = piece.bytes();
        if (left == 0) {
            if (direction == ScanDirection.FORWARD) {
                from = Arrays.copyOf(key, key.length + 1);
            } else {
                toExclusive = key;
            }
        }
        return true;
    }

    /// Whether the next entry has to be fetched.
    boolean isBetweenPieces() {
        return left == 0 && hasMore && key.length > 0;
    }

    private void fetch() {
        piece = participant.scanPiece(from, toExclusive, direction, at, rows, MAX_BYTES);
        hasMore = piece.flag();
        left = piece.number();
        rows = Math.min(MAX_ROWS, rows * 4);
    }

    @Override
    public byte[] keyBuffer() {
        return key;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return key.length;
    }

    @Override
    public byte[] valueBuffer() {
        return value;
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return value.length;
    }

    @Override
    public void close() {
        hasMore = false;
        left = 0;
    }
}
