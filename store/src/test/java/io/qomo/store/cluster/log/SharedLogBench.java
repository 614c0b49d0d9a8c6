package io.qomo.store.cluster.log;

import io.qomo.base.env.SystemEnv;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures appends of 128 bytes, by hand: `SharedLogBench DIRECTORY COUNT`, in an empty directory.
public final class SharedLogBench {
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
                many(log, 64, 1, count * 10);
                many(log, 8, 8, count * 2);
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

    /// Each thread has a group of its own, as one thread of a replica appends what its proposers gathered.
    private static void many(SharedLog log, int threadCount, int entriesPerAppend, int count)
            throws InterruptedException {
        int perThread = count / threadCount;
        long forces = log.flushes();
        long cpu = processCpu();
        long from = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < threadCount; t++) {
            GroupLog group = log.group(threadCount * 1000L + t);
            threads.add(Thread.ofPlatform().start(() -> appendMany(group, perThread, entriesPerAppend)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        long appends = (long) threadCount * perThread;
        System.out.printf(
                "%d threads, %d entries an append: %.0f entries/s, %d forces, %.1f appends each, %.1f us CPU an append%n",
                threadCount,
                entriesPerAppend,
                appends * entriesPerAppend / seconds,
                log.flushes() - forces,
                (double) appends / (log.flushes() - forces),
                (processCpu() - cpu) / 1e3 / appends);
    }

    private static void appendMany(GroupLog group, int appends, int entriesPerAppend) {
        long next = 1;
        for (int i = 0; i < appends; i++) {
            List<LogRecord> entries = new ArrayList<>(entriesPerAppend);
            for (int e = 0; e < entriesPerAppend; e++) {
                entries.add(new LogRecord(next, 1, (byte) 0, PAYLOAD));
                next++;
            }
            group.append(entries);
        }
        group.truncatePrefix(next);
    }

    private static long processCpu() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000L;
        } catch (IOException e) {
            return 0;
        }
    }
}
