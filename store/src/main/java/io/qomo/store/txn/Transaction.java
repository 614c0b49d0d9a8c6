package io.qomo.store.txn;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One transaction: reads at a snapshot, writes into a buffer, locks keys, commits or rolls back.
///
/// Owned by one thread at a time; only [#interrupt] may be called from another. Arrays handed in
/// are kept, not copied: the caller does not change them afterwards. Arrays handed out belong to
/// the caller, who does not change them either.
///
/// State: active → committed | rolled back. `DEADLOCK` from any method has already rolled the
/// transaction back and given its locks up ([#isActive] is false); every other error leaves it
/// active with all its writes, so that the caller can roll one statement back with [#rollbackTo].
/// Calls on a transaction that is not active throw `INTERNAL_ERROR`, but for [#rollback], [#close]
/// and [#interrupt], which do nothing then.
public interface Transaction extends AutoCloseable {
    /// Unique among the transactions of this process.
    long id();

    /// What it may see.
    IsolationLevel isolation();

    /// Whether writes are refused.
    boolean isReadOnly();

    /// Neither committed nor rolled back.
    boolean isActive();

    /// Whether anything is buffered that a commit would write.
    boolean hasWrites();

    /// Bytes of keys and values buffered.
    long bufferedBytes();

    /// Begins a statement: under READ COMMITTED the next read takes a fresh snapshot; a pending
    /// [#interrupt] is forgotten.
    void startStatement();

    /// The snapshot's timestamp; takes the snapshot now if there is none yet (WITH CONSISTENT
    /// SNAPSHOT).
    long snapshot();

    /// Whether the snapshot has been taken.
    boolean hasSnapshot();

    /// Changes how long later lock requests wait.
    void lockWaitTimeout(Duration timeout);

    /// The value of `key` in the snapshot and own writes, or null.
    byte @Nullable [] get(byte[] key);

    /// The values of `keys`, in their order, null where there is none. Cheaper than one [#get]
    /// each.
    byte[] @Nullable [] multiGet(byte[][] keys);

    /// The latest committed values of `keys` (own writes first) without locks, in their order, null
    /// where there is none: what a locking read looks at before it decides what to lock.
    byte[] @Nullable [] multiGetLatest(byte[][] keys);

    /// Walks `[from, toExclusive)` merged with own writes as they are now: writes made after the
    /// cursor was opened are not seen by it (an INSERT … SELECT does not feed itself). An empty
    /// `toExclusive` means no upper bound.
    KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, ReadMode mode);

    /// Locks `key`, existing or not, until the transaction ends, and returns its latest value.
    ///
    /// A held SHARED lock is upgraded when EXCLUSIVE is asked. Throws `LOCK_WAIT_TIMEOUT`,
    /// `LOCK_NOWAIT`, `DEADLOCK` (the transaction is rolled back), `QUERY_INTERRUPTED`,
    /// `READ_ONLY_TRANSACTION` (EXCLUSIVE in a read-only one).
    LockResult lock(byte[] key, LockMode mode, WaitPolicy policy);

    /// Locks all keys of `[from, toExclusive)`, those that do not exist included, until the
    /// transaction ends: others can neither lock one of them in a conflicting mode, nor insert one
    /// ([#insert]), nor lock an overlapping range.
    ///
    /// Waits for others that have such locks or have written keys of the range. A key another has
    /// only locked is found when the keys are locked one by one, which under an own range costs no
    /// memory. False only under `SKIP_LOCKED`. Throws as [#lock].
    boolean lockRange(byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy);

    /// Buffers a write of a key that may be new: as [#put], but waits where another transaction has
    /// locked a range with the key in it. Throws as [#lock] besides.
    void insert(byte[] key, byte[] value);

    /// Buffers a write; see \[K2] for the lock that protects it. Throws `TRANSACTION_TOO_LARGE`,
    /// `READ_ONLY_TRANSACTION`.
    void put(byte[] key, byte[] value);

    /// Buffers a removal; as [#put].
    void delete(byte[] key);

    /// What the snapshot holds of a key where others have committed something else since.
    ///
    /// @param value in the snapshot, or null
    record Superseded(byte @Nullable [] value) {}

    /// Whether a key, which this transaction has locked and not yet written, is not as the snapshot
    /// has it. A writer of the key then brings the view of what is derived from its value up to
    /// date with [#view]: entries of the value in the snapshot would else be seen beside those of
    /// the value written. Always null under READ COMMITTED, whose snapshots end with the statement.
    @Nullable Superseded superseded(byte[] key);

    /// Shows `value` (or nothing, for null) under `key` to this transaction's reads at the snapshot;
    /// a commit does not write it, reads of the latest versions do not see it. Without effect where
    /// the transaction has written the key.
    void view(byte[] key, byte @Nullable [] value);

    /// Has all keys of `[from, toExclusive)` dropped physically once the transaction has committed
    /// and no snapshot can need them (DROP TABLE, TRUNCATE). The keys must not be used again: until
    /// then they stay readable.
    void dropRange(byte[] from, byte[] toExclusive);

    /// Marks this moment; costs nothing.
    Savepoint savepoint();

    /// Takes back all writes made since `savepoint`; locks are kept, as InnoDB keeps them. Later
    /// savepoints are void.
    void rollbackTo(Savepoint savepoint);

    /// Makes the writes durable and visible; returns the commit timestamp, or 0 when there was
    /// nothing to write.
    ///
    /// Throws `DEADLOCK` (serialization failure, or a lock was lost and its key written over),
    /// `DISK_FULL`, and
    /// `UNKNOWN_OUTCOME`; after any of them the transaction is over.
    long commit();

    /// Forgets the writes and gives the locks up.
    void rollback();

    /// From any thread: the owner's current or next lock wait of this statement ends with
    /// `QUERY_INTERRUPTED`.
    void interrupt();

    /// As [#rollback].
    @Override
    void close();
}
