package io.qomo.store.cluster.log;

import io.qomo.base.error.SqlException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log of one group: entries with consecutive indexes, and the state a replica must not forget.
///
/// Thread-safe; changes of one group happen one after the other, in some order. A change is seen
/// when it is on the disk, not before. Changes throw:
///
/// - `DISK_FULL`: nothing was written; try again when there is room;
/// - `UNKNOWN_OUTCOME`: the disk failed; whether the change is on it shows when the log is opened again;
/// - `INTERNAL_ERROR`: the change does not fit what is there, or the group was removed, or the log
///   refuses writes after a failure of the disk; nothing was written;
/// - `SERVER_SHUTDOWN`: the log was closed.
public final class GroupLog {
    private final SharedLog log;
    private final GroupState state;

    GroupLog(SharedLog log, GroupState state) {
        this.log = log;
        this.state = state;
    }

    /// The group's number.
    public long id() {
        return state.id;
    }

    /// The index of the oldest entry, or of the next one when there is none; 1 at first.
    public long firstIndex() {
        return state.first();
    }

    /// The index of the newest entry; one below the first when there is none.
    public long lastIndex() {
        return state.last();
    }

    /// The entry; null when there is none of this index. Reads the disk unless it is one of the newest.
    ///
    /// Throws `CORRUPT_DATA` when the disk gives nothing back, or something else than was written.
    public @Nullable LogRecord read(long index) {
        log.checkOpen();
        try {
            return state.read(index);
        } catch (SqlException e) {
            log.checkOpen(); // it was closed meanwhile
            throw e;
        }
    }

    /// The term of the entry; 0 when there is none of this index. Reads no disk.
    public long term(long index) {
        return state.term(index);
    }

    /// Adds entries behind the last. They are on the disk when this returns; all or none are added.
    public void append(List<LogRecord> entries) {
        log.submit(new LogChange.Append(state, entries));
    }

    /// Forgets the entries below `firstKept`, at most one beyond the last. After a crash they may be back.
    public void truncatePrefix(long firstKept) {
        log.submit(new LogChange.TruncatePrefix(state, firstKept));
    }

    /// Forgets the entries above `lastKept`, durably.
    public void truncateSuffix(long lastKept) {
        log.submit(new LogChange.TruncateSuffix(state, lastKept));
    }

    /// Forgets all entries, durably; the next one has `nextIndex`.
    public void reset(long nextIndex) {
        log.submit(new LogChange.Reset(state, nextIndex));
    }

    /// What was saved last.
    public HardState hardState() {
        return state.hardState();
    }

    /// Saves the state, durably. Its term is not below the one before.
    public void saveHardState(HardState hardState) {
        log.submit(new LogChange.SaveHardState(state, hardState));
    }

    GroupState state() {
        return state;
    }
}
