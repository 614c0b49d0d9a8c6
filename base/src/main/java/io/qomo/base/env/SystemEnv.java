package io.qomo.base.env;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/// The real clock, entropy and threads.
public final class SystemEnv implements Env {
    private final SecureRandom secure = new SecureRandom();

    @Override
    public long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000L;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long randomLong() {
        return ThreadLocalRandom.current().nextLong();
    }

    @Override
    public void secureRandom(byte[] bytes) {
        secure.nextBytes(bytes);
    }

    @Override
    public ThreadFactory threads(String prefix) {
        return threads(prefix, 0);
    }

    @Override
    public ThreadFactory threads(String prefix, long stackBytes) {
        return Thread.ofPlatform()
                .daemon(true)
                .stackSize(stackBytes)
                .name(prefix + "-", 0)
                .factory();
    }
}
