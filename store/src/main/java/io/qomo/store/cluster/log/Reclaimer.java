package io.qomo.store.cluster.log;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops segments that no group needs, oldest first, and keeps a spare one ready.
///
/// A segment is needed by the entries in it that are not forgotten. Small state (first index, hard
/// state) does not hold it: it is written again. Nor do entries when most of the log is dead
/// ([SegmentStore#isMostlyDead]): they are copied to its end. So the log is at most about twice as
/// large as what is live in it, plus a few segments, however long a group is quiet.
///
/// The order matters \[L5]: first nothing in the segment is live; then the small state is written, and
/// with it every first index that the log does not know yet, also those which made the segment dead;
/// then it goes. The other way round a replay would look for entries that are gone.
final class Reclaimer {
    private static final Logger LOG = LoggerFactory.getLogger(Reclaimer.class);
    private static final long COPY_BYTES = 1 << 20;

    private final SharedLog log;
    private final SegmentStore segments;
    private final LogWriter writer;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isStopped;

    Reclaimer(SharedLog log, SegmentStore segments, LogWriter writer, ThreadFactory threads) {
        this.log = log;
        this.segments = segments;
        this.writer = writer;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        wake();
        thread.start();
    }

    /// Makes the thread look.
    void wake() {
        wake.release();
    }

    /// Ends the thread, and waits for it.
    void stop() {
        isStopped = true;
        wake();
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            wake.acquireUninterruptibly();
            wake.drainPermits();
            if (isStopped) {
                return;
            }
            try {
                reclaim();
            } catch (RuntimeException e) {
                LOG.atWarn().setMessage("log segments are kept").setCause(e).log();
            }
        }
    }

    /// Drops what can go, and makes a spare segment when there is none.
    synchronized void reclaim() {
        try {
            Segment oldest = segments.oldest();
            while (!isStopped && oldest != writer.current() && free(oldest)) {
                log.submit(new LogChange.Carry(oldest.number()));
                segments.drop(oldest);
                oldest = segments.oldest();
            }
            segments.prepareSpare();
        } catch (IOException e) {
            throw DiskErrors.isNoSpace(e)
                    ? SqlException.causedBy(e, ErrorCode.DISK_FULL, segments.path())
                    : SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "segments in " + segments.path() + ": " + e);
        }
    }

    /// Copies what lives in the segment if that pays. Whether nothing lives in it.
    private boolean free(Segment segment) {
        if (segment.liveBytes.get() > 0 && segments.isMostlyDead()) {
            for (GroupState group : log.states()) {
                copy(group, segment.number());
            }
        }
        return segment.liveBytes.get() == 0;
    }

    private void copy(GroupState group, int segment) {
        List<LogRecord> entries = new ArrayList<>();
        long bytes = 0;
        long index = group.firstIn(segment, 0);
        while (index != 0 && !isStopped) {
            LogRecord entry = group.read(index);
            if (entry != null) {
                entries.add(entry);
                bytes += RecordFormat.sizeBytes(entry.payload().length);
            }
            index = group.firstIn(segment, index + 1);
            if (bytes >= COPY_BYTES || index == 0) {
                log.submit(new LogChange.CopyForward(group, segment, entries));
                entries = new ArrayList<>();
                bytes = 0;
            }
        }
    }
}
