package io.qomo.store.cluster.log;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The logs of all groups of a node, in one row of files: what many threads append at a time is
/// forced to the disk together.
///
/// Critical path. The first who comes leads: it writes what it has; who comes while it does is
/// queued, and the head of the queue leads next with all that have gathered. So a lone thread
/// appends without a hand-over, and under load there is one write and one force for all. Nothing
/// slow may be done under `sequencer`; writing happens outside it, by one thread at a time.
///
/// Thread-safe. The directory belongs to one open log: the caller sees to that.
public final class SharedLog implements AutoCloseable {
    private final SegmentStore segments;
    private final ConcurrentHashMap<Long, GroupState> groups;
    private final LogWriter writer;
    private final Reclaimer reclaimer;
    private final ReentrantLock sequencer = new ReentrantLock();
    private final Condition idle = sequencer.newCondition();
    // guarded by sequencer
    private final ArrayDeque<Ticket> queue = new ArrayDeque<>();
    private boolean isLed;
    private boolean isClosed;
    /// Nothing is read any more.
    private volatile boolean isShut;
    // owned by the leader
    private final List<Ticket> flush = new ArrayList<>();

    private SharedLog(SegmentStore segments, ConcurrentHashMap<Long, GroupState> groups, LogWriter writer, Env env) {
        this.segments = segments;
        this.groups = groups;
        this.writer = writer;
        this.reclaimer = new Reclaimer(this, segments, writer, env.threads("shared-log"));
    }

    /// Opens the log in `directory`, or makes it. What a crash left half written is cut off.
    ///
    /// Throws `StoreOpenException`, naming file and offset, when acknowledged records are damaged or
    /// missing, or when the files cannot be read or written.
    public static SharedLog open(Path directory, SharedLogOptions options, Env env) {
        try {
            return open(new DiskFiles(directory), options, env);
        } catch (IOException e) {
            throw new StoreOpenException("cannot open the log in " + directory + ": " + e, e);
        }
    }

    static SharedLog open(LogFiles files, SharedLogOptions options, Env env) throws IOException {
        SegmentStore segments = new SegmentStore(files, options.segmentBytes(), env);
        try {
            segments.open();
            if (segments.all().isEmpty()) {
                segments.adopt(segments.prepare(0, 0));
            }
            ConcurrentHashMap<Long, GroupState> groups = new ConcurrentHashMap<>();
            long end = new LogRecovery(segments, groups).replay();
            Segment last = segments.all().getLast();
            LogWriter writer = new LogWriter(segments, groups, options.cacheBytes(), last, end);
            SharedLog log = new SharedLog(segments, groups, writer, env);
            log.reclaimer.start();
            return log;
        } catch (IOException | RuntimeException e) {
            segments.close();
            throw e;
        }
    }

    /// The log of a group; an empty one when it is new.
    public GroupLog group(long groupId) {
        checkOpen();
        return new GroupLog(this, groups.computeIfAbsent(groupId, id -> new GroupState(id, segments)));
    }

    /// All groups, by number. A group of which nothing was ever written is not there after the log
    /// was opened again.
    public List<Long> groups() {
        return groups.keySet().stream().sorted().toList();
    }

    /// Forgets a group, durably. Its [GroupLog] refuses changes from then on; a new one begins anew.
    public void removeGroup(long groupId) {
        GroupState state = groups.get(groupId);
        if (state != null) {
            submit(new LogChange.Remove(state));
        }
    }

    Collection<GroupState> states() {
        return groups.values();
    }

    /// Forces since the log was opened.
    public long flushes() {
        return writer.flushes();
    }

    /// Changes that wait for another's flush.
    int queued() {
        sequencer.lock();
        try {
            return queue.size();
        } finally {
            sequencer.unlock();
        }
    }

    /// Drops what can go, now.
    void reclaim() {
        reclaimer.reclaim();
    }

    int segmentCount() {
        return segments.all().size();
    }

    void checkOpen() {
        if (isShut) {
            throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
        }
    }

    /// Brings a change to pass, or throws why not. Not interruptible.
    void submit(LogChange change) {
        Ticket ticket = enqueue(change, false);
        if (ticket.await() == Ticket.State.LEADER) {
            lead();
        }
        RuntimeException failure = ticket.failure;
        if (failure != null) {
            throw failure;
        }
    }

    private Ticket enqueue(LogChange change, boolean isLast) {
        sequencer.lock();
        try {
            if (isClosed) {
                throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
            }
            isClosed = isLast;
            Ticket ticket = new Ticket(change, isLed ? Ticket.State.QUEUED : Ticket.State.LEADER);
            isLed = true;
            queue.addLast(ticket);
            return ticket;
        } finally {
            sequencer.unlock();
        }
    }

    /// Writes what has gathered at the head of the queue, appoints the next leader, and tells those
    /// who wait.
    private void lead() {
        gather();
        boolean isRelief = writer.flush(flush);
        Ticket[] done = flush.toArray(Ticket[]::new);
        flush.clear();
        handOver();
        for (Ticket ticket : done) {
            ticket.finish();
        }
        if (isRelief && segments.oldest() != writer.current()) {
            reclaimer.wake();
        }
    }

    private void gather() {
        sequencer.lock();
        try {
            Ticket next = queue.removeFirst();
            flush.add(next);
            long bytes = next.sizeBytes;
            long room = writer.room(bytes);
            next = queue.peekFirst();
            while (next != null && !next.change.startsFlush() && bytes + next.sizeBytes <= room) {
                bytes += next.sizeBytes;
                flush.add(queue.removeFirst());
                next = queue.peekFirst();
            }
        } finally {
            sequencer.unlock();
        }
    }

    private void handOver() {
        sequencer.lock();
        try {
            Ticket next = queue.peekFirst();
            if (next == null) {
                isLed = false;
                idle.signalAll();
            } else {
                next.appoint();
            }
        } finally {
            sequencer.unlock();
        }
    }

    /// Refuses new changes with `SERVER_SHUTDOWN`, waits for those on their way, and marks the log as
    /// closed in order.
    @Override
    public void close() {
        reclaimer.stop();
        Ticket mark;
        try {
            mark = enqueue(new LogChange.Close(), true);
        } catch (SqlException e) {
            awaitIdle(); // somebody else closes, or closed, it
            return;
        }
        if (mark.await() == Ticket.State.LEADER) {
            lead();
        }
        awaitIdle();
        isShut = true;
        segments.close();
    }

    private void awaitIdle() {
        sequencer.lock();
        try {
            while (isLed) {
                idle.awaitUninterruptibly();
            }
        } finally {
            sequencer.unlock();
        }
    }
}
