package io.qomo.store.replica.mvcc;

import io.qomo.store.kv.WriteBatch;

/// Removes a key range that nobody reads or writes any more, and the note that asked for it.
public final class DropRangeCommand implements Command {
    private final WriteBatch batch;

    /// @param from        first key
    /// @param toExclusive end of the range
    /// @param noteKey     meta key of the note
    public DropRangeCommand(byte[] from, byte[] toExclusive, byte[] noteKey) {
        batch = new WriteBatch(from.length + toExclusive.length + noteKey.length);
        batch.deleteRange(from, toExclusive);
        batch.deleteMeta(noteKey);
    }

    @Override
    public void evaluate(long timestamp, RecentCommits recent) {}

    @Override
    public Room room() {
        return Room.MAY_USE_RESERVE;
    }

    @Override
    public WriteBatch batch() {
        return batch;
    }
}
