package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Writes flushes: checks the changes, writes their records in one piece, forces the file, and only
/// then changes what is known of the groups \[L1, L3]. Owned by the leader.
///
/// Critical path: no lock but the groups' own for a moment, no allocation per record.
///
/// ```
/// open ─ a write failed, and its traces could not be wiped out ─→ broken
///      ─ a force failed ────────────────────────────────────────→ broken
/// ```
///
/// After a failed force nobody knows what is on the disk, and the kernel believes that it is clean:
/// a second force would succeed without doing anything. So a broken log writes nothing more; opening
/// it again writes the last flush anew.
final class LogWriter {
    /// What one flush writes at most, but for a single change that is larger.
    static final long MAX_FLUSH_BYTES = 4 << 20;
    /// Limit of one change: the offset of a record is stored in units of 8 bytes, in 32 bits.
    private static final long MAX_CHANGE_BYTES = 8L << 30;
    private static final byte[] NO_PAYLOAD = new byte[0];

    private final SegmentStore segments;
    private final ConcurrentMap<Long, GroupState> groups;
    private final TailCache cache;
    private final FlushOutput output = new FlushOutput();
    /// Groups whose first index the log does not know yet.
    private final List<GroupState> unwritten = new ArrayList<>();
    private final List<Ticket> planned = new ArrayList<>();
    private volatile Segment current;
    private long end;
    private volatile long flushes;
    /// Calls of `flush`.
    private long plans;
    private @Nullable Exception failure;

    /// Continues in segment `current`, whose records end at `end`.
    LogWriter(
            SegmentStore segments, ConcurrentMap<Long, GroupState> groups, long cacheBytes, Segment current, long end) {
        this.segments = segments;
        this.groups = groups;
        this.cache = new TailCache(cacheBytes);
        this.current = current;
        this.end = end;
    }

    /// The segment that is written now. Any thread.
    Segment current() {
        return current;
    }

    /// Forces so far. Any thread.
    long flushes() {
        return flushes;
    }

    /// How many bytes can be written along with a change of `bytes`, it included.
    long room(long bytes) {
        long left = current.header.sizeBytes() - end - prefixBytes();
        long room = bytes <= left ? left : segments.segmentBytes() - SegmentHeader.BYTES - prefixBytes();
        return Math.min(room, MAX_FLUSH_BYTES);
    }

    private long prefixBytes() {
        return unwritten.size() * RecordFormat.sizeBytes(0);
    }

