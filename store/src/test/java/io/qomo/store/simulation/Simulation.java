package io.qomo.store.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Virtual time and what happens in it: events in the order of their times, all on the thread that calls
/// [#run]. Everything that is left to chance comes from one seed.
final class Simulation {
    private static final MethodHandle NEW_THREAD = newThread();

    private final Thread owner = Thread.currentThread();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private long nowNanos;
    private long order;
    private long eventsRun;
    private long trace = 1;
    private volatile boolean isDisturbed;
    private @Nullable Throwable failure;

    Simulation(long seed) {
        this.random = new Random(seed);
    }

    /// Something that is to happen, unless it is called off.
    static final class Event implements Comparable<Event> {
        private final long atNanos;
        private final long order;
        private final Runnable action;
        private boolean isCancelled;

        Event(long atNanos, long order, Runnable action) {
            this.atNanos = atNanos;
            this.order = order;
            this.action = action;
        }

        void cancel() {
            isCancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// Ends the run: something is wrong.
    void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    long eventsRun() {
        return eventsRun;
    }

    /// A digest of all that has happened so far and when.
    long trace() {
        return trace;
    }

    /// Adds a fact to the trace.
    void note(long fact) {
        trace = (trace ^ fact) * 0x100000001B3L;
        trace ^= trace >>> 29;
    }

    long randomLong() {
        return random.nextLong();
    }

    /// From 0 to below `bound`.
    int random(int bound) {
        return random.nextInt(bound);
    }

    /// From `from` to below `to`, small values more often than large ones.
    long skewed(long from, long to) {
        double fraction = random.nextDouble();
        return from + (long) ((to - from) * fraction * fraction * fraction);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// Has something happen later.
    Event after(long delayNanos, Runnable action) {
        Event event = new Event(nowNanos + delayNanos, order++, action);
        events.add(event);
        return event;
    }

    /// Lets time pass until `isOver`, or `maxNanos` from now, or there is nothing left to happen; true
    /// if over.
    boolean run(BooleanSupplier isOver, long maxNanos) {
        long end = nowNanos + maxNanos;
        while (!isOver.getAsBoolean()) {
            Event event = events.peek();
            if (event == null || event.atNanos > end) {
                nowNanos = end;
                return isOver.getAsBoolean();
            }
            events.remove();
            if (!event.isCancelled) {
                nowNanos = event.atNanos;
                eventsRun++;
                note(event.atNanos ^ event.order << 20);
                event.action.run();
                if (failure != null) {
                    throw new AssertionError("at " + nowNanos / 1_000_000 + " ms: " + failure, failure);
                }
                if (isDisturbed) {
                    throw new IllegalStateException("a simulated thread was woken by a real one: it has waited for"
                            + " real time, or for a monitor whose owner had parked");
                }
            }
        }
        return true;
    }

    /// A thread of a process, to be started.
    Thread thread(Process process, String name, Runnable body) {
        try {
            return (Thread) NEW_THREAD.invoke((Executor) process, name, 0, body);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// A process of a node: what is scheduled in it happens only while it is alive.
    final class Process implements Executor {
        private boolean isAlive = true;
        private long stoppedUntilNanos;

        @Override
        public void execute(Runnable continuation) {
            if (Thread.currentThread() != owner && !Thread.currentThread().isVirtual()) {
                isDisturbed = true;
            }
            after(skewed(100, 20_000), continuation);
        }

        /// Has something happen later if the process is alive then.
        Event after(long delayNanos, Runnable action) {
            return Simulation.this.after(delayNanos, () -> run(action));
        }

        private void run(Runnable action) {
            if (isAlive && nowNanos < stoppedUntilNanos) {
                Simulation.this.after(stoppedUntilNanos - nowNanos, () -> run(action));
            } else if (isAlive) {
                action.run();
            }
        }

        /// Stands still for a while; what arrives meanwhile waits.
        void stop(long nanos) {
            stoppedUntilNanos = Math.max(stoppedUntilNanos, nowNanos + nanos);
        }

        boolean isAlive() {
            return isAlive;
        }

        void kill() {
            isAlive = false;
        }
    }

    Process process() {
        return new Process();
    }

    /// Virtual threads with a scheduler of one's own are not public yet; needs
    /// `--add-opens java.base/java.lang=ALL-UNNAMED`.
    private static MethodHandle newThread() {
        try {
            MethodType type =
                    MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class);
            Class<?> builders = Class.forName("java.lang.ThreadBuilders");
            return MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                    .findStatic(builders, "newVirtualThread", type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
