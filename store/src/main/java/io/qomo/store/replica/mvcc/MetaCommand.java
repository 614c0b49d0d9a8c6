package io.qomo.store.replica.mvcc;

import io.qomo.store.kv.WriteBatch;

/// Writes meta keys; conflicts with nothing.
///
/// @param batch what to write
public record MetaCommand(WriteBatch batch) implements Command {
    @Override
    public void evaluate(long timestamp, RecentCommits recent) {}

    @Override
    public Room room() {
        return Room.MAY_USE_RESERVE;
    }
}
