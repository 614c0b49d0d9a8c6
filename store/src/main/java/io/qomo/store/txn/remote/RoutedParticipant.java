package io.qomo.store.txn.remote;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.ReadSet;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.LockResult;
import io.qomo.store.txn.Participant;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import org.jspecify.annotations.Nullable;

/// A participant where the group is led at the moment, here or on another node.
///
/// ```
/// unbound ─ first call ─→ bound to a leader ─ a lock, a new key, a read to validate ─→ pinned
///    ↑                        │ leader lost                                              │ leader lost
///    └────── (reads go on at the same snapshot) ──┘                    DEADLOCK: the transaction is to be repeated
/// ```
/// What the replica of this node holds is read there: a snapshot is taken at the leader, and read wherever
/// everything up to it is applied.
///
/// A commit whose answer was lost is looked up by its note ([TransactionName]) at whoever leads then.
final class RoutedParticipant implements Participant {
    private static final byte[] NOTHING = {};

    private final GroupRouter router;
    private final TransactionName name;
    private final BufferedWrites writes;
    private volatile @Nullable Participant bound;
    private boolean isKnownElsewhere;
    private boolean isPinned;
    /// What it held is lost: it must not commit at another leader.
    private boolean isOver;
    private boolean isWriter;
    private boolean hasSnapshot;
    /// The snapshot, if it was taken for several at once.
    private NearSnapshots.@Nullable Slot slot;
    private long snapshot;
    private int attempts;

    RoutedParticipant(GroupRouter router, TransactionName name, BufferedWrites writes) {
        this.router = router;
        this.name = name;
        this.writes = writes;
    }

    /// A call of a participant.
    @FunctionalInterface
    private interface Call<T> {
        T on(Participant participant);
    }

    /// Makes a call, again at the next leader if this one is lost and nothing is lost with it.
    private <T> T call(boolean pins, Call<T> call) {
        long deadline = router.deadline();
        while (true) {
            try {
                Participant participant = bind(deadline);
                T result = call.on(participant);
                isPinned |= pins;
                return result;
            } catch (NotLeaderException | UnknownTransactionException | TransportException e) {
                lost(e, deadline);
            }
        }
    }

