package io.qomo.store.replica.mvcc;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.WriteBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commits a transaction whose keys all live in this group (one log entry).
///
/// A SERIALIZABLE transaction commits only if nothing it read has changed since it read it: then
/// its reads are as good as made at its commit timestamp, and the order of commit timestamps is a
/// serial order. Others commit unconditionally: their locks kept everybody else off the keys they
/// wrote.
public final class CommitCommand implements Command {
    private final WriteBatch batch;
    private final byte[][] sortedKeys;
    private final @Nullable ReadSet reads;
    private final Room room;
    private long validatedTo;

    /// @param batch      what to write, not yet stamped
    /// @param sortedKeys the data keys it writes, sorted as unsigned bytes
    /// @param reads      what must not have changed; its watch in [RecentCommits] must be older
    ///     than its reads
    /// @param room       whether ranges are dropped
    public CommitCommand(WriteBatch batch, byte[][] sortedKeys, @Nullable ReadSet reads, Room room) {
        this.room = room;
        this.batch = batch;
        this.sortedKeys = sortedKeys;
        this.reads = reads == null || reads.isEmpty() ? null : reads;
        this.validatedTo = this.reads == null ? 0 : this.reads.oldestTimestamp();
    }

    /// Validates ahead of the sequencing step against `commits`, which were the newest a moment
    /// ago, so that only the few that come after them are left to compare.
    public void validate(List<RecentCommits.Entry> commits) {
        if (reads == null) {
            return;
        }
        for (RecentCommits.Entry commit : commits) {
            if (reads.conflictsWith(commit)) {
                throw new SqlException(ErrorCode.DEADLOCK);
            }
            validatedTo = Math.max(validatedTo, commit.timestamp());
        }
    }

    /// Whether there are reads to validate.
    public boolean isValidated() {
        return reads != null;
    }

    /// Commits after this timestamp are still to be compared with.
    public long validatedTo() {
        return validatedTo;
    }

    @Override
    public void evaluate(long timestamp, RecentCommits recent) {
        if (reads != null) {
            validate(recent.after(validatedTo));
        }
        if (sortedKeys.length > 0) {
            recent.add(timestamp, sortedKeys);
        }
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public WriteBatch batch() {
        return batch;
    }
}