    /// Writes the changes and notes in each ticket how it went. True when a segment may have become
    /// dead, or full.
    boolean flush(List<Ticket> tickets) {
        planned.clear();
        plans++;
        boolean mustWrite = false;
        for (Ticket ticket : tickets) {
            if (plan(ticket)) {
                planned.add(ticket);
                mustWrite |= !(ticket.change instanceof LogChange.TruncatePrefix);
            }
        }
        Segment before = current;
        boolean isRelief = false;
        try {
            if (mustWrite) {
                write();
            }
            isRelief = apply(mustWrite);
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "write to " + segments.path() + ": " + e));
        }
        planned.clear();
        return isRelief || before != current;
    }

    private boolean plan(Ticket ticket) {
        try {
            Check.that(
                    ticket.change instanceof LogChange.Carry
                            || ticket.change instanceof LogChange.Close
                            || ticket.sizeBytes < MAX_CHANGE_BYTES,
                    "size of one append",
                    "bytes",
                    ticket.sizeBytes);
            GroupState group = ticket.change.group();
            if (failure != null) {
                throw SqlException.causedBy(
                        failure,
                        ErrorCode.INTERNAL_ERROR,
                        "the log in " + segments.path() + " refuses writes until it is opened again, after: "
                                + failure);
            }
            return group == null || group.plan(ticket.change, plans);
        } catch (RuntimeException e) {
            ticket.failure = e;
            return false;
        }
    }

    private void fail(RuntimeException error) {
        for (Ticket ticket : planned) {
            ticket.failure = error;
        }
    }

    // -- writing

    private void write() {
        long bytes = prefixBytes();
        for (Ticket ticket : planned) {
            bytes += sizeBytes(ticket);
        }
        if (bytes == 0) {
            return;
        }
        if (bytes > current.header.sizeBytes() - end) {
            roll(bytes);
        }
        Segment segment = current;
        boolean isForced = false;
        while (!isForced) {
            writeRecords(segment, bytes);
            isForced = force(segment);
        }
        Check.that(output.offset() == end + bytes, "size of a flush", "bytes", bytes);
        end += bytes;
        flushes++;
        for (GroupState group : unwritten) {
            group.setPrefixWritten(segment.number());
        }
        unwritten.clear();
    }

    private long sizeBytes(Ticket ticket) {
        return switch (ticket.change) {
            case LogChange.Carry(int segment) -> {
                long bytes = 0;
                for (GroupState group : groups.values()) {
                    if (group.needsCarrying(segment)) {
                        bytes += RecordFormat.sizeBytes(checkpoint(group).length);
                    }
                }
                yield bytes;
            }
            case LogChange.Close _ -> RecordFormat.sizeBytes(0);
            case LogChange.CopyForward copy -> {
                long bytes = 0;
                for (LogRecord entry : copy.entries()) {
                    if (copy.group().isAt(entry.index(), copy.segment())) {
                        bytes += RecordFormat.sizeBytes(entry.payload().length);
                    }
                }
                yield bytes;
            }
            case LogChange.Append _,
                    LogChange.TruncatePrefix _,
                    LogChange.TruncateSuffix _,
                    LogChange.Reset _,
                    LogChange.SaveHardState _,
                    LogChange.Remove _ -> ticket.sizeBytes;
        };
    }

    private static byte[] checkpoint(GroupState group) {
        byte[] vote = group.hardState().votedFor().getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[Long.BYTES + vote.length];
        RecordFormat.view(payload).putLong(group.last()).put(vote);
        return payload;
    }

    private void roll(long bytes) {
        SegmentHeader header;
        try {
            header = segments.prepare(end, bytes);
        } catch (IOException e) {
            throw DiskErrors.isNoSpace(e)
                    ? SqlException.causedBy(e, ErrorCode.DISK_FULL, segments.path())
                    : SqlException.causedBy(
                            e, ErrorCode.INTERNAL_ERROR, "new segment in " + segments.path() + ": " + e);
        }
        try {
            current = segments.adopt(header);
            end = SegmentHeader.BYTES;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private SqlException broken(Exception cause) {
        failure = cause;
        return SqlException.causedBy(cause, ErrorCode.UNKNOWN_OUTCOME, cause.toString());
    }

    /// Leaves no trace when it throws, unless the log is broken then \[L6].
    private void writeRecords(Segment segment, long bytes) {
        try {
            output.begin(segment, end);
            for (GroupState group : unwritten) {
                put(RecordKind.TRUNCATE_PREFIX, group, group.first());
            }
            for (Ticket ticket : planned) {
                ticket.offset = output.offset();
                encode(ticket.change);
            }
            output.drain();
        } catch (IOException e) {
            wipe(segment, bytes);
            if (failure == null && DiskErrors.isNoSpace(e)) {
                throw SqlException.causedBy(e, ErrorCode.DISK_FULL, segments.path());
            }
            throw broken(e);
        } catch (RuntimeException | Error e) {
            wipe(segment, bytes);
            throw e;
        }
    }

    /// Overwrites what a failed flush may have written: it would look like records that count.
    private void wipe(Segment segment, long bytes) {
        try {
            SegmentStore.fill(segment.file, end, end + bytes);
            segment.file.force();
        } catch (IOException e) {
            failure = e;
        }
    }

    /// False when all has to be written again.
    private boolean force(Segment segment) {
        try {
            segment.file.force();
            return true;
        } catch (InterruptedForceException e) {
            return false;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void encode(LogChange change) throws IOException {
        switch (change) {
            case LogChange.Append(GroupState group, List<LogRecord> entries) -> {
                for (LogRecord entry : entries) {
                    put(RecordKind.ENTRY, group, entry);
                }
            }
            case LogChange.CopyForward(GroupState group, int segment, List<LogRecord> entries) -> {
                for (LogRecord entry : entries) {
                    if (group.isAt(entry.index(), segment)) {
                        put(RecordKind.COPY, group, entry);
                    }
                }
            }
            case LogChange.TruncatePrefix(GroupState group, long firstKept) ->
                put(RecordKind.TRUNCATE_PREFIX, group, firstKept);
            case LogChange.TruncateSuffix(GroupState group, long lastKept) ->
                put(RecordKind.TRUNCATE_SUFFIX, group, lastKept);
            case LogChange.Reset(GroupState group, long nextIndex) -> put(RecordKind.RESET, group, nextIndex);
            case LogChange.Remove(GroupState group) -> put(RecordKind.REMOVED, group, 0);
            case LogChange.SaveHardState(GroupState group, HardState state) -> {
                byte[] vote = state.votedFor().getBytes(StandardCharsets.UTF_8);
                output.put(RecordKind.HARD_STATE, group.id, 0, state.term(), (byte) 0, vote);
            }
            case LogChange.Carry(int segment) -> {
                for (GroupState group : groups.values()) {
                    if (group.needsCarrying(segment)) {
                        long term = group.hardState().term();
                        output.put(RecordKind.CHECKPOINT, group.id, group.first(), term, (byte) 0, checkpoint(group));
                    }
                }
            }
            case LogChange.Close _ -> output.put(RecordKind.CLOSED, 0, 0, 0, (byte) 0, NO_PAYLOAD);
        }
    }

    private void put(RecordKind kind, GroupState group, long index) throws IOException {
        output.put(kind, group.id, index, 0, (byte) 0, NO_PAYLOAD);
    }

    private void put(RecordKind kind, GroupState group, LogRecord entry) throws IOException {
        output.put(kind, group.id, entry.index(), entry.term(), entry.type(), entry.payload());
    }

    // -- what is known of the groups

    /// True when entries were forgotten.
    private boolean apply(boolean isWritten) {
        boolean isRelief = false;
        try {
            for (Ticket ticket : planned) {
                isRelief |= apply(ticket, isWritten);
            }
        } catch (RuntimeException | Error e) {
            // on disk, but not in memory
            throw broken(new IllegalStateException("state of the log", e));
        }
        return isRelief;
    }

    private boolean apply(Ticket ticket, boolean isWritten) {
        int segment = current.number();
        switch (ticket.change) {
            case LogChange.Append(GroupState group, List<LogRecord> entries) -> {
                long offset = ticket.offset;
                for (LogRecord entry : entries) {
                    offset = put(group, entry, offset);
                    cache.add(group, entry);
                }
                return false;
            }
            case LogChange.CopyForward(GroupState group, int from, List<LogRecord> entries) -> {
                long offset = ticket.offset;
                for (LogRecord entry : entries) {
                    if (group.isAt(entry.index(), from)) {
                        offset = put(group, entry, offset);
                    }
                }
                return true;
            }
            case LogChange.TruncatePrefix(GroupState group, long firstKept) -> {
                if (!isWritten && !group.isPrefixUnwritten()) {
                    unwritten.add(group);
                }
                group.truncatePrefix(firstKept, isWritten ? segment : 0);
            }
            case LogChange.TruncateSuffix(GroupState group, long lastKept) -> group.truncateSuffix(lastKept);
            case LogChange.Reset(GroupState group, long nextIndex) -> group.reset(nextIndex, segment);
            case LogChange.Remove(GroupState group) -> {
                group.remove();
                groups.remove(group.id, group);
            }
            case LogChange.SaveHardState(GroupState group, HardState state) -> {
                group.setHardState(state, segment);
                return false;
            }
            case LogChange.Carry(int carried) -> {
                for (GroupState group : groups.values()) {
                    if (group.needsCarrying(carried)) {
                        group.setCarried(segment);
                    }
                }
                return false;
            }
            case LogChange.Close _ -> {
                return false;
            }
        }
        return true;
    }

    private long put(GroupState group, LogRecord entry, long offset) {
        int payloadLength = entry.payload().length;
        group.put(entry.index(), entry.term(), current.number(), offset, payloadLength);
        return offset + RecordFormat.sizeBytes(payloadLength);
    }
}
