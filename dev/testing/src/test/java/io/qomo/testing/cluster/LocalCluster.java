package io.qomo.testing.cluster;

import io.qomo.testing.crash.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Nodes of a cluster, each a process. A node that was stopped comes back with its directory and its ports.
final class LocalCluster implements AutoCloseable {
    private final Path folder;
    private final List<String> options;
    private final int[] sqlPorts;
    private final int[] clusterPorts;
    private final Map<Integer, ServerProcess> running = new ConcurrentHashMap<>();

    /// Starts `nodes` nodes, numbered from 0.
    LocalCluster(Path folder, int nodes, String... options) throws IOException {
        this.folder = folder;
        this.options = List.of(options);
        int[] ports = freePorts(2 * nodes);
        this.sqlPorts = Arrays.copyOf(ports, nodes);
        this.clusterPorts = Arrays.copyOfRange(ports, nodes, 2 * nodes);
        for (int i = 0; i < nodes; i++) {
            start(i);
        }
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    void start(int node) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--port", String.valueOf(sqlPorts[node]), "--cluster-port", String.valueOf(clusterPorts[node])));
        if (node > 0) {
            all.add("--join");
            all.add(IntStream.of(clusterPorts)
                    .mapToObj(port -> "127.0.0.1:" + port)
                    .collect(Collectors.joining(",")));
        }
        all.addAll(options);
        running.put(node, new ServerProcess(folder.resolve("node" + node), all.toArray(new String[0])));
    }

    int size() {
        return sqlPorts.length;
    }

    int sqlPort(int node) {
        return sqlPorts[node];
    }

    /// The node's process, if it runs.
    ServerProcess process(int node) {
        ServerProcess process = running.get(node);
        if (process == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        return process;
    }

    /// kill -9, or SIGTERM.
    void stop(int node, boolean isKill) throws InterruptedException {
        ServerProcess process = process(node);
        if (isKill) {
            process.kill();
        } else {
            process.stop();
        }
        process.close();
        running.remove(node);
    }

    @Override
    public void close() {
        running.values().forEach(ServerProcess::close);
    }
}
