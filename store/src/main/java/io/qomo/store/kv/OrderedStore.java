package io.qomo.store.kv;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One storage engine: versioned data keys and plain meta keys, both ordered as unsigned bytes.
/// Thread-safe.
///
/// Every method may throw `CORRUPT_DATA` (the message names the file) or `INTERNAL_ERROR`; arrays
/// handed in are not kept longer than the call, but for batches, whose bytes may be.
public interface OrderedStore extends AutoCloseable {
    /// The timestamp that reads the newest version of everything.
    long LATEST = Long.MAX_VALUE;

    /// The newest version of a data key at or below `timestamp`; null when there is none or it is a
    /// removal.
    byte @Nullable [] get(byte[] key, long timestamp);

    /// As [#get] for many keys, in their order.
    byte[] @Nullable [] multiGet(byte[][] keys, long timestamp);

    /// Walks the data keys of `[from, toExclusive)` as of `timestamp`; an empty `toExclusive` means
    /// no bound.
    KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long timestamp);

    /// Whether a version of the data key newer than `timestamp` exists, be it a value or a removal.
    boolean hasVersionAfter(byte[] key, long timestamp);

    /// The value of a meta key, or null.
    byte @Nullable [] meta(byte[] key);

    /// Walks the meta keys of `[from, toExclusive)` as of now.
    KvCursor scanMeta(byte[] from, byte[] toExclusive);

    /// Applies a batch \[S2]; with `sync` it is on disk when this returns. Throws `DISK_FULL`, after
    /// which the batch is not applied, and `UNKNOWN_OUTCOME` when the disk failed in a way that
    /// leaves this open.
    void write(WriteBatch batch, boolean sync);

    /// Allows the engine to drop, whenever it likes, versions that no read at or above `timestamp`
    /// sees \[S3].
    void dropHistory(long timestamp);

    /// The timestamp below which history may be gone: the last [#dropHistory], 0 before the first.
    long historyHorizon();

    /// Gives back the space of a range whose removal was written and that nobody reads any more.
    void reclaim(byte[] from, byte[] toExclusive);

    /// Bytes that the data keys of the range take, roughly, without reading them.
    long approximateBytes(byte[] from, byte[] toExclusive);

    /// Bytes of an average version, roughly; at least 1.
    long averageEntryBytes();

    /// Writes a consistent copy of the store into `directory`, which must not exist. It can be
    /// opened as a store.
    void checkpoint(Path directory);

    /// Frees everything; cursors must be closed before.
    @Override
    void close();
}
