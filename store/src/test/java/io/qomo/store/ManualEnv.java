package io.qomo.store;

import io.qomo.base.env.Env;
import io.qomo.base.env.SystemEnv;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/// The real world but for the wall clock, which moves only when told.
public final class ManualEnv implements Env {
    private final SystemEnv system = new SystemEnv();
    private final AtomicLong wallMicros = new AtomicLong(1_800_000_000_000_000L);

    /// Moves the wall clock; backwards too.
    public void advance(Duration duration) {
        wallMicros.addAndGet(duration.toNanos() / 1000);
    }

    @Override
    public long wallMicros() {
        return wallMicros.get();
    }

    @Override
    public long nanoTime() {
        return system.nanoTime();
    }

    @Override
    public long randomLong() {
        return system.randomLong();
    }

    @Override
    public void secureRandom(byte[] bytes) {
        system.secureRandom(bytes);
    }

    @Override
    public ThreadFactory threads(String prefix) {
        return system.threads(prefix);
    }
}
