package io.qomo.store.cluster.rpc.tcp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The frames that wait for a connection's socket, and who writes them.
///
/// Critical path. Whoever appends to an idle queue leads: it writes its own frame and, for a few rounds, what
/// others append meanwhile. So a lone message goes out on its sender's thread without a hand-over, and under
/// load many go out in one write.
///
/// \[O1] A sender leads only while so little is unacknowledged that the socket's buffer surely has room:
/// every frame says how much its sender has received, so this side knows how much the peer has not read.
/// Otherwise, and for senders that are virtual threads (whose interrupt would close the socket), a thread of
/// `writers` leads, which may wait for the peer. No sender ever does.
///
/// \[O2] At most one thread writes, in queue order.
///
/// \[O3] What is queued or being written is at most `maxBytes`, or one frame.
final class Outgoing {
    /// What happened to a frame.
    enum Admission {
        ACCEPTED,
        FULL,
        CLOSED
    }

    /// A fresh TCP connection's send buffer takes about 46 KiB whatever the size of its segments.
    private static final int DIRECT_BYTES = 32 << 10;
    /// Groups that a sender writes before a thread of `writers` takes over.
    private static final int LEADER_ROUNDS = 2;
    private static final int MAX_GROUP_BYTES = 256 << 10;
    private static final int SMALL_BUFFER_BYTES = 4 << 10;
    private static final int BUFFER_BYTES = 64 << 10;
    /// A longer part is written from where it is.
    private static final int MAX_COPIED_BYTES = 16 << 10;
    /// What the JDK hands to the system at once; a write of so much must end within the time limit.
    private static final int MAX_WRITE_BYTES = 128 << 10;

    private final OutputStream out;
    private final LongSupplier clock;
    private final LongSupplier received;
    private final Meters meters;
    private final Executor writers;
    private final Consumer<String> breaker;
    private final long maxBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    // guarded by lock
    private final ArrayDeque<Frame> queue = new ArrayDeque<>();
    private long pendingBytes;
    private int groupBytes;
    private boolean isLed;
    private boolean isClosed;
    // owned by the leader
    private final List<Frame> group = new ArrayList<>();
    private byte[] buffer = new byte[SMALL_BUFFER_BYTES];
    private int filled;

    private volatile long sent;
    private volatile long acknowledged;
    private volatile long writingSince;
    private volatile @Nullable Thread corker;

    /// Writes to `out`; `received` counts what came in on the connection, `breaker` closes it when writing
    /// fails.
    Outgoing(OutputStream out, LongSupplier received, Wiring wiring, Consumer<String> breaker) {
        this.out = out;
        this.received = received;
        this.clock = wiring.clock();
        this.meters = wiring.meters();
        this.writers = wiring.writers();
        this.breaker = breaker;
        this.maxBytes = wiring.options().limits().maxOutgoingBytes();
    }

    /// Queues a frame; it is written now or soon.
    Admission append(Frame frame) {
        boolean leads = false;
        lock.lock();
        try {
            if (isClosed) {
                return Admission.CLOSED;
            }
            if (pendingBytes > 0 && pendingBytes + frame.totalBytes() > maxBytes) {
                return Admission.FULL;
            }
            queue.addLast(frame);
            pendingBytes += frame.totalBytes();
            if (!isLed && (corker != Thread.currentThread() || pendingBytes > DIRECT_BYTES)) {
                isLed = true;
                leads = leadsOrHandsOver(LEADER_ROUNDS);
            }
        } finally {
            lock.unlock();
        }
        if (leads) {
            lead(LEADER_ROUNDS);
        }
        return Admission.ACCEPTED;
    }

