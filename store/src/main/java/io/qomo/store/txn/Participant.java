package io.qomo.store.txn;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.ReadSet;
import org.jspecify.annotations.Nullable;

/// A transaction's part in one replication group: all that is done where the group is led. The coordinator
/// keeps the writes; the participant reads, locks and commits.
///
/// Owned by the transaction's thread; only [#interrupt] may be called from another. `DEADLOCK` from any
/// method leaves the participant as it is: the coordinator then ends it.
public interface Participant {
    /// Takes the newest snapshot and keeps its versions until [#releaseSnapshot], the next call, or the
    /// end. With `isValidated` the commits after it are remembered for [#commit].
    long takeSnapshot(boolean isValidated);

    /// Keeps the versions of a snapshot that was taken from an earlier leader of the group. Throws `DEADLOCK`
    /// if they may be gone.
    void adoptSnapshot(long snapshot);

    /// The snapshot is not needed any more.
    void releaseSnapshot();

    /// The values of a key, as of a snapshot this participant holds.
    byte @Nullable [] get(byte[] key, long at);

    /// As [#get] for many keys, in their order.
    byte[] @Nullable [] multiGet(byte[][] keys, long at);

    /// Walks a range as of a snapshot this participant holds.
    KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long at);

    /// A short snapshot of what is newest, beside that of the transaction; to be closed. With `isValidated`
    /// the commits after it are remembered for [#commit].
    Newest newest(boolean isValidated);

    /// A short snapshot.
    interface Newest extends AutoCloseable {
        /// To read at with the participant's methods until it is closed.
        long timestamp();

        @Override
        void close();
    }

    /// Locks a key and returns its newest committed value; `isValidated` as in [#newest]. Throws as
    /// [Transaction#lock].
    LockResult lock(byte[] key, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated);

    /// As [Transaction#lockRange].
    boolean lockRange(
            byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated);

    /// Waits until no other transaction's range lock stands against a new key, and then has `writes` buffer
    /// it, in one step: who locks a range of the key sees the write, or is seen here.
    void insert(byte[] key, byte[] value, BufferedWrites writes, long waitNanos);

    /// The transaction begins to buffer writes.
    void startWriting();

    /// The transaction has made a write: the fewer it has made the sooner it is the victim of a deadlock.
    void wrote();

    /// As [Transaction#superseded], for a snapshot this participant holds.
    Transaction.@Nullable Superseded superseded(byte[] key, long snapshot);

    /// Commits (`makesRoom`: what gives up more than it writes, so that a full disk does not refuse it):
    /// writes `batch`, whose data keys are `sortedKeys`, if nothing of `reads` has changed; returns the
    /// timestamp. Throws as [Transaction#commit].
    long commit(WriteBatch batch, byte[][] sortedKeys, @Nullable ReadSet reads, boolean makesRoom);

    /// Throws `DEADLOCK` where a commit would.
    void validate(@Nullable ReadSet reads);

    /// Gives everything up that the participant holds.
    void end();

    /// From any thread: the present or next lock wait ends with `QUERY_INTERRUPTED`.
    void interrupt();

    /// Forgets an interrupt that met no wait.
    void clearInterrupt();

    /// The uncommitted writes of a transaction. Its monitor makes a look and a write one step; nobody waits
    /// while holding it.
    interface BufferedWrites {
        /// Whether a key of the range is written; any thread.
        boolean writesIn(byte[] from, byte[] toExclusive);

        /// Adds a write.
        void buffer(byte[] key, byte[] value);
    }
}
