package io.qomo.store.txn.remote;

import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Walks a range at the leader, and goes on at the next one where it stood if that leader is lost; or in the
/// replica of this node as soon as that holds the snapshot.
final class RoutedCursor implements KvCursor {
    private final RoutedParticipant participant;
    private final ScanDirection direction;
    private final long at;
    private byte[] from;
    private byte[] toExclusive;
    private @Nullable KvCursor inner;
    private boolean isClosed;

    RoutedCursor(RoutedParticipant participant, byte[] from, byte[] toExclusive, ScanDirection direction, long at) {
        this.participant = participant;
        this.from = from;
        this.toExclusive = toExclusive;
        this.direction = direction;
        this.at = at;
        this.inner = participant.open(from, toExclusive, direction, at);
    }

    @Override
    public boolean next() {
        while (true) {
            KvCursor cursor = inner;
            if (cursor == null) {
                return false;
            }
            if (cursor instanceof RemoteCursor remote && remote.isBetweenPieces() && participant.near(at) != null) {
                // the replica here has caught up meanwhile
                goOnBehind(cursor);
                cursor.close();
                cursor = participant.open(from, toExclusive, direction, at);
                inner = cursor;
            }
            try {
                if (cursor.next()) {
                    return true;
                }
                inner = null;
                cursor.close();
                return false;
            } catch (NotLeaderException | UnknownTransactionException | TransportException e) {
                cursor.close();
                participant.cursorLost(e);
                goOnBehind(cursor);
                inner = participant.open(from, toExclusive, direction, at);
            }
        }
    }

    private void goOnBehind(KvCursor cursor) {
        if (cursor.keyLength() == 0) {
            return;
        }
        byte[] key = cursor.copyKey();
        if (direction == ScanDirection.FORWARD) {
            from = Arrays.copyOf(key, key.length + 1);
        } else {
            toExclusive = key;
        }
    }

    private KvCursor current() {
        KvCursor cursor = inner;
        if (cursor == null) {
            throw new IllegalStateException("the cursor stands nowhere");
        }
        return cursor;
    }

    @Override
    public byte[] keyBuffer() {
        return current().keyBuffer();
    }

    @Override
    public int keyOffset() {
        return current().keyOffset();
    }

    @Override
    public int keyLength() {
        return current().keyLength();
    }

    @Override
    public byte[] valueBuffer() {
        return current().valueBuffer();
    }

    @Override
    public int valueOffset() {
        return current().valueOffset();
    }

    @Override
    public int valueLength() {
        return current().valueLength();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            KvCursor cursor = inner;
            inner = null;
            if (cursor != null) {
                cursor.close();
            }
        }
    }
}
