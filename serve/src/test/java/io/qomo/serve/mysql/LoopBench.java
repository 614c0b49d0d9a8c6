package io.qomo.serve.mysql;

import io.qomo.base.env.SystemEnv;
import io.qomo.serve.mysql.wire.Capability;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;

/// Measures the CPU that the server's side spends on a point select or a ping over loopback, by hand:
/// `LoopBench query|ping|execute COUNT`. The client writes ready bytes and reads until the answer's known
/// length.
public final class LoopBench {
    private LoopBench() {}

    public static void main(String[] args) throws Exception {
        FakeService service = new FakeService();
        try (MySqlServer server = MySqlServer.start(service, ListenerOptions.of("127.0.0.1", 0), new SystemEnv())) {
            int count = Integer.parseInt(args[1]);
            try (RawClient client = RawClient.open(server.port(), RawClient.PLAIN | Capability.DEPRECATE_EOF)) {
                byte[] request = args[0].equals("ping") ? new byte[] {14} : RawClient.bytes((byte) 3, "POINT");
                if (args[0].equals("execute")) {
                    client.command(Command.STMT_PREPARE, RawClient.bytes("POINT ?"));
                    client.packet();
                    client.packet();
                    request = RawClient.bytes(
                            (byte) 23, PreparedTest.execute(1, 0, RawClient.bytes((byte) 0, (byte) 1, (short) 8, 7L)));
                }
                byte[] framed = RawClient.bytes((byte) request.length, (byte) 0, (byte) 0, (byte) 0, request);
                for (int round = 0; round < 5; round++) {
                    long cpu = serverCpu();
                    long wall = System.nanoTime();
                    exchange(client, framed, count);
                    System.out.printf(
                            "%s: %.2f us wall, %.2f us server CPU%n",
                            args[0], (System.nanoTime() - wall) / 1e3 / count, (serverCpu() - cpu) / 1e3 / count);
                }
            }
        }
    }

    private static void exchange(RawClient client, byte[] request, int count) throws Exception {
        OutputStream out = client.socket.getOutputStream();
        InputStream in = client.socket.getInputStream();
        byte[] answer = new byte[4096];
        for (int i = 0; i < count; i++) {
            out.write(request);
            in.read(answer);
        }
    }

    private static long serverCpu() {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("mysql-")) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }
}
