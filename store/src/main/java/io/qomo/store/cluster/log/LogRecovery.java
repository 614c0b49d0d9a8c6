package io.qomo.store.cluster.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/// Reads a log back: what its groups are, and where it ends.
///
/// All segments but the last were on the disk before the next began \[L4], whose header says where they
/// end: nothing in them may be wrong. In the last one a flush may be torn: the process or the
/// machine died while it was written, and its sectors reach the disk in any order. Nobody was told
/// that it is durable, so it is cut off at its first bad record. But a flush is written after the
/// one before is on the disk \[L3]; so when, behind a bad record, an intact one is found whose flush
/// *began* behind the bad one, the bad one was on the disk and is damaged. Then the log is not
/// opened.
///
/// What this cannot tell: damage within the very last flush, if the log was not closed in order.
/// (After an orderly close the last flush is the mark of that.)
///
/// The last flush may be in the system's cache only, if the process died before its force ended, or
/// the force failed. It is written again and forced before anybody hears of it. A torn rest is
/// overwritten with zeros, lest it look like the end of a later flush.
final class LogRecovery {
    private static final int COPY_BYTES = 256 << 10;

    private final SegmentStore segments;
    private final ConcurrentMap<Long, GroupState> groups;
    private boolean isClosedInOrder;
    private long lastFlush;

    LogRecovery(SegmentStore segments, ConcurrentMap<Long, GroupState> groups) {
        this.segments = segments;
        this.groups = groups;
    }

    /// Fills in the groups. Returns where the last segment ends, which is on the disk up to there.
    long replay() throws IOException {
        List<Segment> all = segments.all();
        for (int i = 0; i + 1 < all.size(); i++) {
            Segment segment = all.get(i);
            long end = all.get(i + 1).header.previousEnd();
            long reached = replay(segment, new RecordReader(segment, end));
            if (reached != end) {
                throw damaged(segment, reached, "a record is not intact, and the log goes on behind it");
            }
        }
        Segment last = all.getLast();
        RecordReader reader = new RecordReader(last, last.header.sizeBytes());
        long end = replay(last, reader);
        long torn = findTornEnd(last, reader, end);
        checkComplete();
        makeDurable(last, end, torn);
        return end;
    }

    private static RuntimeException damaged(SegmentStore segments, Segment segment, long offset, String what) {
        return SegmentHeader.damaged(segments.path(segment), offset, what);
    }

    private RuntimeException damaged(Segment segment, long offset, String what) {
        return damaged(segments, segment, offset, what);
    }

    /// Applies records up to the first that is not one.
    private long replay(Segment segment, RecordReader reader) throws IOException {
        long at = SegmentHeader.BYTES;
        lastFlush = at;
        isClosedInOrder = false;
        while (reader.read(at) && (reader.flushOffset() == at || reader.flushOffset() == lastFlush)) {
            lastFlush = reader.flushOffset();
            apply(segment, reader, at);
            at = reader.nextOffset();
        }
        return at;
    }

    private void apply(Segment segment, RecordReader reader, long at) throws IOException {
        RecordKind kind = reader.kind();
        isClosedInOrder = kind == RecordKind.CLOSED;
        if (isClosedInOrder) {
            return;
        }
        int number = segment.number();
        GroupState group = groups.computeIfAbsent(reader.groupId(), id -> new GroupState(id, segments));
        long index = reader.index();
        switch (kind) {
            case ENTRY -> {
                check(index > group.last(), segment, at, "an entry comes twice");
                group.put(index, reader.term(), number, at, reader.payloadLength());
            }
            case COPY -> {
                check(index >= group.first(), segment, at, "a forgotten entry comes again");
                group.put(index, reader.term(), number, at, reader.payloadLength());
            }
            case TRUNCATE_PREFIX -> group.truncatePrefix(index, number);
            case TRUNCATE_SUFFIX -> {
                check(index >= group.first() - 1, segment, at, "more is forgotten than there is");
                group.truncateSuffix(index);
            }
            case RESET -> group.reset(index, number);
            case HARD_STATE -> {
                String vote = new String(reader.payload(), StandardCharsets.UTF_8);
                group.setHardState(new HardState(reader.term(), vote), number);
            }
            case CHECKPOINT -> {
                byte[] payload = reader.payload();
                long last = RecordFormat.view(payload).getLong();
                check(last >= group.last(), segment, at, "a checkpoint misses entries");
                int voteBytes = payload.length - Long.BYTES;
                String vote = new String(payload, Long.BYTES, voteBytes, StandardCharsets.UTF_8);
                group.replayCheckpoint(index, last, new HardState(reader.term(), vote), number);
            }
            case REMOVED -> {
                group.remove();
                groups.remove(group.id);
            }
            case CLOSED -> throw new IllegalStateException("handled above");
        }
    }

    private void check(boolean holds, Segment segment, long at, String otherwise) {
        if (!holds) {
            throw damaged(segment, at, otherwise);
        }
    }

    /// Where the traces of a torn flush that begins before `end`, or there, end. Throws when what is
    /// found behind `end` says that the record there is damaged.
    private long findTornEnd(Segment segment, RecordReader reader, long end) throws IOException {
        long torn = end;
        // what stands at `end` is intact when it only is out of place
        long at = reader.read(end) ? end : reader.nextCandidate(end);
        while (at >= 0) {
            if (reader.read(at)) {
                if (reader.flushOffset() > end) {
                    throw damaged(segment, end, "a record is not intact, but later ones are");
                }
                torn = Math.max(torn, reader.nextOffset());
            }
            at = reader.nextCandidate(at);
        }
        return torn;
    }

    private void checkComplete() {
        for (GroupState group : groups.values()) {
            long missing = group.firstMissing();
            if (missing != 0) {
                throw damaged(
                        segments.oldest(),
                        SegmentHeader.BYTES,
                        "entry " + missing + " of group " + group.id + " is in no segment");
            }
        }
    }

    private void makeDurable(Segment segment, long end, long torn) throws IOException {
        LogFile file = segment.file;
        boolean isWhole = file.size() >= segment.header.sizeBytes();
        if (isClosedInOrder && torn == end && isWhole) {
            return;
        }
        boolean isForced = false;
        while (!isForced) {
            SegmentStore.fill(file, end, torn);
            SegmentStore.fill(
                    file,
                    Math.max(torn, Math.min(file.size(), segment.header.sizeBytes())),
                    segment.header.sizeBytes());
            rewrite(file, lastFlush, end);
            isForced = SegmentStore.force(file);
        }
    }

    private static void rewrite(LogFile file, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) Math.min(COPY_BYTES, to - from)];
        for (long at = from; at < to; at += bytes.length) {
            int length = (int) Math.min(bytes.length, to - at);
            file.read(ByteBuffer.wrap(bytes, 0, length), at);
            file.write(ByteBuffer.wrap(bytes, 0, length), at);
        }
    }
}
