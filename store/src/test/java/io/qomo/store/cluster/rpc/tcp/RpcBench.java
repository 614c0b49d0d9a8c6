package io.qomo.store.cluster.rpc.tcp;

import com.sun.management.OperatingSystemMXBean;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.TransportException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Measures round trips over loopback, by hand: both ends in this process, 128-byte requests that are echoed;
/// CPU is the process's, of both ends together.
public final class RpcBench {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int THREADS = 64;
    private static final int WINDOW = 256;

    private RpcBench() {}

    public static void main(String[] args) throws Exception {
        try (Nodes nodes = new Nodes()) {
            TcpTransport a = nodes.open();
            NodeAddress to = nodes.open().self();
            for (int round = 0; round < 4; round++) {
                lone("lone, inline", a, to, Nodes.ECHO);
                lone("lone, blocking", a, to, Nodes.BLOCKING_ECHO);
                many("64 callers, inline", a, to, Nodes.ECHO);
                many("64 callers, blocking", a, to, Nodes.BLOCKING_ECHO);
                pipelined(a, to);
                bulk(a, to);
            }
        }
    }

    private static void lone(String name, TcpTransport a, NodeAddress to, int service) {
        int count = 20_000;
        long[] nanos = new long[count];
        long cpu = cpu();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            a.call(to, service, 0, new byte[128], TIMEOUT);
            nanos[i] = System.nanoTime() - start;
        }
        cpu = cpu() - cpu;
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.1f us, p99 %.1f us, CPU %.1f us%n",
                name, nanos[count / 2] / 1e3, nanos[count * 99 / 100] / 1e3, cpu / 1e3 / count);
    }

    private static void many(String name, TcpTransport a, NodeAddress to, int service) throws Exception {
        int each = 5_000;
        List<Thread> threads = new ArrayList<>();
        long cpu = cpu();
        long wall = System.nanoTime();
        for (int t = 0; t < THREADS; t++) {
            int lane = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    a.call(to, service, lane, new byte[128], TIMEOUT);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        report(name, THREADS * each, System.nanoTime() - wall, cpu() - cpu);
    }

    private static void pipelined(TcpTransport a, NodeAddress to) {
        int count = 500_000;
        Semaphore window = new Semaphore(WINDOW);
        ResponseCallback callback = new ResponseCallback() {
            @Override
            public void completed(byte[] response) {
                window.release();
            }

            @Override
            public void failed(TransportException failure) {
                throw failure;
            }
        };
        long cpu = cpu();
        long wall = System.nanoTime();
        for (int i = 0; i < count; i++) {
            window.acquireUninterruptibly();
            a.send(to, Nodes.ECHO, 0, new byte[128], TIMEOUT, callback);
        }
        window.acquireUninterruptibly(WINDOW);
        report("one sender, 256 on their way", count, System.nanoTime() - wall, cpu() - cpu);
    }

    private static void bulk(TcpTransport a, NodeAddress to) {
        int count = 200;
        byte[] piece = new byte[1 << 20];
        long wall = System.nanoTime();
        for (int i = 0; i < count; i++) {
            a.call(to, Nodes.ECHO, 0, piece, TIMEOUT);
        }
        System.out.printf("1 MiB there and back: %.0f us%n", (System.nanoTime() - wall) / 1e3 / count);
    }

    private static void report(String name, int count, long wallNanos, long cpuNanos) {
        System.out.printf("%s: %.0f k/s, CPU %.1f us%n", name, count * 1e6 / wallNanos, cpuNanos / 1e3 / count);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
