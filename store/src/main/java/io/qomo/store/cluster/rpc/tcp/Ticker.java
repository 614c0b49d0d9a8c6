package io.qomo.store.cluster.rpc.tcp;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that looks after deadlines: it sleeps until the earliest one that it knows of.
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    /// Sleeping so much too long means that the process was stopped, and with it all that shows life.
    private static final long STOPPED_NANOS = 1_000_000_000L;
    private static final long MAX_SLEEP_NANOS = 60_000_000_000L;
    private static final long RETRY_NANOS = 100_000_000L;

    private final LongSupplier clock;
    private final LongUnaryOperator work;
    private final Thread thread;
    private volatile long wakesAt = Long.MAX_VALUE;
    private volatile boolean isStopped;

    /// `work` gets the time, does what is due and tells when it wants the next call.
    Ticker(LongSupplier clock, ThreadFactory threads, LongUnaryOperator work) {
        this.clock = clock;
        this.work = work;
        this.thread = threads.newThread(this::loop);
    }

    void start() {
        thread.start();
    }

    /// Has the work done not later than at a time.
    void wakeBy(long time) {
        if (time < wakesAt) {
            LockSupport.unpark(thread);
        }
    }

    private void loop() {
        while (!isStopped) {
            // until the new time is known every deadline counts as earlier and leaves a permit for the park below
            wakesAt = Long.MAX_VALUE;
            long now = clock.getAsLong();
            long next = Math.min(work(now), now + MAX_SLEEP_NANOS);
            wakesAt = next;
            LockSupport.parkNanos(this, Math.max(0, next - clock.getAsLong()));
            if (clock.getAsLong() - next > STOPPED_NANOS) {
                // lets the readers take what lies in the sockets before anybody is called silent
                LockSupport.parkNanos(this, STOPPED_NANOS / 10);
            }
        }
    }

    private long work(long now) {
        try {
            return work.applyAsLong(now);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.atError().setCause(e).log("the deadlines of the transport could not be looked after");
            return now + RETRY_NANOS;
        }
    }

    void stop() {
        isStopped = true;
        LockSupport.unpark(thread);
    }
}
