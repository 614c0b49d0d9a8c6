package io.qomo.store.replica.mvcc;

import io.qomo.store.kv.WriteBatch;

/// A change of the state machine on its way into the log.
public interface Command {
    /// Decides, at its place in the log, whether the change may happen; throws to leave the log as
    /// it is.
    ///
    /// Called once, by one thread at a time over all commands of the group; must be quick and do no
    /// I/O but in the rare case that its memory does not reach back far enough.
    void evaluate(long timestamp, RecentCommits recent);

    /// What it is to a disk that is full.
    default Room room() {
        return Room.TAKES;
    }

    /// What a command is to a disk that is full.
    enum Room {
        /// It takes room, and is refused.
        TAKES,
        /// Small, and needed by what makes room: it may use the reserve once that is open.
        MAY_USE_RESERVE,
        /// It makes room, and opens the reserve.
        MAKES
    }

    /// What to write; complete after [#evaluate] but for the timestamp.
    WriteBatch batch();
}