    private Participant bind(long deadline) {
        if (isOver) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }
        Participant participant = bound;
        if (participant == null) {
            participant = router.join(name, writes, deadline);
            bound = participant;
            isKnownElsewhere |= participant instanceof RemoteParticipant;
            if (hasSnapshot) {
                carrySnapshot(participant);
            }
        }
        return participant;
    }

    /// Has the leader keep the history of the snapshot.
    private void carrySnapshot(Participant participant) {
        NearSnapshots.Slot taken = slot;
        if (taken == null || !(participant instanceof RemoteParticipant)) {
            participant.adoptSnapshot(snapshot);
        } else if (!router.keeps(taken)) {
            isOver = true;
            throw new SqlException(ErrorCode.DEADLOCK);
        }
    }

    private void lost(RuntimeException reason, long deadline) {
        unbind();
        if (isPinned) {
            isOver = true;
            throw SqlException.causedBy(reason, ErrorCode.DEADLOCK);
        }
        router.await(reason, attempts++, deadline);
    }

    private void unbind() {
        Participant participant = bound;
        bound = null;
        if (participant != null) {
            participant.end();
        }
    }

    @Override
    public long takeSnapshot(boolean isValidated) {
        letGo();
        if (isValidated || !router.takesSnapshotsElsewhere()) {
            snapshot = call(isValidated, p -> p.takeSnapshot(isValidated));
        } else {
            takeNear();
        }
        hasSnapshot = true;
        return snapshot;
    }

    /// Takes a snapshot together with others of this node, without a word of this transaction to the leader.
    private void takeNear() {
        if (isOver) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }
        long deadline = router.deadline();
        while (slot == null) {
            if (!router.takesSnapshotsElsewhere()) {
                snapshot = call(false, p -> p.takeSnapshot(false));
                return;
            }
            try {
                NearSnapshots.Slot taken = router.snapshots().take();
                slot = taken;
                snapshot = taken.snapshot();
            } catch (NotLeaderException | TransportException e) {
                router.await(e, attempts++, deadline);
            }
        }
    }

    private void letGo() {
        hasSnapshot = false;
        NearSnapshots.Slot taken = slot;
        if (taken != null) {
            slot = null;
            router.snapshots().release(taken);
        }
    }

    @Override
    public void adoptSnapshot(long taken) {
        call(false, p -> {
            p.adoptSnapshot(taken);
            return true;
        });
        snapshot = taken;
        hasSnapshot = true;
    }

    @Override
    public void releaseSnapshot() {
        boolean isHeldHere = slot != null;
        letGo();
        Participant participant = bound;
        if (participant != null && !isHeldHere) {
            participant.releaseSnapshot();
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long at) {
        OrderedStore near = near(at);
        if (near != null) {
            byte[] value = near.get(key, at);
            if (near(at) != null) {
                router.readNear();
                return value;
            }
        }
        byte[][] found = new byte[1][];
        call(false, p -> {
            byte[] value = p.get(key, at);
            if (value != null) {
                found[0] = value;
            }
            return true;
        });
        return found[0];
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long at) {
        OrderedStore near = near(at);
        if (near != null) {
            byte[] @Nullable [] values = near.multiGet(keys, at);
            if (near(at) != null) {
                router.readNear();
                return values;
            }
        }
        return call(false, p -> p.multiGet(keys, at));
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long at) {
        return new RoutedCursor(this, from, toExclusive, direction, at);
    }

    /// The replica of this node, while another leads, if it shows what the leader shows at `at`, which is
    /// the snapshot of this transaction or of one of its reads of the newest.
    @Nullable OrderedStore near(long at) {
        Participant participant = bound;
        boolean isLedHere = participant != null && !(participant instanceof RemoteParticipant);
        return isLedHere || isOver ? null : router.near(at);
    }

    /// Opens a cursor here or at the leader, for [RoutedCursor].
    KvCursor open(byte[] from, byte[] toExclusive, ScanDirection direction, long at) {
        OrderedStore near = near(at);
        if (near != null) {
            KvCursor cursor = near.scan(from, toExclusive, direction, at);
            if (near(at) != null) {
                router.readNear();
                return cursor;
            }
            cursor.close();
        }
        return call(false, p -> {
            KvCursor cursor = p.scan(from, toExclusive, direction, at);
            return cursor;
        });
    }

    /// A cursor found its leader gone. Throws where it cannot go on elsewhere.
    void cursorLost(RuntimeException reason) {
        lost(reason, router.deadline());
    }

    @Override
    public Newest newest(boolean isValidated) {
        // what is newest at one leader is held by no other
        return call(true, p -> p.newest(isValidated));
    }

    @Override
    public LockResult lock(byte[] key, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated) {
        return call(true, p -> p.lock(key, mode, policy, waitNanos, isValidated));
    }

    @Override
    public boolean lockRange(
            byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated) {
        return call(true, p -> p.lockRange(from, toExclusive, mode, policy, waitNanos, isValidated));
    }

    @Override
    public void insert(byte[] key, byte[] value, BufferedWrites buffer, long waitNanos) {
        call(true, p -> {
            p.insert(key, value, buffer, waitNanos);
            return true;
        });
    }

    @Override
    public void startWriting() {
        if (!isWriter) {
            isWriter = true;
            call(true, p -> {
                p.startWriting();
                return true;
            });
        }
    }

    @Override
    public void wrote() {
        Participant participant = bound;
        if (participant != null) {
            participant.wrote();
        }
    }

    @Override
    public Transaction.@Nullable Superseded superseded(byte[] key, long at) {
        Transaction.Superseded[] found = new Transaction.Superseded[1];
        call(false, p -> {
            Transaction.Superseded superseded = p.superseded(key, at);
            if (superseded != null) {
                found[0] = superseded;
            }
            return true;
        });
        return found[0];
    }

    @Override
    public long commit(WriteBatch batch, byte[][] sortedKeys, @Nullable ReadSet reads, boolean makesRoom) {
        batch.putMetaStamped(name.noteKey(), NOTHING);
        long begun = router.nanoTime();
        Participant participant;
        try {
            participant = bind(router.deadline());
        } catch (NotLeaderException | UnknownTransactionException | TransportException e) {
            throw SqlException.causedBy(e, ErrorCode.DEADLOCK);
        }
        try {
            return participant.commit(batch, sortedKeys, reads, makesRoom);
        } catch (NotLeaderException | UnknownTransactionException e) {
            throw SqlException.causedBy(e, ErrorCode.DEADLOCK);
        } catch (TransportException e) {
            if (e.outcome() == TransportException.Outcome.UNREACHABLE) {
                throw SqlException.causedBy(e, ErrorCode.DEADLOCK);
            }
            return outcome(e, begun);
        } catch (SqlException e) {
            if (e.code() != ErrorCode.UNKNOWN_OUTCOME) {
                throw e;
            }
            return outcome(e, begun);
        }
    }

    private long outcome(RuntimeException reason, long begun) {
        unbind();
        long timestamp = router.outcome(name, reason);
        if (timestamp == 0 && router.nanoTime() - begun > NoteCollector.BELIEVED_NANOS) {
            // the note may have been there and be gone
            throw SqlException.causedBy(reason, ErrorCode.UNKNOWN_OUTCOME, String.valueOf(reason.getMessage()));
        }
        if (timestamp == 0) {
            throw SqlException.causedBy(reason, ErrorCode.DEADLOCK);
        }
        return timestamp;
    }

    @Override
    public void validate(@Nullable ReadSet reads) {
        call(true, p -> {
            p.validate(reads);
            return true;
        });
    }

    @Override
    public void end() {
        letGo();
        unbind();
        if (isKnownElsewhere) {
            router.ended(name);
        }
    }

    @Override
    public void interrupt() {
        Participant participant = bound;
        if (participant != null) {
            participant.interrupt();
        }
    }

    @Override
    public void clearInterrupt() {
        Participant participant = bound;
        if (participant != null) {
            participant.clearInterrupt();
        }
    }
}