    /// Queues a frame as soon as there is room, false when the connection ends first.
    boolean appendWaiting(Frame frame) {
        Admission admission = append(frame);
        while (admission == Admission.FULL) {
            lock.lock();
            try {
                while (!isClosed && pendingBytes > 0 && pendingBytes + frame.totalBytes() > maxBytes) {
                    room.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
            admission = append(frame);
        }
        return admission == Admission.ACCEPTED;
    }

    /// Says to the peer that this side lives, unless something else is being said; on a thread that may wait
    /// for the socket.
    void appendAlive() {
        Frame alive = Frame.alive();
        lock.lock();
        try {
            if (!isClosed && !isLed) {
                queue.addLast(alive);
                pendingBytes += alive.totalBytes();
                isLed = true;
                handOver();
            }
        } finally {
            lock.unlock();
        }
    }

    /// From now on this thread's frames wait for [#uncork], unless somebody else writes.
    void cork() {
        corker = Thread.currentThread();
    }

    /// Writes what waits.
    void uncork() {
        if (corker == null) {
            return;
        }
        corker = null;
        boolean leads = false;
        lock.lock();
        try {
            if (!isLed && !queue.isEmpty()) {
                isLed = true;
                leads = leadsOrHandsOver(LEADER_ROUNDS);
            }
        } finally {
            lock.unlock();
        }
        if (leads) {
            lead(LEADER_ROUNDS);
        }
    }

    /// The peer has received so many bytes, by the low 32 bits. Called by the reader thread.
    void acknowledge(int low) {
        long before = acknowledged;
        int more = low - (int) before;
        if (more > 0) {
            acknowledged = before + more;
        }
    }

    /// Takes a frame back; false when it is, or may be, under way.
    boolean cancel(Frame frame) {
        lock.lock();
        try {
            if (frame.isTaken) {
                return false;
            }
            frame.isCancelled = true;
            frame.takePayload();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Bytes handed to the network.
    long sent() {
        return sent;
    }

    /// Since when a thread waits for the network, 0 if none does.
    long writingSince() {
        return writingSince;
    }

    /// Sends nothing any more.
    void close() {
        lock.lock();
        try {
            isClosed = true;
            queue.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock, with the leadership: whether this thread may write the next group; if not, another
    /// will.
    private boolean leadsOrHandsOver(int roundsLeft) {
        if (roundsLeft > 0
                && sent - acknowledged + pendingBytes <= DIRECT_BYTES
                && !Thread.currentThread().isVirtual()) {
            return true;
        }
        handOver();
        return false;
    }

    private void handOver() {
        try {
            writers.execute(() -> lead(Integer.MAX_VALUE));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // the transport closes, or the next sender tries again
            isLed = false;
        }
    }

    private void lead(int rounds) {
        int roundsLeft = rounds;
        while (takeGroup(roundsLeft)) {
            try {
                writeGroup();
            } catch (IOException e) {
                breaker.accept("write failed: " + e.getMessage());
            }
            if (rounds != Integer.MAX_VALUE) {
                roundsLeft--;
            }
        }
    }

    private boolean takeGroup(int roundsLeft) {
        lock.lock();
        try {
            pendingBytes -= groupBytes;
            groupBytes = 0;
            if (lock.hasWaiters(room)) {
                room.signalAll();
            }
            if (queue.isEmpty()) {
                isLed = false;
                return false;
            }
            if (roundsLeft != Integer.MAX_VALUE && !leadsOrHandsOver(roundsLeft)) {
                return false;
            }
            group.clear();
            while (!queue.isEmpty() && groupBytes < MAX_GROUP_BYTES) {
                Frame next = queue.removeFirst();
                groupBytes += next.totalBytes();
                if (!next.isCancelled) {
                    next.isTaken = true;
                    group.add(next);
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void writeGroup() throws IOException {
        for (Frame frame : group) {
            meters.sent(frame);
            reserve(FrameHeader.BYTES);
            frame.header(received.getAsLong()).write(buffer, filled);
            filled += FrameHeader.BYTES;
            for (ByteBuffer part : frame.takePayload()) {
                put(part.duplicate());
            }
        }
        flush();
    }

    private void put(ByteBuffer part) throws IOException {
        if (part.hasArray() && part.remaining() > MAX_COPIED_BYTES) {
            flush();
            int at = part.arrayOffset() + part.position();
            int end = at + part.remaining();
            while (at < end) {
                int count = Math.min(end - at, MAX_WRITE_BYTES);
                write(part.array(), at, count);
                at += count;
            }
            return;
        }
        while (part.hasRemaining()) {
            reserve(Math.min(part.remaining(), MAX_COPIED_BYTES));
            int count = Math.min(part.remaining(), buffer.length - filled);
            part.get(buffer, filled, count);
            filled += count;
        }
    }

    private void reserve(int bytes) throws IOException {
        if (buffer.length - filled >= bytes) {
            return;
        }
        if (buffer.length < BUFFER_BYTES) {
            buffer = Arrays.copyOf(buffer, BUFFER_BYTES);
        } else {
            flush();
        }
    }

    private void flush() throws IOException {
        if (filled > 0) {
            write(buffer, 0, filled);
            filled = 0;
        }
    }

    private void write(byte[] bytes, int at, int count) throws IOException {
        writingSince = clock.getAsLong();
        out.write(bytes, at, count);
        writingSince = 0;
        sent += count;
    }
}
