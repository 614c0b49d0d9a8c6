package io.qomo.store.cluster.log;

import io.qomo.base.env.SystemEnv;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures appends of 128 bytes, by hand: `SharedLogBench DIRECTORY COUNT`, in an empty directory.
public final class SharedLogBench {
    private static final int THREADS = 64;
    private static final int GROUPS = 8;
    private static final byte[] PAYLOAD = new byte[128];

    private SharedLogBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        for (int round = 0; round < 3; round++) {
            FaultyFiles unforced = new FaultyFiles(directory.resolve("unforced" + round));
            unforced.isForcingSkipped = true;
            try (SharedLog log = SharedLog.open(unforced, SharedLogOptions.DEFAULT, new SystemEnv())) {
                lone(log, "lone, force left out", count * 10);
            }
            Path forced = directory.resolve("forced" + round);
            try (SharedLog log = SharedLog.open(forced, SharedLogOptions.DEFAULT, new SystemEnv())) {
                lone(log, "lone", count);
                many(log, count);
            }
        }
    }

    private static void lone(SharedLog log, String name, int count) {
        GroupLog group = log.group(100);
        long[] nanos = new long[count];
        long cpu = cpu();
        for (int i = 0; i < count; i++) {
            long from = System.nanoTime();
            group.append(List.of(new LogRecord(i + 1, 1, (byte) 0, PAYLOAD)));
            nanos[i] = System.nanoTime() - from;
            if (i % 10_000 == 0) {
                group.truncatePrefix(i + 1);
            }
        }
        double cpuMicros = (cpu() - cpu) / 1e3 / count;
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.1f us, p99 %.1f us, %.1f us CPU%n",
                name, nanos[count / 2] / 1e3, nanos[count * 99 / 100] / 1e3, cpuMicros);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void many(SharedLog log, int count) throws InterruptedException {
        int perThread = Math.max(1, count * 10 / THREADS);
        Object[] turns = new Object[GROUPS];
        Arrays.setAll(turns, i -> new Object());
        long forces = log.flushes();
        AtomicInteger waits = new AtomicInteger();
        long cpu = processCpu();
        long from = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            // one group's entries need an order: each thread has one of its own, eight share a segment of ids
            GroupLog group = log.group(t);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < perThread; i++) {
                    group.append(List.of(new LogRecord(i + 1, 1, (byte) 0, PAYLOAD)));
                    waits.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        System.out.printf(
                "%d threads: %.0f appends/s, %.1f appends a force, %.1f us CPU%n",
                THREADS,
                waits.get() / seconds,
                (double) waits.get() / (log.flushes() - forces),
                (processCpu() - cpu) / 1e3 / waits.get());
    }

    private static long processCpu() {
        try {
            String stat = java.nio.file.Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000L;
        } catch (IOException e) {
            return 0;
        }
    }
}
