package io.qomo.store.simulation;

import io.qomo.base.env.Env;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/// What a process sees of the world: a wall clock of its own, which jumps, and a monotonic one.
final class SimulatedEnv implements Env {
    private static final long EPOCH_MICROS = 1_800_000_000_000_000L;

    private final Simulation simulation;
    private final Simulation.Process process;
    private final long originNanos;
    private long wallOffsetMicros;
    private int threads;

    SimulatedEnv(Simulation simulation, Simulation.Process process, long wallOffsetMicros) {
        this.simulation = simulation;
        this.process = process;
        this.wallOffsetMicros = wallOffsetMicros;
        this.originNanos = simulation.random(1_000_000_000);
    }

    /// Sets the wall clock wrong by so much.
    void wallOffsetMicros(long offset) {
        wallOffsetMicros = offset;
    }

    @Override
    public long wallMicros() {
        return EPOCH_MICROS + simulation.nowNanos() / 1000 + wallOffsetMicros;
    }

    @Override
    public long nanoTime() {
        return originNanos + simulation.nowNanos();
    }

    @Override
    public long randomLong() {
        return simulation.randomLong();
    }

    @Override
    public void secureRandom(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) simulation.random(256);
        }
    }

    @Override
    public ThreadFactory threads(String prefix) {
        return body -> simulation.thread(process, prefix + "-" + threads++, () -> {
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                simulation.fail(e);
            }
        });
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        if (nanos > 0) {
            Thread self = Thread.currentThread();
            Simulation.Event wake = process.after(nanos, () -> LockSupport.unpark(self));
            LockSupport.park(blocker);
            wake.cancel();
        }
    }
}
