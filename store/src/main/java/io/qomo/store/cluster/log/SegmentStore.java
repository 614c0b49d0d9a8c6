package io.qomo.store.cluster.log;

import io.qomo.base.env.Env;
import io.qomo.base.error.Check;
import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The segment files of a log: makes, recycles and drops them \[L4]. Thread-safe.
///
/// ```
/// 0000000007.log   a segment, by its number, from 1; numbers are never used again
/// spare-1          as large as a segment, what it holds means nothing; becomes the next segment
/// new, new-spare   files in the making
///
/// (nothing) ─ prepare ─→ new ─ adopt ─→ segment ─ drop ─→ spare-N or gone
/// (nothing) ─ prepareSpare ─→ new-spare ─→ spare-N ─ prepare ─→ new
/// ```
final class SegmentStore implements LiveBytes {
    private static final String SUFFIX = ".log";
    private static final String SPARE = "spare-";
    private static final String FRESH = "new";
    private static final String FRESH_SPARE = "new-spare";
    private static final int MAX_SPARES = 2;
    private static final int ZEROS_BYTES = 256 << 10;

    private final LogFiles files;
    private final int segmentBytes;
    private final Env env;
    private final ConcurrentSkipListMap<Integer, Segment> segments = new ConcurrentSkipListMap<>();
    // guarded by this
    private final List<String> spares = new ArrayList<>();
    /// Whether a segment was dropped and perhaps comes back: none may go before it is gone.
    private boolean isUnsynced;

    SegmentStore(LogFiles files, int segmentBytes, Env env) {
        this.files = files;
        this.segmentBytes = segmentBytes;
        this.env = env;
    }

    /// Opens what is there. Throws `StoreOpenException` when a segment is missing or not sound.
    synchronized void open() throws IOException {
        for (String name : files.list()) {
            if (name.startsWith(SPARE)) {
                spares.add(name);
            } else if (name.endsWith(SUFFIX)) {
                openSegment(name);
            }
        }
        int expected = segments.isEmpty() ? 0 : segments.firstKey();
        for (int number : segments.keySet()) {
            if (number != expected) {
                throw new StoreOpenException("the log segment " + files.path(name(expected)) + " is missing", null);
            }
            expected++;
        }
        while (spares.size() > MAX_SPARES) {
            files.delete(spares.removeLast());
        }
        files.delete(FRESH);
        files.delete(FRESH_SPARE);
    }

    private void openSegment(String name) throws IOException {
        LogFile file = files.open(name);
        try {
            SegmentHeader header = SegmentHeader.read(file, files.path(name));
            if (!name.equals(name(header.number()))) {
                throw SegmentHeader.damaged(files.path(name), 12, "it says that it is segment " + header.number());
            }
            segments.put(header.number(), new Segment(header, name, file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// Makes the file of the next segment, at least `minBytes` long. When this throws nothing has changed.
    synchronized SegmentHeader prepare(long previousEnd, long minBytes) throws IOException {
        int number = segments.isEmpty() ? 1 : segments.lastKey() + 1;
        long size = Math.max(segmentBytes, minBytes + SegmentHeader.BYTES + 7 & ~7L);
        SegmentHeader header = new SegmentHeader(number, previousEnd, size, (int) env.randomLong());
        String spare = size == segmentBytes && !spares.isEmpty() ? spares.removeLast() : null;
        if (spare != null) {
            files.rename(spare, FRESH);
        }
        make(FRESH, size, header);
        return header;
    }

    /// Makes the file that was prepared the newest segment, durably. When this throws it may be one or not.
    synchronized Segment adopt(SegmentHeader header) throws IOException {
        String name = name(header.number());
        files.rename(FRESH, name);
        files.sync();
        Segment segment = new Segment(header, name, files.open(name));
        segments.put(header.number(), segment);
        return segment;
    }

    /// Has one spare file at hand, so that [#prepare] need not write a whole segment of zeros.
    synchronized void prepareSpare() throws IOException {
        if (spares.isEmpty()) {
            make(FRESH_SPARE, segmentBytes, null);
            files.rename(FRESH_SPARE, SPARE + 1);
            files.sync();
            spares.add(SPARE + 1);
        }
    }

    /// Fills a file up to its size with zeros, and writes a header in front if there is one.
    private void make(String name, long size, @Nullable SegmentHeader header) throws IOException {
        try (LogFile file = files.open(name)) {
            boolean isForced = false;
            while (!isForced) {
                fill(file, Math.min(file.size(), size), size);
                if (header != null) {
                    file.write(header.encode(), 0);
                }
                isForced = force(file);
            }
        } catch (IOException e) {
            files.delete(name);
            throw e;
        }
    }

    /// False when what was written has to be written again.
    static boolean force(LogFile file) throws IOException {
        try {
            file.force();
            return true;
        } catch (InterruptedForceException e) {
            return false;
        }
    }

    /// Writes zeros, and waits for nothing.
    static void fill(LogFile file, long from, long to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, Math.max(0, to - from)));
        for (long at = from; at < to; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            file.write(zeros, at);
        }
    }

    /// Takes the oldest segment out of the log, durably: its file becomes a spare one, or goes.
    synchronized void drop(Segment segment) throws IOException {
        Check.that(segment == oldest(), "segments go in their order", "segment", segment.number());
        if (isUnsynced) {
            files.sync();
        }
        if (segment.header.sizeBytes() == segmentBytes && spares.size() < MAX_SPARES) {
            String spare = spares.contains(SPARE + 1) ? SPARE + 2 : SPARE + 1;
            files.rename(segment.name, spare);
            spares.add(spare);
        } else {
            files.delete(segment.name);
        }
        isUnsynced = true;
        segments.remove(segment.number());
        segment.close();
        files.sync();
        isUnsynced = false;
    }

    /// In the order of their numbers.
    List<Segment> all() {
        return List.copyOf(segments.values());
    }

    Segment oldest() {
        return segments.firstEntry().getValue();
    }

    /// Null when there is no such segment any more.
    @Nullable Segment segment(int number) {
        return segments.get(number);
    }

    String path(Segment segment) {
        return files.path(segment.name);
    }

    /// The directory, for messages.
    String path() {
        return files.path("");
    }

    int segmentBytes() {
        return segmentBytes;
    }

    @Override
    public void add(int number, long bytes) {
        Segment segment = segments.get(number);
        Check.that(segment != null, "a record of a segment that is gone", "segment", number);
        if (segment != null) {
            segment.liveBytes.addAndGet(bytes);
        }
    }

    /// Whether so little of the log is live that writing the live part again pays: each byte is then
    /// written again at most once in the mean.
    boolean isMostlyDead() {
        long size = 0;
        long live = 0;
        for (Segment segment : segments.values()) {
            size += segment.header.sizeBytes();
            live += segment.liveBytes.get();
        }
        return size > 2 * live + 2L * segmentBytes;
    }

    synchronized void close() {
        for (Segment segment : segments.values()) {
            segment.close();
        }
    }

    private static String name(int number) {
        return String.format("%010d%s", number, SUFFIX);
    }
}
