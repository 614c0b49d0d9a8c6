package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import org.jspecify.annotations.Nullable;

/// What is known of one group. Changed by the leader only, and by it after the change is on disk.
final class GroupState {
    private static final int NO_SEGMENT = Integer.MAX_VALUE;

    final long id;
    private final SegmentStore segments;
    // guarded by this, except that the leader may read them without
    private final EntryIndex entries;
    private HardState hardState = HardState.NONE;
    private boolean isRemoved;
    // owned by the leader
    private int hardStateSegment = NO_SEGMENT;
    private int firstSegment = NO_SEGMENT;
    private boolean isPrefixUnwritten;
    /// What the group looks like after the changes planned for this flush.
    private long planOf = -1;
    private long plannedFirst;
    private long plannedLast;
    private long plannedTerm;
    private boolean isPlannedRemoved;

    GroupState(long id, SegmentStore segments) {
        this.id = id;
        this.segments = segments;
        this.entries = new EntryIndex(segments);
    }

    // -- readers

    synchronized long first() {
        return entries.first();
    }

    synchronized long last() {
        return entries.last();
    }

    synchronized long term(long index) {
        return entries.has(index) ? entries.term(index) : 0;
    }

    synchronized HardState hardState() {
        return hardState;
    }

    synchronized boolean isRemoved() {
        return isRemoved;
    }

    /// The entry, or null. It may be moved, or forgotten and its segment recycled, while it is read:
    /// then what is read is not it, and its place is looked up again.
    @Nullable LogRecord read(long index) {
        int readSegment = 0;
        long readOffset = 0;
        while (true) {
            Segment segment;
            long offset;
            int payloadLength;
            synchronized (this) {
                if (!entries.has(index)) {
                    return null;
                }
                LogRecord cached = entries.cached(index);
                if (cached != null) {
                    return cached;
                }
                segment = segments.segment(entries.segment(index));
                offset = entries.offset(index);
                payloadLength = entries.payloadBytes(index);
            }
            Check.that(segment != null, "a segment with a live entry is there", "index", index);
            if (segment == null) {
                return null;
            }
            if (segment.number() == readSegment && offset == readOffset) {
                throw new SqlException(ErrorCode.CORRUPT_DATA, segments.path(segment) + "' at offset '" + offset);
            }
            LogRecord record = segment.read(offset, id, index, payloadLength);
            if (record != null) {
                return record;
            }
            readSegment = segment.number();
            readOffset = offset;
        }
    }

    /// The first entry at or after `from` that lies in `segment`; 0 when there is none.
    synchronized long firstIn(int segment, long from) {
        return entries.firstIn(segment, from);
    }

    // -- planning, by the leader

    /// Begins to plan for the flush of this number, unless that was done.
    private void begin(long flush) {
        if (planOf != flush) {
            planOf = flush;
            plannedFirst = entries.first();
            plannedLast = entries.last();
            plannedTerm = hardState.term();
            isPlannedRemoved = isRemoved;
        }
    }

    /// Checks that the change may follow those planned before; false when it changes nothing.
    boolean plan(LogChange change, long flush) {
        begin(flush);
        if (isPlannedRemoved && (change instanceof LogChange.Remove || change instanceof LogChange.CopyForward)) {
            return false;
        }
        Check.that(!isPlannedRemoved, "the group was removed", "group", id);
        return switch (change) {
            case LogChange.Append append -> {
                long next = plannedLast + 1;
                for (LogRecord entry : append.entries()) {
                    Check.that(entry.index() == next, "entries follow each other", "index", entry.index());
                    next++;
                }
                plannedLast = next - 1;
                yield !append.entries().isEmpty();
            }
            case LogChange.TruncatePrefix(GroupState _, long firstKept) -> {
                Check.that(firstKept <= plannedLast + 1, "more is forgotten than there is", "index", firstKept);
                boolean isChange = firstKept > plannedFirst;
                plannedFirst = Math.max(plannedFirst, firstKept);
                yield isChange;
            }
            case LogChange.TruncateSuffix(GroupState _, long lastKept) -> {
                Check.that(lastKept >= plannedFirst - 1, "more is forgotten than there is", "index", lastKept);
                boolean isChange = lastKept < plannedLast;
                plannedLast = Math.min(plannedLast, lastKept);
                yield isChange;
            }
            case LogChange.Reset(GroupState _, long nextIndex) -> {
                Check.that(nextIndex > 0, "an index is positive", "index", nextIndex);
                plannedFirst = nextIndex;
                plannedLast = nextIndex - 1;
                yield true;
            }
            case LogChange.SaveHardState(GroupState _, HardState state) -> {
                Check.that(state.term() >= plannedTerm, "terms do not go back", "term", state.term());
                plannedTerm = state.term();
                yield true;
            }
            case LogChange.Remove _ -> {
                isPlannedRemoved = true;
                yield true;
            }
            case LogChange.CopyForward _, LogChange.Carry _, LogChange.Close _ -> true;
        };
    }

    /// Whether the entry is still where the copy was made from.
    boolean isAt(long index, int segment) {
        return entries.has(index) && entries.segment(index) == segment;
    }

    /// Whether the first index was moved and the log does not know it yet.
    boolean isPrefixUnwritten() {
        return isPrefixUnwritten;
    }

    void setPrefixWritten(int segment) {
        isPrefixUnwritten = false;
        firstSegment = segment;
    }

    /// Whether something small that the group needs is written only in this segment or before.
    boolean needsCarrying(int segment) {
        return Math.min(hardStateSegment, firstSegment) <= segment;
    }

    // -- changes, by the leader or while the log is replayed

    synchronized void put(long index, long term, int segment, long offset, int payloadLength) {
        entries.put(index, term, segment, offset, payloadLength);
    }

    synchronized void cache(LogRecord record) {
        entries.cache(record);
    }

    synchronized void dropCached(LogRecord record) {
        entries.dropCached(record);
    }

    /// Moves the first index, which `segment` says; 0 when the log does not know it yet.
    synchronized void truncatePrefix(long firstKept, int segment) {
        entries.truncatePrefix(firstKept);
        isPrefixUnwritten = segment == 0;
        if (segment != 0) {
            firstSegment = segment;
        }
    }

    synchronized void truncateSuffix(long lastKept) {
        entries.truncateSuffix(lastKept);
    }

    synchronized void reset(long nextIndex, int segment) {
        entries.reset(nextIndex);
        isPrefixUnwritten = false;
        firstSegment = segment;
    }

    synchronized void setHardState(HardState state, int segment) {
        hardState = state;
        hardStateSegment = segment;
    }

    /// The small state was written again.
    void setCarried(int segment) {
        hardStateSegment = segment;
        firstSegment = segment;
    }

    /// Replays a checkpoint.
    synchronized void replayCheckpoint(long first, long last, HardState state, int segment) {
        entries.truncatePrefix(first);
        entries.extend(last);
        hardState = state;
        setCarried(segment);
    }

    /// The first entry that should be there and is not; 0 when there is none.
    synchronized long firstMissing() {
        return entries.firstMissing();
    }

    synchronized void remove() {
        entries.reset(1);
        isRemoved = true;
    }
}
